"""Lists and the map as files."""

import json
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from servanda.office.common.exports import Cell, Download, Section
from servanda.office.finance.queries import PaidRow
from servanda.office.obligations.exports import owed_section
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import CONSENTS
from servanda.treaty.status import status_table
from servanda.treaty.texts import DATA

from .queries import StatePage, StateRow, StatesPage

_FILLS = {"party": "#1f6f6b", "deposited": "#5aa39d", "signatory": "#d9a441", "withdrawn": "#8c4a4a", "none": "#c9c6be"}
_RADIUS = 2.6


def states_download(page: StatesPage) -> Download:
    """The list of States as it was filtered, as of its day."""
    columns = (
        ("iso3", "ISO3"),
        ("name", gettext("State")),
        ("status", gettext("Status")),
        ("signature", gettext("Signature")),
        ("consent_kind", gettext("Consent")),
        ("consent", gettext("Consent deposited")),
        ("entry_into_force", gettext("Entry into force")),
        ("region", gettext("Regional group")),
    )
    rows = [_state_cells(row) for row in page.rows]
    lines = (gettext("As of %(day)s.") % {"day": page.on_text}, page.shown)
    return Download(f"states-{page.on}", gettext("States"), lines, (Section(gettext("States"), columns, rows),))


def _state_cells(row: StateRow) -> Sequence[Cell]:
    held = row.standing
    kind, deposited = (str(CONSENTS[held.consent.kind]), held.consent.date) if held.consent else (None, None)
    return row.iso3, row.name, row.status_text, held.signature, kind, deposited, held.entry_into_force, row.region


def state_download(page: StatePage, sample: Sequence[PaidRow]) -> Download:
    """A State's whole record on its day; what it would pay is marked as computed on a sample budget."""
    pair = (("label", gettext("Fact")), ("value", gettext("Value")))
    sections = (
        Section(gettext("Status and instruments"), pair, page.facts),
        owed_section(gettext("Obligations"), page.owed_now, named=False),
        owed_section(gettext("Earlier obligations, the latest first"), page.owed_before, named=False),
        _sample(sample),
        _reports(page),
        _disagreements(page),
        _timeline(page),
    )
    lines = (page.formal, gettext("As of %(day)s.") % {"day": page.on_text}, page.status_text)
    kept = tuple(section for section in sections if section.rows or section.lines)
    return Download(f"{page.iso3}-{page.on}", page.name, lines, kept)


def _sample(rows: Sequence[PaidRow]) -> Section:
    currency = rows[0].currency if rows else ""
    columns = (("model", gettext("Model")), ("standing", gettext("Standing")), ("amount", currency), ("working", gettext("Working")))
    cells = [(row.title, row.standing, row.amount, " ".join(row.working)) for row in rows]
    lines = (gettext("On a sample budget, not a budget of the Unit."),)
    return Section(gettext("What it would pay"), columns, cells, lines)


def _reports(page: StatePage) -> Section:
    columns = (
        ("kind", gettext("Kind")),
        ("date", gettext("Date")),
        ("covers", gettext("Covers")),
        ("source", gettext("Source")),
        ("note", gettext("Note")),
    )
    none = gettext("None. Our list of reports is partial, so this does not mean that none was submitted.")
    return Section(gettext("Reports known to us"), columns, page.reports, () if page.reports else (none,))


def _disagreements(page: StatePage) -> Section:
    columns = (("subject", gettext("Fact")), ("a", "A"), ("b", "B"), ("used", gettext("Used")), ("reason", gettext("Reason")))
    cells = [
        (row.subject, f"{row.value_a} ({row.source_a})", f"{row.value_b} ({row.source_b})", row.used.upper(), row.reason)
        for row in page.contradictions
    ]
    return Section(gettext("Where sources disagree"), columns, cells)


def _timeline(page: StatePage) -> Section:
    columns = (("date", gettext("Date")), ("what", gettext("Event")), ("detail", gettext("Note")), ("source", gettext("Source")))
    cells = [(event.when, event.what, event.detail, event.source) for event in page.timeline]
    return Section(gettext("Timeline"), columns, cells)


def map_svg(on: date) -> str:
    """The world by status on a day, as a picture; small States are drawn as circles."""
    world = json.loads((DATA / "map" / "world.json").read_text(encoding="utf-8"))
    table = status_table(current_law(), on)
    fill = {state.iso3: _FILLS[state.status] for state in table.states}
    shapes = [f'<path d="{path}" fill="{fill.get(iso3, _FILLS["none"])}"/>' for iso3, path in world["paths"].items()]
    shapes += [
        f'<circle cx="{point["x"]}" cy="{point["y"]}" r="{_RADIUS}" fill="{fill[iso3]}"/>'
        for iso3, point in world["points"].items()
        if point.get("marker")
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{world["viewBox"]}" stroke="#fbfaf7" stroke-width=".4">'
        + "".join(shapes)
        + "</svg>"
    )
