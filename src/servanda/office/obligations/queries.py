"""The law as the rows have it, kept in the process until the data's stamp changes, and the deadlines it leads to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_lazy, ngettext

from servanda.office.common.models import Fact
from servanda.office.common.queries import day_text, number_text, say, stamp
from servanda.office.common.sorting import sort_key
from servanda.office.states.choices import GROUPS, REGIONS
from servanda.office.states.models import Contradiction, Coordinator, Instrument, Membership, Name, State
from servanda.treaty.dates import PartialDate, parse_day
from servanda.treaty.errors import DateRefused
from servanda.treaty.law import Law, load_law
from servanda.treaty.obligations import OWED_ROLES, Obligation, obligations
from servanda.treaty.record import TABLES, Record, reader_for
from servanda.treaty.timeliness import days_late, in_time

from .choices import INPUTS
from .models import AgendaItem, Decision, Intervention, Meeting, Report

MODELS: Mapping[str, type[Fact]] = {
    "states": State,
    "names": Name,
    "groups": Membership,
    "instruments": Instrument,
    "decisions": Decision,
    "reports": Report,
    "meetings": Meeting,
    "agenda": AgendaItem,
    "interventions": Intervention,
    "coordinators": Coordinator,
    "contradictions": Contradiction,
}


def _columns(table: str) -> dict[str, str]:
    """The attribute of the model for each column of the file: a State by its code, an id under the name `key`."""
    model = MODELS[table]
    held = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    names = [field.name for field in fields(TABLES[table][1])]
    return {name: {"iso3": "iso3" if "iso3" in held else "state_id", "id": "key"}.get(name, name) for name in names}


COLUMNS: Mapping[str, dict[str, str]] = {table: _columns(table) for table in TABLES}


def read_record() -> Record:
    """Every standing row, as the treaty's own shapes: one query a table."""
    tables: dict[str, Any] = {}
    for table, (_, shape) in TABLES.items():
        names = [field.name for field in fields(shape)]
        rows = MODELS[table]._default_manager.filter(standing=True).order_by("pk").values_list(*(COLUMNS[table][name] for name in names))
        make = reader_for(shape)
        tables[table] = tuple(make(dict(zip(names, row, strict=True))) for row in rows)
    return Record(**tables)


def current_law() -> Law:
    """The treaty's texts with the record as it stands in the rows now: one query while nothing has changed."""
    return _law_at(stamp())


@lru_cache(maxsize=2)
def _law_at(stamp: int) -> Law:
    return Law(load_law(settings.TREATY).folder, read_record())


def state_choices(language: str) -> list[tuple[str, str]]:
    """Every State by its code and its name, in the order of the language."""
    law = current_law()
    named = [(state.iso3, law.name(state.iso3, language)) for state in law.states]
    return sorted(named, key=lambda pair: sort_key(pair[1], language))


def agenda_choices(meeting: str) -> list[tuple[str, str]]:
    """The items of a meeting's agenda by number and title; none where the record holds no agenda."""
    return [(item.item, item.title) for item in current_law().agenda if item.meeting == meeting]


def meeting_choices() -> list[tuple[str, str]]:
    """Every meeting by its id and its title, the latest first."""
    held = sorted(current_law().meetings, key=lambda meeting: str(meeting.opens or ""), reverse=True)
    return [(meeting.id, meeting.title) for meeting in held]


@dataclass(frozen=True)
class OwedRow:
    """An obligation as a page shows it: every cell in the reader's language, with the way to redo the sum."""

    iso3: str
    state: str
    what: str
    period: str
    article: str
    region: str
    day: PartialDate
    due: str
    original_due: str
    status: str
    status_text: str
    why: str
    inputs: tuple[tuple[str, str], ...]
    cite: str
    evidence: tuple[str, ...]
    request_by: str


_STATES = {
    "open": gettext_lazy("Open"),
    "met": gettext_lazy("Met"),
    "extension-requested": gettext_lazy("Extension requested, decision not known to us"),
    "no-record": gettext_lazy("Date passed, no fulfilment known to us"),
}
_UNKNOWN = gettext_lazy("Not known whether it applies")
_NO_REPORT = gettext_lazy("No report known to us")


def owed_rows(law: Law, found: Iterable[Obligation], on: date, language: str) -> tuple[OwedRow, ...]:
    """Rows for a page, in the order given."""
    return tuple(_owed_row(law, item, on, language) for item in found)


