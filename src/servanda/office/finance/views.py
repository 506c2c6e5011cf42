"""Compare, own models, what might be in the till."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from servanda.office.common.forms import asked_day
from servanda.office.common.queries import say
from servanda.office.obligations.queries import current_law
from servanda.treaty.errors import TreatyError

from . import exports
from .errors import NoFile
from .forms import BudgetForm
from .operations import keep_model, use_model
from .queries import OWN, compare_page, risk_page


def compare(request: HttpRequest) -> HttpResponse:
    page = compare_page(BudgetForm.read(request.GET), asked_day(request), request.LANGUAGE_CODE)
    for name in page.form.models:
        if name.startswith(OWN):
            use_model(digest=name.removeprefix(OWN), on=date.today())
    form = request.GET.get("format", "")
    if page.comparison and form in exports.FILES:
        return exports.comparison_file(current_law(), page.comparison, form)
    context = {"page": page, "working_of": _without(request, "payer", "format")}
    return render(request, "finance/compare.html", context, status=400 if page.refusal else 200)


def _without(request: HttpRequest, *names: str) -> str:
    """The address asked without these fields, ready for another one."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}&" if kept else "?"


@require_POST
def own_model(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NoFile()
        kept = keep_model(law=current_law(), file=file, name=file.name or "model.yaml", on=date.today())
    except TreatyError as refusal:
        return render(request, "finance/own.html", {"sentence": say(refusal)}, status=400)
    query = urlencode({"models": f"assessed,hybrid,{OWN}{kept.digest}"})
    return HttpResponseRedirect(f"{reverse('compare')}?{query}")


def own_form(request: HttpRequest) -> HttpResponse:
    return render(request, "finance/own.html")


def risk(request: HttpRequest) -> HttpResponse:
    page = risk_page(BudgetForm.read(request.GET), asked_day(request))
    return render(request, "finance/risk.html", {"page": page}, status=400 if page.refusal else 200)
