"""Reports: what was due and came; and the reports written, submitted, reviewed and read here."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day
from servanda.office.common.queries import say
from servanda.treaty.errors import TreatyError
from servanda.treaty.forms import Value

from . import exports
from .errors import NoSuchField
from .forms import PaperForm, StartForm, typed
from .models import ReportFile
from .operations.acts import ACTS
from .operations.answers import save_all, start_report
from .operations.offline import accept
from .operations.submission import enter_on_behalf
from .policies import report_for
from .queries.due import Asked, reports_page
from .queries.files import files_page
from .queries.offline import book_page
from .queries.report import report_page
from .queries.section import compare_page, revision_page, section_page
from .queries.written import form_of

_UNSENT = "unsent-answers"


def reports(request: HttpRequest) -> HttpResponse:
    page = reports_page(asked_day(request), Asked.read(request.GET), request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.reports_download(page), form)
    return render(request, "reporting/reports.html", {"page": page})


def files(request: HttpRequest) -> HttpResponse:
    """The reports one may see; a delegation and the Unit start one here."""
    page = files_page(request.viewer, request.GET, request.LANGUAGE_CODE)
    form = StartForm(request.POST or None, states=page.writable)
    if request.method == "POST" and not page.may_start:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            report = start_report(**form.values(), on_behalf=page.reviews, by=request.viewer.name, at=datetime.now(UTC))
            return redirect("report-file", number=report.pk)
        except TreatyError as refusal:
            form.add_error(None, say(refusal))
    return render(request, "reporting/files.html", {"page": page, "form": form})


def paper(request: HttpRequest) -> HttpResponse:
    """The Unit enters a report that came by e-mail, post or fax."""
    page = files_page(request.viewer, {}, request.LANGUAGE_CODE)
    if not page.reviews:
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None, states=page.states)
    if request.method == "POST" and form.is_valid():
        try:
            report = enter_on_behalf(**form.values(), by=request.viewer.name, at=datetime.now(UTC))
            return redirect("report-file", number=report.pk)
        except TreatyError as refusal:
            form.add_error(None, say(refusal))
    return render(request, "reporting/paper.html", {"form": form})


def _report(request: HttpRequest, number: int, act: str = "") -> ReportFile:
    """The report, or the answer that everything absent gets."""
    report = report_for(request.viewer, number, act)
    if report is None:
        raise Http404
    return report


def file(request: HttpRequest, number: int) -> HttpResponse:
    page = report_page(_report(request, number), request.viewer, datetime.now(UTC), request.LANGUAGE_CODE)
    return render(request, "reporting/file.html", {"page": page})


def section(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """A section as a form; what is sent after the session ended waits in the browser's own session until its owner is back."""
    if request.method == "POST" and not request.viewer.signed_in:
        request.session[_UNSENT] = {"place": f"{number}/{section}", "typed": request.POST.dict()}
        return redirect(f"{reverse('account_login')}?next={request.path}")
    report = _report(request, number, "write-report")
    page = section_page(report, section, request.LANGUAGE_CODE, _unsent(request, report, section))
    if page is None:
        raise Http404
    if request.method == "POST":
        return _section_saved(request, report, section)
    return render(request, "reporting/section.html", {"page": page})


def _unsent(request: HttpRequest, report: ReportFile, section: str) -> dict[str, Value]:
    """What was typed into this section when the session had ended, by field."""
    kept, asked = request.session.get(_UNSENT, {}), form_of(report).section(section)
    if asked is None or kept.get("place") != f"{report.pk}/{section}":
        return {}
    return {field: value for field, value, _ in typed(asked, kept["typed"])}


def _section_saved(request: HttpRequest, report: ReportFile, section: str) -> HttpResponse:
    answers = typed(form_of(report).section(section), request.POST)
    saved = save_all(report=report, section=section, typed=answers, by=request.viewer.name, at=datetime.now(UTC))
    request.session.pop(_UNSENT, None)
    page = section_page(report, section, request.LANGUAGE_CODE)
    conflict = any(one.conflict for one in saved)
    onward = request.POST.get("onward", "")
    if conflict or onward not in (page.before, page.after) or not onward:
        address = reverse("report-file", args=[report.pk]) + ("#conflicts" if conflict else f"{section}/")
        return redirect(address)
    return redirect("report-section", number=report.pk, section=onward)


@require_POST
def save(request: HttpRequest, number: int) -> JsonResponse:
    """Saves one field as it is typed; the answer says which version it is now and whether another answer stands beside it."""
    if not request.viewer.signed_in:
        return JsonResponse({"detail": "sign in"}, status=401)
    report = _report(request, number, "write-report")
    name, asked = request.POST.get("section", ""), form_of(report).section(request.POST.get("section", ""))
    answers = typed(asked, request.POST, request.POST.get("field", "")) if asked and request.POST.get("field") else []
    try:
        if not answers:
            raise NoSuchField()
        [saved] = save_all(report=report, section=name, typed=answers, by=request.viewer.name, at=datetime.now(UTC))
    except TreatyError as refusal:
        return JsonResponse({"detail": say(refusal)}, status=400)
    return JsonResponse({"version": saved.version, "conflict": saved.conflict})


@require_POST
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Submits, corrects, withdraws, publishes, settles, asks or answers: the acts of operations/acts.py."""
    if act not in ACTS:
        raise Http404
    policy, run = ACTS[act]
    run(_report(request, number, policy), request.POST, request.viewer.name, datetime.now(UTC))
    return redirect("report-file", number=number)


def revision(request: HttpRequest, number: int, revision: int) -> HttpResponse:
    page = revision_page(_report(request, number), revision, request.LANGUAGE_CODE)
    if page is None:
        raise Http404
    form = request.GET.get("format", "")
    if form in FORMS:
        return exports.revision_file(page, form, request.LANGUAGE_CODE)
    return render(request, "reporting/revision.html", {"page": page})


def compare(request: HttpRequest, number: int) -> HttpResponse:
    report = _report(request, number, "write-report")
    return render(request, "reporting/compare.html", {"page": compare_page(report, request.LANGUAGE_CODE)})


def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The form as an Excel book to fill in without a line."""
    return exports.workbook(_report(request, number, "write-report"), request.LANGUAGE_CODE)


@require_POST
def workbook_back(request: HttpRequest, number: int) -> HttpResponse:
    """Shows what a book that comes back would change; nothing is accepted before its sender has seen it."""
    report = _report(request, number, "write-report")
    if "accept" in request.POST:
        accept(report=report, sealed=request.POST["accept"], by=request.viewer.name, at=datetime.now(UTC))
        return redirect("report-file", number=number)
    found = book_page(report, request.FILES.get("book"), request.LANGUAGE_CODE)
    return render(request, "reporting/workbook.html", {"page": found, "report": report})
