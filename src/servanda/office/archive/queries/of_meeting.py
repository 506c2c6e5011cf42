"""Documents where they belong: under the agenda items of a meeting, and on a State's record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from servanda.office.common.policies import Viewer
from servanda.office.common.queries import day_text
from servanda.treaty import symbols
from servanda.treaty.dates import PartialDate

from ..choices import DESTROYED, KINDS
from ..models import Work
from .hits import best_title
from .visible import works_seen

_MOST = 300


@dataclass(frozen=True)
class DocumentRow:
    symbol: str
    title: str
    title_language: str
    kind: str
    day: str
    address: str
    languages: tuple[str, ...]
    agenda_item: str


def documents_of_meeting(meeting: str, viewer: Viewer, on: date, language: str) -> tuple[DocumentRow, ...]:
    """The documents of a meeting in the order of their symbols; three queries."""
    return _rows(works_seen(viewer, on).filter(meeting=meeting), language)


def documents_of_state(iso3: str, viewer: Viewer, on: date, language: str) -> tuple[DocumentRow, ...]:
    """The documents a State wrote, in the order of their symbols; three queries."""
    return _rows(works_seen(viewer, on).filter(authors__state=iso3), language)


def works_of_meeting(meeting: str, viewer: Viewer, on: date) -> QuerySet[Work]:
    """The works of a meeting that the viewer may see and that still have files."""
    return works_seen(viewer, on).filter(meeting=meeting).exclude(standing=DESTROYED)


def _rows(works: Iterable[Work], language: str) -> tuple[DocumentRow, ...]:
    found = list(works.exclude(standing=DESTROYED).distinct().prefetch_related("titles", "versions")[:_MOST])
    found.sort(key=lambda work: (not work.symbol, symbols.order(symbols.parse(work.symbol)) if work.symbol else (), work.dated))
    return tuple(_row(work, language) for work in found)


def _row(work: Work, language: str) -> DocumentRow:
    title, title_language = best_title(list(work.titles.all()), language)
    return DocumentRow(
        work.symbol,
        title,
        title_language,
        str(KINDS.get(work.kind, work.kind)),
        day_text(PartialDate(work.dated)) if work.dated else "",
        work.address,
        tuple(sorted({version.language for version in work.versions.all() if version.language})),
        work.agenda_item,
    )
