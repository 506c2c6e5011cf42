"""Public pages: home, States, one State, contradictions, about."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from servanda.office.common.forms import asked_day
from servanda.office.common.queries import stamp
from servanda.office.finance.queries import sample_amounts

from . import exports
from .api import api_calls
from .queries import StatesFilter, contradictions_page, home_page, state_page, states_page


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html", {"page": home_page(asked_day(request), request.LANGUAGE_CODE)})


def world_map(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exports.map_svg(asked_day(request)), content_type="image/svg+xml")


def states(request: HttpRequest) -> HttpResponse:
    chosen = StatesFilter(request.GET.get("status", ""), request.GET.get("group", ""), request.GET.get("q", ""))
    page = states_page(asked_day(request), chosen, request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in exports.STATES_FILES:
        return exports.states_file(page, form)
    return render(request, "site/states.html", {"page": page})


def state(request: HttpRequest, iso3: str) -> HttpResponse:
    on = asked_day(request)
    page = state_page(iso3, on, request.LANGUAGE_CODE)
    return render(request, "site/state.html", {"page": page, "sample": sample_amounts(page.iso3, on)})


def contradictions(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contradictions.html", {"rows": contradictions_page(request.LANGUAGE_CODE)})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "site/api.html", {"calls": api_calls()})


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "stamp": stamp()})
