"""Reports: what was due, what is on record, what came late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day

from . import exports
from .queries.due import Asked, reports_page


def reports(request: HttpRequest) -> HttpResponse:
    page = reports_page(asked_day(request), Asked.read(request.GET), request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.reports_download(page), form)
    return render(request, "reporting/reports.html", {"page": page})
