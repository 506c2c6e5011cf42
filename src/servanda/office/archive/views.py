"""Documents: search and browse, one document, its files; for the Unit: bringing in, review, correction."""

from datetime import UTC, date, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from servanda.office.common.exports import FORMS, download
from servanda.office.common.policies import require
from servanda.office.common.queries import say, with_prefix
from servanda.office.obligations.queries import current_law, meeting_choices

from . import exports
from .errors import NoSuchDocument, NothingChosen, NothingSent
from .files.unpack import files_sent
from .forms import BulkForm, Description, DescriptionForm, described
from .models import Work
from .operations.describing import Given
from .operations.indexing import index_waiting
from .operations.intake import take_in
from .operations.records import confirm, correct
from .operations.saved import forget_search, save_search
from .operations.trust import destroy
from .out import sitemap as out
from .out.oai import answer
from .out.packages import zip_of
from .queries.document import document_page
from .queries.listing import Asked, list_page, searches_of
from .queries.of_meeting import works_of_meeting
from .queries.review import missing_translations, next_number, review_page
from .queries.search import beginnings
from .queries.visible import find_file, find_work, stands_at, store


def documents(request: HttpRequest) -> HttpResponse:
    """Search and browse; the passages found as files, or as a feed."""
    asked, form = Asked.read(request.GET), request.GET.get("format", "")
    wanted = form in FORMS or form == "atom"
    on, language = date.today(), request.LANGUAGE_CODE
    page = list_page(asked, request.viewer, on, language, **({"limit": exports.MOST_PASSAGES} if wanted else {}))
    if form == "atom":
        return exports.feed(page, request.build_absolute_uri(), language)
    if form in FORMS:
        return download(exports.quotations_download(page, request.build_absolute_uri("/")[:-1], language), form)
    return render(request, "archive/documents.html", {"page": page})


@require_POST
def saved(request: HttpRequest) -> HttpResponse:
    """Saves a search, or forgets one; a reader without an account is led to the sign-in."""
    owner, at = request.viewer.name, datetime.now(UTC)
    if not owner:
        return redirect("account_login")
    if "forget" in request.POST:
        forget_search(owner=owner, key=request.POST["forget"], at=at)
    elif request.POST.get("question"):
        save_search(owner=owner, question=request.POST["question"].removeprefix("?"), at=at)
    return redirect("saved-searches")


def saved_searches(request: HttpRequest) -> HttpResponse:
    if not request.viewer.signed_in:
        return redirect("account_login")
    return render(request, "archive/saved.html", {"rows": searches_of(request.viewer.name)})


def suggest(request: HttpRequest) -> HttpResponse:
    """Words that begin as typed, for search as you type."""
    return JsonResponse({"words": beginnings(request.GET.get("q", "")[:200], request.viewer)})


def document(request: HttpRequest, address: str) -> HttpResponse:
    """One document at its permanent address; former addresses lead there."""
    on, number = date.today(), request.GET.get("page", "1")
    work = find_work(address, request.viewer, on)
    if work is None:
        raise Http404
    if not stands_at(work, address, request.viewer, on):
        return HttpResponsePermanentRedirect(with_prefix(work.address, request.LANGUAGE_CODE))
    number = int(number[:9]) if number.isdecimal() else 1
    asked = request.GET.get("language", "")
    page = document_page(work, request.viewer, on, language=request.LANGUAGE_CODE, asked=asked, number=number)
    return render(request, "archive/document.html", {"page": page})


def file(request: HttpRequest, sha256: str, name: str) -> HttpResponse:
    """The bytes of a file that some document the viewer may see is made of."""
    found = find_file(sha256, request.viewer, date.today())
    if found is None or not store().path(sha256).exists():
        raise Http404
    return exports.file_response(found, name)


