"""Meetings as a list and as a calendar."""

from collections.abc import Iterable
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.translation import gettext

from servanda.office.common.exports import Days, Download, Section, calendar
from servanda.office.common.queries import day_text
from servanda.treaty.law import Law
from servanda.treaty.record import Meeting

from .queries import MeetingsPage


def meetings_download(page: MeetingsPage, on: date) -> Download:
    """The list of meetings, with what sources dispute."""
    columns = (
        ("id", gettext("Meeting")),
        ("kind", gettext("Kind")),
        ("title", gettext("Title")),
        ("opens", gettext("Opens")),
        ("closes", gettext("Closes")),
        ("place", gettext("Place")),
        ("president", gettext("Presidency")),
        ("note", gettext("Note")),
        ("source", gettext("Source")),
    )
    rows = []
    for row in page.rows:
        held = row.meeting
        rows.append((held.id, row.kind, held.title, held.opens, held.closes, held.place, held.president, row.doubt, held.source))
    lines = (gettext("As of %(day)s.") % {"day": day_text(on)}, page.shown)
    return Download(f"meetings-{on}", gettext("Meetings"), lines, (Section(gettext("Meetings"), columns, rows),))


def meetings_calendar(law: Law, meetings: Iterable[Meeting], *, at: datetime, title: str) -> HttpResponse:
    """Meetings whose days are known, as whole days."""
    entries = (
        Days(
            uid=f"{law.treaty.id}-meeting-{meeting.id}",
            first=meeting.opens.first,
            last=(meeting.closes or meeting.opens).last,
            summary=meeting.title,
            description=" ".join(filter(None, (meeting.doubtful_note, meeting.source))),
            place=meeting.place,
        )
        for meeting in meetings
        if meeting.opens and meeting.opens.precision == "day"
    )
    return calendar(title, entries, at=at, name="meetings.ics")
