"""The passages that a search shows, each with its document; and the titles of documents in the reader's language.

The statements are composed once and kept: for twenty passages Django composes longer than the database answers, and these are asked with
every search.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext

from servanda.office.common.policies import Viewer
from servanda.office.common.queries import day_text
from servanda.treaty.dates import PartialDate

from ..models import Page, Title, Unindexed, document_address
from ..search.question import Question
from ..search.snippets import Marker, Parts, marker, snippet
from .visible import seen_by, works_seen

_MOST_HIDDEN = 10_000
_OF_WORK = ("pk", "identifier", "symbol", "kind", "dated", "standing", "changed_at")


@dataclass(frozen=True)
class Hit:
    """One passage: the page of a document that answers, with the words that do; number 0 for the document itself, by its title."""

    identifier: str
    title: str
    title_language: str
    symbol: str
    kind: str
    language: str
    date: str
    day: str
    number: int
    snippet: Parts
    standing: str
    changed: datetime

    def as_json(self) -> dict[str, object]:
        keys = {"id": self.identifier, "title": self.title, "symbol": self.symbol, "language": self.language, "date": self.date}
        return keys | {"snippet": self.words, "url": self.address, "page": self.number or None}

    @property
    def address(self) -> str:
        page = f"?page={self.number}" if self.number else ""
        return document_address(self.symbol, self.identifier, self.standing) + page

    @property
    def words(self) -> str:
        return "".join(text for text, _ in self.snippet).strip()


@dataclass(frozen=True, slots=True)
class _Found:
    """A page as it stands in the record, with the row of its work; number 0 and no text for a cover."""

    work: tuple[Any, ...]
    number: int = 0
    text: str = ""
    spoken: str = ""
    language: str = ""


def hits(numbers: Sequence[int], question: Question, viewer: Viewer, on: date, language: str) -> tuple[Hit, ...]:
    """The passages in the order found, of documents the viewer may see; two or three queries. A cover is minus its work's number."""
    rows = _rows(_pages, [number for number in numbers if number > 0], viewer, on)
    found = {row[0]: _Found(row[5:], *row[1:5]) for row in rows}
    covers = _rows(_works, [-number for number in numbers if number < 0], viewer, on)
    found |= {-row[0]: _Found(row) for row in covers}
    titles: dict[int, dict[str, str]] = {}
    for work, tongue, text in _rows(_titles, list({passage.work[0] for passage in found.values()})):
        titles.setdefault(work, {})[tongue] = text
    mark = marker(question)
    shown = (found[number] for number in numbers if number in found)
    return tuple(_hit(passage, titles.get(passage.work[0], {}), mark, language) for passage in shown)


def unindexed() -> tuple[int, ...]:
    """The documents whose change the index does not hold yet, the latest first."""
    sql, values = _composed(_unindexed, 0)
    return tuple(number for (number,) in _fetched(sql, values))


def _pages(numbers: list[int], viewer: Viewer, on: date) -> QuerySet:
    columns = ("number", "text", "language", "file__versions__language", *(f"file__versions__work__{name}" for name in _OF_WORK))
    return Page.objects.filter(seen_by(viewer, on, "file__versions__work__"), pk__in=numbers).order_by().values_list("pk", *columns)


def _works(numbers: list[int], viewer: Viewer, on: date) -> QuerySet:
    return works_seen(viewer, on).filter(pk__in=numbers).order_by().values_list(*_OF_WORK)


def _titles(numbers: list[int]) -> QuerySet:
    return Title.objects.filter(work__in=numbers).order_by().values_list("work", "language", "text")


def _unindexed(numbers: list[int]) -> QuerySet:
    return Unindexed.objects.order_by("-pk").values_list("document", flat=True)[:_MOST_HIDDEN]


def _rows(build: Callable[..., QuerySet], numbers: Sequence[int], *given: object) -> Iterable[tuple[Any, ...]]:
    """The rows that `build` asks for, for these numbers."""
    if not numbers:
        return ()
    sql, values = _composed(build, len(numbers), *given)
    return _fetched(sql, [numbers[-1 - value] if isinstance(value, int) and value < 0 else value for value in values])


@lru_cache(maxsize=400)
def _composed(build: Callable[..., QuerySet], count: int, *given: object) -> tuple[str, tuple[Any, ...]]:
    """A statement for so many numbers, with -1, -2, … where they go."""
    return build([-1 - place for place in range(count)], *given).query.sql_with_params()


def _fetched(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _hit(passage: _Found, titles: Mapping[str, str], mark: Marker, language: str) -> Hit:
    _, identifier, symbol, kind, dated, standing, changed = passage.work
    title, title_language = title_in(titles, language)
    return Hit(
        identifier=identifier,
        title=title,
        title_language=title_language,
        symbol=symbol,
        kind=kind,
        language=passage.language if passage.number else title_language,
        date=dated,
        day=day_text(PartialDate(dated)) if dated else "",
        number=passage.number,
        snippet=snippet(passage.text, passage.spoken, mark) if passage.number else snippet(title, title_language, mark),
        standing=standing,
        changed=changed.replace(tzinfo=changed.tzinfo or UTC),  # SQLite gives no zone and means UTC
    )


def best_title(titles: Iterable[Title], language: str) -> tuple[str, str]:
    """The title in the reader's language, else in English, else in any; with the language it is in."""
    return title_in({title.language: title.text for title in titles}, language)


def title_in(titles: Mapping[str, str], language: str) -> tuple[str, str]:
    """The same, of titles by their language."""
    for one in (language, "en", *titles):
        if one in titles:
            return titles[one], one
    return gettext("Untitled"), ""