def review(request: HttpRequest) -> HttpResponse:
    require(request.viewer, "file-documents")
    bulk = BulkForm(reader_language=request.LANGUAGE_CODE)
    shown = {"page": review_page(request.LANGUAGE_CODE), "bulk": bulk, "meetings": meeting_choices()}
    return render(request, "archive/review.html", shown)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Files sent from a browser go the way of every intake: kept, read, and laid out for review."""
    require(request.viewer, "file-documents")
    sent = request.FILES.getlist("files")
    if not sent:
        raise NothingSent()
    at, by = datetime.now(UTC), request.viewer.name
    given = Given(request.POST.get("language", ""), request.POST.get("meeting", ""), current_law())
    summary = take_in(found=files_sent(sent), given=given, origin="sent from a browser", by=by, at=at, store=store())
    return render(request, "archive/taken_in.html", {"summary": summary, "sentences": [say(remark) for remark in summary.remarks]})


@require_POST
def reviewed(request: HttpRequest) -> HttpResponse:
    """Describes the documents that were ticked, and confirms them if that was the button."""
    require(request.viewer, "file-documents")
    works = list(Work.objects.filter(identifier__in=request.POST.getlist("work")))
    if not works:
        raise NothingChosen()
    form, at, by = BulkForm(request.POST, reader_language=request.LANGUAGE_CODE), datetime.now(UTC), request.viewer.name
    if form.is_valid():
        for work in works:
            correct(work=work, said=form.description(), by=by, at=at)
    if "confirm" in request.POST:
        confirm(works=works, by=by, at=at)
    index_waiting(at=at)
    return redirect("review")


def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    require(request.viewer, "file-documents")
    work = get_object_or_404(Work, identifier=identifier)
    form = DescriptionForm(request.POST or None, initial=described(work), reader_language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        try:
            described_anew(work, form.description(), "confirm" in request.POST, by=request.viewer.name, at=datetime.now(UTC))
            return redirect(with_prefix(f"/documents/{identifier}/", request.LANGUAGE_CODE))
        except NoSuchDocument as refusal:
            form.add_error(None, say(refusal))
    return render(request, "archive/edit.html", {"form": form, "work": work, "next_symbol": next_number(work)})


def described_anew(work: Work, said: Description, confirmed: bool, *, by: str, at: datetime) -> None:
    correct(work=work, said=said, by=by, at=at)
    if confirmed:
        confirm(works=[work], by=by, at=at)
    index_waiting(at=at)


@require_POST
def destroyed(request: HttpRequest, identifier: str) -> HttpResponse:
    """Destroys a document's files by a recorded decision."""
    require(request.viewer, "destroy-documents")
    work = get_object_or_404(Work, identifier=identifier)
    at = datetime.now(UTC)
    destroy(work=work, decision=request.POST.get("decision", ""), by=request.viewer.name, at=at)
    index_waiting(at=at)
    return redirect(with_prefix(work.address, request.LANGUAGE_CODE))


def meeting_zip(request: HttpRequest, meeting: str, language: str) -> FileResponse:
    """The documents of a meeting in one language, as zip."""
    works = works_of_meeting(meeting, request.viewer, date.today())
    return FileResponse(zip_of(works, language), as_attachment=True, filename=f"{meeting}-{language}.zip")


@csrf_exempt
def oai(request: HttpRequest) -> HttpResponse:
    """OAI-PMH, by GET or POST, as the protocol has it; it changes nothing."""
    asked = dict((request.POST if request.method == "POST" else request.GET).lists())
    content = answer(asked, request.build_absolute_uri("/oai"), current_law(), at=datetime.now(UTC))
    return HttpResponse(content, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-store"})


def sitemap(request: HttpRequest, part: str = "") -> HttpResponse:
    """The addresses of every public page: the index, the record, or one stretch of documents."""
    site, on = request.build_absolute_uri("/")[:-1], date.today()
    if part.isdecimal():
        content = out.of_documents(site, int(part[:9]), on)
    else:
        content = out.of_record(site, current_law()) if part else out.index(site, on)
    return HttpResponse(content, content_type="application/xml")


def missing(request: HttpRequest) -> HttpResponse:
    require(request.viewer, "file-documents")
    return render(request, "archive/missing.html", {"page": missing_translations(request.LANGUAGE_CODE)})
