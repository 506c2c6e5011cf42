"""What needs a person: documents whose description was guessed, files that were refused, translations that are missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext

from servanda.office.common.queries import number_text, say
from servanda.office.obligations.queries import current_law
from servanda.treaty import symbols
from servanda.treaty.errors import Remark

from ..choices import KEPT, LANGUAGES, READINGS, REVIEW
from ..models import Item, Work
from .hits import best_title
from .listing import FACET_NAMES, value_text

PAGE = 100
_FIELDS = ("symbol", "title", "language", "kind", "dated", "state", "meeting")


@dataclass(frozen=True)
class Guess:
    """One thing proposed about a document, and why."""

    field: str
    text: str
    why: str


@dataclass(frozen=True)
class ReviewRow:
    identifier: str
    name: str
    address: str
    reading: str
    guesses: tuple[Guess, ...]
    doubts: tuple[str, ...]
    joins: str


@dataclass(frozen=True)
class ReviewPage:
    rows: tuple[ReviewRow, ...]
    waiting: str
    count: int
    refused: tuple[str, ...]


def review_page(language: str) -> ReviewPage:
    """The documents under review, the oldest first, with what was guessed; and the last files that could not be filed."""
    law = current_law()
    names = {"symbol": gettext("Symbol"), "title": gettext("Title"), "dated": gettext("Dated"), **FACET_NAMES}
    works = Work.objects.filter(standing=REVIEW)
    rows = []
    for work in works.prefetch_related("versions__file", "titles", "doubts")[:PAGE]:
        guesses = tuple(
            Guess(str(names[field]), value_text(law, field, held["value"], language), _why(held))
            for field in _FIELDS
            if (held := work.proposal.get(field)) and held["value"]
        )
        rows.append(_row(work, guesses, language))
    refused = tuple(_why(item.said) for item in Item.objects.filter(outcome="refused").order_by("-pk")[:20])
    count = works.count()
    return ReviewPage(tuple(rows), number_text(count), count, refused)


def _row(work: Work, guesses: tuple[Guess, ...], language: str) -> ReviewRow:
    versions = list(work.versions.all())
    read = [f"{READINGS[version.file.reading]}. {_why(version.file.reading_note)}".rstrip(". ") for version in versions]
    reading = "; ".join(sorted(set(read)))
    doubts = tuple(doubt.other for doubt in work.doubts.all())
    joins = work.proposal.get("joins", {}).get("value", "")
    name = versions[0].name if versions else best_title(list(work.titles.all()), language)[0]
    return ReviewRow(work.identifier, name, work.address, reading, guesses, doubts, joins)


def _why(said: Mapping[str, Any]) -> str:
    return say(Remark(said["says"], said.get("facts", {}))) if said.get("says") else ""


def next_number(work: Work) -> str:
    """The symbol for the next document of the series a document belongs to; empty where it has none."""
    series = symbols.parse(work.symbol).series if work.symbol else None
    held = Work.objects.filter(symbol__startswith=f"{series}").values_list("symbol", flat=True) if series else ()
    return symbols.next_symbol(series, held) if series else ""


@dataclass(frozen=True)
class GapRow:
    """A series of symbols and the numbers below its highest that no document here has."""

    series: str
    numbers: str


def gap_rows() -> tuple[GapRow, ...]:
    """Every series with gaps; one query. A gap is a document that was never issued, or that is not here yet."""
    series: dict[str, list[str]] = {}
    for symbol in Work.objects.filter(standing=KEPT).exclude(symbol="").values_list("symbol", flat=True).iterator():
        series.setdefault(symbols.parse(symbol).series or "", []).append(symbol)
    found = ((name, symbols.gaps(name, held)) for name, held in sorted(series.items()) if name)
    return tuple(GapRow(name, ", ".join(_spans(numbers))) for name, numbers in found if numbers)


def _spans(numbers: Sequence[int]) -> Iterator[str]:
    """2, 5, 6, 7 as “2” and “5–7”."""
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        held = [number for _, number in group]
        yield str(held[0]) if len(held) == 1 else f"{held[0]}–{held[-1]}"


@dataclass(frozen=True)
class MissingRow:
    title: str
    address: str
    languages: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class MissingPage:
    names: tuple[str, ...]
    rows: tuple[MissingRow, ...]
    shown: str
    gaps: tuple[GapRow, ...]


def missing_translations(language: str) -> MissingPage:
    """Kept documents with a symbol that lack one of the six languages, those that lack most last; and gaps in series of symbols."""
    works = Work.objects.filter(standing=KEPT).exclude(symbol="").annotate(held=Count("versions__language", distinct=True))
    found = works.filter(held__lt=len(LANGUAGES)).order_by("-held", "symbol")
    rows = []
    for work in found.prefetch_related("titles", "versions")[:PAGE]:
        held = {version.language for version in work.versions.all()}
        title = f"{work.symbol} {best_title(list(work.titles.all()), language)[0]}"
        rows.append(MissingRow(title, work.address, tuple((code, code in held) for code in LANGUAGES)))
    names = dict(settings.LANGUAGES)
    return MissingPage(tuple(names[code] for code in LANGUAGES), tuple(rows), number_text(found.count()), gap_rows())
