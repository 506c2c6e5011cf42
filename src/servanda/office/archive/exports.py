"""What leaves the archive: files as they were kept, passages as quotations, feeds of what is new."""

from collections.abc import Sequence
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from servanda.office.common.exports import Cell, Download, Section
from servanda.treaty.dates import PartialDate

from .files.formats import IMAGES, PDF, TEXT
from .models import File
from .queries.hits import Hit
from .queries.listing import ListPage, narrowed_in_words
from .queries.visible import store

MOST_PASSAGES = 200
# Uploaded content runs nothing, loads nothing and reaches nothing of ours. A browser's own PDF viewer does not start in a sandbox.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
_SHOWN = (PDF, TEXT, *IMAGES)


def file_response(file: File, name: str) -> FileResponse:
    """A kept file under a name: shown by the browser when it is a PDF, a picture or plain text, saved otherwise."""
    shown = file.media in _SHOWN
    kind = "text/plain; charset=utf-8" if file.media == TEXT else file.media if shown else "application/octet-stream"
    response = FileResponse(store().path(file.sha256).open("rb"), content_type=kind)
    response.headers["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = _CLOSED if file.media == PDF else f"sandbox; {_CLOSED}"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def quotations_download(page: ListPage, site: str, language: str) -> Download:
    """Each passage found, with the reference that a paper needs: title, symbol, date, page, address."""
    columns = (
        ("passage", gettext("Passage")),
        ("title", gettext("Title")),
        ("symbol", gettext("Symbol")),
        ("date", gettext("Date")),
        ("page", gettext("Page")),
        ("language", gettext("Language")),
        ("address", gettext("Address")),
    )
    rows = [_quotation(hit, site) for hit in page.answer.hits]
    lines = [narrowed_in_words(page.asked, language), page.shown]
    if page.answer.count > len(rows):
        lines.append(gettext("These are the first %(count)s; narrow the question for the others.") % {"count": len(rows)})
    section = Section(gettext("Passages"), columns, rows)
    return Download("passages", gettext("Passages from documents"), tuple(lines), (section,))


def _quotation(hit: Hit, site: str) -> Sequence[Cell]:
    day = PartialDate(hit.date) if hit.date else None
    return hit.words, hit.title, hit.symbol, day, str(hit.number or ""), hit.language, f"{site}{hit.address}"


def feed(page: ListPage, address: str, language: str) -> HttpResponse:
    """What was found as an Atom feed; asked newest first, it tells of what is new."""
    title = gettext("Documents: %(question)s") % {"question": narrowed_in_words(page.asked, language)}
    found = Atom1Feed(title=title, link=address, description=title, language=language, feed_url=address)
    for hit in page.answer.hits:
        link = address.partition("/documents/")[0] + hit.address
        found.add_item(title=f"{hit.symbol} {hit.title}".strip(), link=link, description=hit.words, unique_id=link, updateddate=hit.changed)
    return HttpResponse(found.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
