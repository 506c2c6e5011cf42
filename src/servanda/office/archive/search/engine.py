"""What every search engine does: takes pages, gives back which answer a question, how many, and how they spread.

An engine holds nothing that the record does not: it can always be emptied and written again from the record.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from servanda.treaty.errors import TreatyError, sentence

from .keys import page_keys, pairs
from .question import Question
from .words import fold, has_han, words, written_words

_MOST_WORDS = 60_000
FACETS = ("meeting", "year", "kind", "language", "state", "theme")


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One page of text as an engine takes it: its number in the record, its document, its words, keys and fields.

    `fields` holds the values of FACETS, `seen` (who may see it), `part` (cover or page) and `symbol`; `day` (days since year 1)
    orders newest first.
    """

    page: int
    document: int
    words: str
    keys: str
    day: int
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see: kinds of visibility, but for documents whose change the index does not hold yet."""

    kinds: tuple[str, ...]
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """How many pages answer, the numbers of those asked for, and for each facet its values with their counts, most first."""

    count: int
    pages: tuple[int, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


class Engine(Protocol):
    def write(self, pages: Iterable[IndexedPage], *, documents: Collection[int]) -> None:
        """Replace all pages of these documents by `pages`; durable when it returns. Raises EngineBusy while another writes."""

    def find(self, question: Question, sight: Sight, *, limit: int, start: int = 0, newest: bool = False) -> Found:
        """The pages that answer, best first or newest first, of those `sight` allows."""

    def count(self, question: Question, sight: Sight) -> int:
        """How many pages answer, without the rest."""

    def beginning(self, start: str, sight: Sight, *, limit: int) -> list[str]:
        """Words that begin so and stand on pages that `sight` allows, the most frequent first."""

    def near(self, word: str, sight: Sight) -> int | None:
        """A page that `sight` allows and that holds a word within two letters of this one."""

    def is_empty(self) -> bool:
        """Whether it holds nothing, as when it is new or its shape is."""

    def clear(self) -> None:
        """Forget everything. Raises EngineBusy while another writes."""


class EngineBusy(TreatyError):
    """What waits is written next time."""

    says = sentence("Another process is writing the search index; try again in a minute.")


def analysed(text: str, language: str) -> tuple[str, str]:
    """The words of a page in order, and its keys, each joined by spaces."""
    if not has_han(text):
        each = list(map(_words_of(language).__getitem__, written_words(text)))
        return " ".join([folded for folded, _ in each]), " ".join([keys for _, keys in each])
    found = list(words(text))
    keys = [key for word in found for key in page_keys(word.written, word.folded, language)]
    return " ".join(word.folded for word in found), " ".join([*keys, *pairs(found)])


class _Words(dict[str, tuple[str, str]]):
    """The words of a language as written, each with its words and keys; kept are those met first, which are those that come again."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, written: str) -> tuple[str, str]:
        found = _analysed(written, self.language)
        if len(self) < _MOST_WORDS:
            self[written] = found
        return found


_words_of = cache(_Words)


def _analysed(written: str, language: str) -> tuple[str, str]:
    """The same of one word as written, or of one number with its parts."""
    if written.isalpha():
        folded = fold(written)
        return folded, " ".join(page_keys(written, folded, language))
    found = list(words(written))
    return " ".join([word.folded for word in found]), " ".join(
        [key for word in found for key in page_keys(word.written, word.folded, language)]
    )
