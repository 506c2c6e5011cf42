"""Deadlines as a calendar and as a list."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse
from icalendar import Calendar, Event

from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation

from .queries import OwedRow

_COLUMNS = ("iso3", "state", "what", "period", "due_iso", "status_text", "why", "cite")


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
    headers = {"Content-Disposition": 'attachment; filename="deadlines.ics"'}
    return HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def deadlines_csv(rows: Iterable[OwedRow]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([getattr(row, column) for column in _COLUMNS] for row in rows)
    headers = {"Content-Disposition": 'attachment; filename="deadlines.csv"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
