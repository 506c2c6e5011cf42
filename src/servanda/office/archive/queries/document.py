"""The page of one document: what it is, its languages and versions, its text, and what stands around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext

from servanda.office.common.choices import VISIBILITIES
from servanda.office.common.models import AuditLine
from servanda.office.common.policies import Viewer, may
from servanda.office.common.queries import day_text, say
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import THEMES
from servanda.treaty import symbols
from servanda.treaty.dates import PartialDate
from servanda.treaty.law import Law

from ..choices import DESTROYED, KINDS, LANGUAGES, READINGS, RELATIONS, REVERSED, REVIEW, SCAN, UNREADABLE, WAITING
from ..files.formats import PDF
from ..models import Author, Doubt, Link, Page, Title, Version, Work
from .hits import best_title
from .listing import value_text
from .visible import works_seen

_SUFFIX_RELATIONS = {"Rev": "revises", "Corr": "corrects", "Add": "adds", "Amend": "amends"}


@dataclass(frozen=True)
class Tongue:
    """One language of a document: the file that stands for it, or none, and whether it is the one shown."""

    code: str
    name: str
    version: Version | None
    shown: bool
    original: bool


@dataclass(frozen=True)
class Related:
    says: str
    title: str
    address: str


@dataclass(frozen=True)
class DocumentPage:
    work: Work
    title: str
    title_language: str
    facts: tuple[tuple[str, str], ...]
    tongues: tuple[Tongue, ...]
    version: Version | None
    older: tuple[Version, ...]
    file_address: str
    is_pdf: bool
    reading: str
    text: str
    text_language: str
    number: int
    page_count: int
    fallback: str
    notices: tuple[str, ...]
    related: tuple[Related, ...]
    citation: str
    doubts: tuple[Doubt, ...]
    history: tuple[AuditLine, ...]
    may_edit: bool
    schema: dict[str, object]


def file_address(version: Version) -> str:
    return f"/files/{version.file.sha256}/{quote(version.name.replace('/', '_'))}"


def document_page(work: Work, viewer: Viewer, on: date, *, language: str, asked: str, number: int) -> DocumentPage:
    """Everything about a document the viewer may see; about ten queries, whatever it holds."""
    law = current_law()
    titles, authors = list(work.titles.all()), list(work.authors.all())
    versions = list(work.versions.select_related("file").order_by("-added_at", "-pk"))
    newest = {version.language: version for version in reversed(versions)}
    wanted = asked if asked in newest else language
    version = newest.get(wanted) or newest.get("en") or newest.get(work.original_language) or (versions[0] if versions else None)
    title, title_language = best_title(titles, version.language if asked and version else language)
    page, count = _page(version, number)
    missing = asked or language
    return DocumentPage(
        work=work,
        title=title,
        title_language=title_language,
        facts=tuple(_facts(work, authors, law, language)),
        tongues=tuple(_tongues(newest, version, work.original_language)),
        version=version,
        older=tuple(one for one in versions if one is not version and version and one.language == version.language),
        file_address=file_address(version) if version and not version.file.destroyed_at else "",
        is_pdf=bool(version) and version.file.media == PDF,
        reading=str(READINGS[version.file.reading]) if version and version.file.reading in (SCAN, UNREADABLE, WAITING) else "",
        text=page.text if page else "",
        text_language=page.language if page else "",
        number=page.number if page else 1,
        page_count=count,
        fallback=_fallback(missing, version) if version and missing not in newest and "" not in newest else "",
        notices=(*_notices(work, version, on), *(_doubts_of_symbol(work) if may(viewer, "file-documents") else ())),
        related=tuple(_related(work, viewer, on, language)),
        citation=citation(work, authors, title, law, language),
        doubts=tuple(work.doubts.all()) if may(viewer, "file-documents") else (),
        history=tuple(AuditLine.objects.filter(on=f"documents/{work.identifier}")[:50]) if may(viewer, "file-documents") else (),
        may_edit=may(viewer, "file-documents"),
        schema=_schema(work, title, version),
    )


def _page(version: Version | None, number: int) -> tuple[Page | None, int]:
    if version is None:
        return None, 0
    count = version.file.page_count or 0
    return Page.objects.filter(file=version.file, number=min(max(number, 1), max(count, 1))).first(), count


def _tongues(newest: dict[str, Version], shown: Version | None, original: str) -> Iterable[Tongue]:
    names = dict(settings.LANGUAGES)
    for code in (*LANGUAGES, *(code for code in newest if code not in LANGUAGES)):
        version = newest.get(code)
        yield Tongue(
            code, names.get(code, gettext("language not known")), version, version is not None and version is shown, code == original
        )


def _fallback(missing: str, version: Version) -> str:
    names = dict(settings.LANGUAGES)
    values = {"missing": names.get(missing, missing), "shown": names.get(version.language, gettext("another language"))}
    return gettext("There is no translation into %(missing)s yet; this is the text in %(shown)s.") % values


def _facts(work: Work, authors: list[Author], law: Law, language: str) -> Iterable[tuple[str, str]]:
    names = dict(settings.LANGUAGES)
    yield gettext("Symbol"), work.symbol
    if work.symbol_written and work.symbol_written != work.symbol:
        yield gettext("Written as"), work.symbol_written
    yield gettext("Kind"), str(KINDS.get(work.kind, work.kind))
    yield gettext("By"), ", ".join(author_text(author, law, language) for author in authors)
    yield gettext("Meeting"), value_text(law, "meeting", work.meeting, language)
    yield gettext("Agenda item"), work.agenda_item
    yield gettext("Dated"), day_text(PartialDate(work.dated)) if work.dated else ""
    yield gettext("Distributed"), day_text(PartialDate(work.distributed)) if work.distributed else ""
    yield gettext("Theme"), str(THEMES.get(work.theme, work.theme))
    yield gettext("Original language"), names.get(work.original_language, "")
    yield gettext("Seen by"), str(VISIBILITIES[work.visibility])
    yield gettext("Identifier"), work.identifier
    yield gettext("Source"), work.source


def author_text(author: Author, law: Law, language: str) -> str:
    """A State by its name, a body as it is written."""
    return value_text(law, "state", author.state, language) if author.state else author.body


def _notices(work: Work, version: Version | None, on: date) -> Iterable[str]:
    """What a reader must know before reading on."""
    if work.standing == REVIEW:
        yield gettext("Under review: what stands here was guessed and nobody has confirmed it yet. Only the Unit sees it.")
    if work.standing == DESTROYED:
        yield gettext("The files of this document were destroyed by a recorded decision; its description stays.")
    if work.embargo and work.embargo > on:
        yield gettext("Under embargo until %(day)s.") % {"day": day_text(work.embargo)}
    if version and version.advance:
        yield gettext("This is an advance copy; the final text may differ.")


def _doubts_of_symbol(work: Work) -> Iterable[str]:
    """What the Unit should check in a symbol as it was typed or found."""
    if work.symbol:
        yield from (say(note) for note in symbols.parse(work.symbol_written or work.symbol).notes)


def _related(work: Work, viewer: Viewer, on: date, language: str) -> Iterable[Related]:
    """What this does to others and others to it: by links somebody made, and by the suffixes of symbols."""
    seen = works_seen(viewer, on)
    found: dict[tuple[str, int], tuple[str, Work]] = {}
    for link in Link.objects.filter(work=work, other__in=seen).select_related("other"):
        found[link.relation, link.other_id] = (str(RELATIONS[link.relation]), link.other)
    for link in Link.objects.filter(other=work, work__in=seen).select_related("work"):
        found[f"-{link.relation}", link.work_id] = (str(REVERSED[link.relation]), link.work)
    if work.symbol:
        chain = seen.filter(symbol_base=work.symbol_base).exclude(pk=work.pk).exclude(standing=DESTROYED)
        for other in chain.order_by("symbol")[:50]:
            if other.symbol == work.symbol:
                found["same", other.pk] = (gettext("Has the same symbol"), other)
            for key, says in _by_suffix(work.symbol, other.symbol):
                found.setdefault((key, other.pk), (says, other))
    titles: dict[int, list[Title]] = {}
    for title in Title.objects.filter(work__in=[other.pk for _, other in found.values()]):
        titles.setdefault(title.work_id, []).append(title)
    for says, other in found.values():
        text = best_title(titles.get(other.pk, []), language)[0]
        same = other.symbol == work.symbol
        yield Related(says, f"{other.symbol} {text}".strip(), f"/documents/{other.identifier}/" if same else other.address)


def _by_suffix(here: str, there: str) -> Iterable[tuple[str, str]]:
    """Whether one symbol is the other with one suffix more."""
    one, other = symbols.parse(here), symbols.parse(there)
    if one.parent == other.canonical:
        relation = _SUFFIX_RELATIONS[one.suffixes[-1].partition(".")[0]]
        yield relation, str(RELATIONS[relation])
    elif other.parent == one.canonical:
        relation = _SUFFIX_RELATIONS[other.suffixes[-1].partition(".")[0]]
        yield f"-{relation}", str(REVERSED[relation])


def citation(work: Work, authors: list[Author], title: str, law: Law, language: str) -> str:
    """How the United Nations cites a document: author, title, symbol, date."""
    who = ", ".join(author_text(author, law, language) for author in authors)
    symbol = gettext("document %(symbol)s") % {"symbol": work.symbol} if work.symbol else ""
    day = day_text(PartialDate(work.dated)) if work.dated else ""
    return ", ".join(part for part in (who, f"“{title}”", symbol, day) if part) + "."


def _schema(work: Work, title: str, version: Version | None) -> dict[str, object]:
    """The document as schema.org describes one, for search engines and reference managers."""
    values = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": title,
        "identifier": work.symbol or work.identifier,
        "datePublished": work.dated,
        "inLanguage": version.language if version else "",
    }
    return {name: value for name, value in values.items() if value}
