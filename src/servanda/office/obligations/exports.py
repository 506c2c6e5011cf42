"""Deadlines as a calendar and as a list."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext

from servanda.office.common.exports import Days, Download, Section, calendar
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation

from .queries import DeadlinesPage, OwedRow


def deadlines_calendar(law: Law, dated: Iterable[tuple[Obligation, OwedRow]], *, at: datetime, title: str) -> HttpResponse:
    """Deadlines as whole days. What makes one is the treaty, the State, the obligation and its period, not its date."""
    entries = (
        Days(
            uid="-".join(filter(None, (law.treaty.id, item.iso3, item.id, item.period))),
            first=item.due.last,
            last=item.due.last,
            summary=f"{row.state}: {row.what} {row.period}".strip(),
            description=f"{row.why} {row.cite}",
        )
        for item, row in dated
    )
    return calendar(title, entries, at=at, name="deadlines.ics")


def owed_section(heading: str, rows: Iterable[OwedRow], *, named: bool) -> Section:
    """Obligations as a table, each with the sentence that leads to its date; `named` where they are of several States."""
    state = (("iso3", "ISO3"), ("state", gettext("State"))) if named else ()
    columns = (
        ("due", gettext("Due")),
        *state,
        ("what", gettext("Obligation")),
        ("period", gettext("Period")),
        ("status", gettext("Status")),
        ("why", gettext("Why this date")),
        ("cite", gettext("Provision")),
    )
    cells = [(row.day, *((row.iso3, row.state) if named else ()), row.what, row.period, row.status_text, row.why, row.cite) for row in rows]
    return Section(heading, columns, cells)


def deadlines_download(page: DeadlinesPage) -> Download:
    """The list of deadlines as it was filtered, as of its day."""
    lines = (gettext("As of %(day)s.") % {"day": page.on_text}, page.shown)
    return Download(f"deadlines-{page.on}", gettext("Deadlines"), lines, (owed_section(gettext("Deadlines"), page.rows, named=True),))
