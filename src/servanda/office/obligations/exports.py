"""Deadlines as a calendar and as a list."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext
from icalendar import Calendar, Event

from servanda.office.common.exports import Download, Section, attachment
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation

from .queries import DeadlinesPage, OwedRow


def calendar(law: Law, dated: Iterable[tuple[Obligation, OwedRow]], *, at: datetime, title: str) -> HttpResponse:
    """An iCalendar of whole-day events.

    A UID is the treaty, the State, the obligation and its period, so that a date that moves takes its event along.
    """
    book = Calendar()
    book.add("prodid", "-//Servanda//Deadlines//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", title)
    for item, row in dated:
        event = Event()
        event.add("uid", "-".join(filter(None, (law.treaty.id, item.iso3, item.id, item.period))) + "@servanda")
        event.add("dtstamp", at)
        event.add("dtstart", item.due.last)
        event.add("dtend", item.due.last + timedelta(days=1))
        event.add("summary", f"{row.state}: {row.what} {row.period}".strip())
        event.add("description", f"{row.why} {row.cite}")
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return attachment(book.to_ical(), "deadlines.ics")


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