def inputs_text(inputs: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a date was computed from, in words: days as the reader's language writes them, the rest as it is."""
    return tuple(
        (str(INPUTS.get(key, key)), ", ".join(map(_input_text, value if isinstance(value, list) else [value])))
        for key, value in inputs.items()
    )


def _input_text(value: object) -> str:
    try:
        return day_text(parse_day(str(value)))
    except DateRefused:
        return str(value)


def _owed_row(law: Law, item: Obligation, on: date, language: str) -> OwedRow:
    ask = item.request_by
    asked = ""
    if ask and item.state != "met":
        says = gettext("A request for an extension is due by %(day)s, %(months)s months before %(meeting)s.")
        asked = says % {"day": day_text(ask.day), "months": ask.months, "meeting": ask.meeting}
    return OwedRow(
        iso3=item.iso3,
        state=law.name(item.iso3, language, on=on),
        what=gettext(law.provisions[item.id].title),
        period=item.period or "",
        article=item.article,
        region=str(GROUPS[law.state(item.iso3).regional_group]),
        day=item.due,
        due=day_text(item.due),
        original_due=day_text(item.original_due) if str(item.due) != item.original_due.isoformat() else "",
        status="unknown" if item.applies is None else item.state,
        status_text=_status_text(item),
        why=say(item.because.rule),
        inputs=inputs_text(item.because.inputs),
        cite=item.because.cite,
        evidence=tuple(say(remark) for remark in item.evidence),
        request_by=asked,
    )


def _status_text(item: Obligation) -> str:
    if item.applies is None:
        return str(_UNKNOWN)
    if item.state == "no-record" and item.id.startswith("article-7"):
        return str(_NO_REPORT)
    how = lateness_text(item)
    return gettext("Met, %(how)s") % {"how": how} if how else str(_STATES[item.state])


def lateness_text(item: Obligation) -> str:
    """Whether a fulfilment came in time, or by how many days late; empty where nothing is met or its day does not tell."""
    told, span = in_time(item), days_late(item)
    if told is None or span is None:
        return ""
    if told:
        return gettext("in time")
    if span[0] == span[1]:
        return ngettext("%(count)s day late", "%(count)s days late", span[0]) % {"count": number_text(span[0])}
    return gettext("%(least)s to %(most)s days late") % {"least": number_text(span[0]), "most": number_text(span[1])}


@dataclass(frozen=True)
class Chosen:
    """How the list of deadlines is narrowed; empty means all. `when`: ahead, passed or all."""

    article: str = ""
    group: str = ""
    when: str = "ahead"
    iso3: str = ""


_GROUPINGS: Mapping[str, tuple[str, Callable[[OwedRow], str]]] = {
    "date": (gettext_lazy("Date"), lambda row: row.due),
    "article": (gettext_lazy("Article"), lambda row: gettext("Article %(number)s") % {"number": row.article}),
    "region": (gettext_lazy("Regional group"), lambda row: row.region),
}
_SHORT = 12


@dataclass(frozen=True)
class OwedGroup:
    """Deadlines under one heading; a long group starts folded and has one line each, so that the page stays small."""

    heading: str
    count: str
    rows: tuple[OwedRow, ...]
    long: bool


def _grouped(rows: tuple[OwedRow, ...], by: str) -> tuple[OwedGroup, ...]:
    found: dict[str, list[OwedRow]] = {}
    for row in rows:
        found.setdefault(_GROUPINGS[by][1](row), []).append(row)
    return tuple(OwedGroup(heading, _counted(len(held)), tuple(held), len(held) > _SHORT) for heading, held in found.items())


def _counted(count: int) -> str:
    return ngettext("%(count)s deadline", "%(count)s deadlines", count) % {"count": number_text(count)}


@dataclass(frozen=True)
class DeadlinesPage:
    on: str
    on_text: str
    rows: tuple[OwedRow, ...]
    grouped: tuple[OwedGroup, ...]
    by: str
    groupings: tuple[tuple[str, str], ...]
    chosen: Chosen
    articles: tuple[tuple[str, str], ...]
    groups: Mapping[str, str]
    shown: str


def chosen_obligations(law: Law, on: date, chosen: Chosen) -> list[Obligation]:
    """The obligations of the filter, by due date; raises UnknownArticle, UnknownState, BeforeAdoption."""
    law.require_day(on)
    groups = {state.iso3: state.regional_group for state in law.states}
    found = obligations(law, on, iso3=chosen.iso3 or None, article=chosen.article or None)
    kept = [item for item in found if not chosen.group or groups[item.iso3] == chosen.group]
    if chosen.when == "ahead":
        kept = [item for item in kept if item.due.last >= on and item.state != "met"]
    elif chosen.when == "passed":
        kept = [item for item in kept if item.due.last < on and item.state != "met" and item.applies is not None]
    return sorted(kept, key=lambda item: (item.due.last, item.iso3, item.id))


def deadlines_page(on: date, chosen: Chosen, by: str, language: str) -> DeadlinesPage:
    """The deadlines chosen, grouped by date, article or region; raises UnknownArticle, UnknownState, BeforeAdoption."""
    law = current_law()
    found = owed_rows(law, chosen_obligations(law, on, chosen), on, language)
    rows = tuple(sorted(found, key=lambda row: (row.day.last, sort_key(row.state, language), row.what)))
    by = by if by in _GROUPINGS else "date"
    return DeadlinesPage(
        on=on.isoformat(),
        on_text=day_text(on),
        rows=rows,
        grouped=_grouped(rows, by),
        by=by,
        groupings=tuple((key, str(name)) for key, (name, _) in _GROUPINGS.items()),
        chosen=chosen,
        articles=tuple(
            (number, number) for number in sorted({item.article for item in law.provisions.values() if item.role in OWED_ROLES})
        ),
        groups=REGIONS,
        shown=_counted(len(rows)),
    )
