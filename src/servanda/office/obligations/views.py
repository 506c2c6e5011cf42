"""Deadlines: the page, the calendar, the list as a file."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day

from . import exports
from .queries import Chosen, chosen_obligations, current_law, deadlines_page, owed_rows


def _chosen(request: HttpRequest, iso3: str = "", when: str = "ahead") -> Chosen:
    get = request.GET.get
    return Chosen(get("article", ""), get("group", ""), get("when", when), iso3 or get("state", ""))


def deadlines(request: HttpRequest) -> HttpResponse:
    page = deadlines_page(asked_day(request), _chosen(request), request.GET.get("by", ""), request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.deadlines_download(page), form)
    return render(request, "obligations/deadlines.html", {"page": page})


def calendar(request: HttpRequest, iso3: str = "") -> HttpResponse:
    law, on = current_law(), asked_day(request)
    found = chosen_obligations(law, on, _chosen(request, iso3))
    rows = owed_rows(law, found, on, request.LANGUAGE_CODE)
    title = law.treaty.title.get(request.LANGUAGE_CODE, law.treaty.title["en"])
    return exports.deadlines_calendar(law, zip(found, rows, strict=True), at=datetime.now(UTC), title=title)
