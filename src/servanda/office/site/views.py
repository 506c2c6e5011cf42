"""Public pages: home, States, one State, contradictions, about; and the administrator's page of accounts."""

from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from servanda.office.archive.queries.of_meeting import documents_of_state
from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day
from servanda.office.common.models import RoleHeld
from servanda.office.common.operations import end_role, give_role, make_account
from servanda.office.common.policies import require
from servanda.office.common.queries import say, stamp
from servanda.office.finance.queries import sample_amounts, shipped_models
from servanda.office.obligations.operations import end_fact
from servanda.office.obligations.queries import state_choices
from servanda.treaty.errors import TreatyError

from . import exports, operations
from .api import api_calls
from .forms import FACT_FORMS, RoleForm
from .queries import TABLES, StatesFilter, accounts_page, contradictions_page, facts_page, home_page, state_page, states_page


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
    documents = documents_of_state(page.iso3, request.viewer, date.today(), request.LANGUAGE_CODE)
    shown = {"page": page, "sample": sample, "every_model": shipped_models(), "documents": documents}
    return render(request, "site/state.html", shown)


def facts(request: HttpRequest, iso3: str, table: str) -> HttpResponse:
    """The Unit records an instrument, an extension, a declaration or a report, with its source document."""
    require(request.viewer, "record-facts")
    if table not in TABLES:
        raise Http404
    page = facts_page(iso3, table, request.LANGUAGE_CODE)
    form = FACT_FORMS[table](request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record(page.iso3, table, form.cleaned_data, by=request.viewer.name, at=datetime.now(UTC))
            return redirect("facts", iso3=page.iso3, table=table)
        except TreatyError as refusal:
            form.add_error(None, say(refusal))
    return render(request, "site/facts.html", {"page": page, "form": form})


@require_POST
def fact_ended(request: HttpRequest, iso3: str, table: str, number: int) -> HttpResponse:
    require(request.viewer, "record-facts")
    if table not in TABLES:
        raise Http404
    reason = request.POST.get("reason", "")
    end_fact(iso3=iso3.upper(), table=table, number=number, reason=reason, by=request.viewer.name, at=datetime.now(UTC))
    return redirect("facts", iso3=iso3, table=table)


def contradictions(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contradictions.html", {"rows": contradictions_page(request.LANGUAGE_CODE)})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "site/api.html", {"calls": api_calls()})


def accounts(request: HttpRequest) -> HttpResponse:
    """Who has which role; a new role is given here."""
    require(request.viewer, "give-roles")
    form = RoleForm(request.POST or None, states=state_choices(request.LANGUAGE_CODE))
    if request.method == "POST" and form.is_valid():
        given, by, at = form.cleaned_data, request.viewer.name, datetime.now(UTC)
        held = make_account(email=given["email"], name=given["name"], by=by, at=at)
        give_role(account=held, role=given["role"], state=given["state"], begins=given["begins"], by=by, at=at)
        return redirect("accounts")
    return render(request, "site/accounts.html", {"form": form, "rows": accounts_page(request.LANGUAGE_CODE)})


def role_ended(request: HttpRequest, number: int) -> HttpResponse:
    """Ends a role today."""
    require(request.viewer, "give-roles")
    held = get_object_or_404(RoleHeld, pk=number)
    if request.method == "POST":
        end_role(held=held, ends=date.today(), by=request.viewer.name, at=datetime.now(UTC))
    return redirect("accounts")


def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "stamp": stamp()})
