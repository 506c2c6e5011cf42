"""Meetings: the list, the calendar, one meeting."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from servanda.office.common.exports import FORMS, download
from servanda.office.obligations.queries import current_law

from . import exports
from .queries import chosen_meetings, meeting_page, meetings_page


def meetings(request: HttpRequest) -> HttpResponse:
    page = meetings_page(request.GET.get("kind", ""))
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.meetings_download(page, date.today()), form)
    return render(request, "meetings/meetings.html", {"page": page})


def calendar(request: HttpRequest) -> HttpResponse:
    law = current_law()
    title = law.treaty.title.get(request.LANGUAGE_CODE, law.treaty.title["en"])
    return exports.meetings_calendar(law, chosen_meetings(law, ""), at=datetime.now(UTC), title=title)


def meeting(request: HttpRequest, id: str) -> HttpResponse:
    return render(request, "meetings/meeting.html", {"page": meeting_page(id, request.LANGUAGE_CODE, request.viewer, date.today())})
