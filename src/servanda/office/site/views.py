"""Public pages: home, States, one State, contradictions, about."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day
from servanda.office.common.queries import stamp
from servanda.office.finance.queries import sample_amounts, shipped_models

from . import exports
from .api import api_calls
from .queries import StatesFilter, contradictions_page, home_page, state_page, states_page


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html", {"page": home_page(asked_day(request), request.LANGUAGE_CODE)})


def world_map(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exports.map_svg(asked_day(request)), content_type="image/svg+xml")


def states(request: HttpRequest) -> HttpResponse:
    page = states_page(asked_day(request), StatesFilter.read(request.GET), request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.states_download(page), form)
    return render(request, "site/states.html", {"page": page})


def state(request: HttpRequest, iso3: str) -> HttpResponse:
    on = asked_day(request)
    page = state_page(iso3, on, request.LANGUAGE_CODE)
    sample = sample_amounts(page.iso3, on)
    form = request.GET.get("format", "")
    if form in ("docx", "xlsx"):
        return download(exports.state_download(page, sample), form)
    return render(request, "site/state.html", {"page": page, "sample": sample, "every_model": shipped_models()})


def contradictions(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contradictions.html", {"rows": contradictions_page(request.LANGUAGE_CODE)})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "site/api.html", {"calls": api_calls()})


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "stamp": stamp()})
