"""The passage of a page that answers a question, with the words that answer it marked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .keys import page_keys
from .question import Question
from .words import Word, is_arabic, is_han, words

LENGTH = 240
Parts = tuple[tuple[str, bool], ...]


@cache
def _ways_to_write() -> dict[str, str]:
    """For each letter, the letters that are the same but for size and accents."""
    ways: dict[str, str] = {}
    for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x400, 0x482), *range(0x622, 0x627), 0x649):
        plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        ways[plain] = ways.get(plain, "") + chr(code)
    return ways


@dataclass(frozen=True, slots=True)
class Marker:
    """Tells which words of a page answer a question. `likely` finds the words that begin as the keys do, however accented."""

    keys: frozenset[str]
    prefixes: tuple[str, ...]
    likely: re.Pattern[str]

    def marked(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where the words of a text that answer stand, in order.

        Words that begin as a key does are looked at first; the others only when none of those answers, for reading every word of
        twenty pages is most of the time of a search.
        """
        found = {span for match in self.likely.finditer(text) for span in self._answers_in(text, match.start(), match.end(), language)}
        return sorted(found or set(self._answers_in(text, 0, len(text), language)))

    def _answers_in(self, text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
        before: Word | None = None
        for word in words(text[start:end]):
            here = (start + word.start, start + word.end)
            if is_han(word.folded):
                if before is not None and before.end == word.start and before.folded + word.folded in self.keys:
                    yield (start + before.start, start + before.end)
                    yield here
                before = word
            if self._answers(word, language):
                yield here

    def _answers(self, word: Word, language: str) -> bool:
        if word.folded in self.keys or (self.prefixes and word.folded.startswith(self.prefixes)):
            return True
        return not self.keys.isdisjoint(page_keys(word.written, word.folded, language))


def marker(question: Question) -> Marker:
    keys: set[str] = set()
    cut: list[str] = []
    for clause in question.clauses:
        keys |= clause.keys.union(clause.loose, *clause.together)
        for phrase in clause.phrases:
            keys |= set(phrase[:-1] if clause.cut else phrase)
            cut += phrase[-1:] if clause.cut else ()
    return Marker(frozenset(keys), tuple(cut), _likely({*keys, *cut}))


def _beginning(key: str) -> str:
    """What the inflected forms of a word begin with, nearly always: three to five letters."""
    return key[: max(3, min(5, len(key) - 2))]


def _likely(keys: set[str]) -> re.Pattern[str]:
    """Latin and Cyrillic words that begin so; Arabic words that hold it, for particles stand before; Chinese characters themselves."""
    beginnings = {_in_any_way(_beginning(key)) for key in keys if key and not is_arabic(key) and not is_han(key[0])}
    within = {_in_any_way(key[:3]) for key in keys if is_arabic(key)}
    han = {re.escape(key) for key in keys if key and is_han(key[0])}
    ways = [rf"\b(?:{'|'.join(sorted(beginnings))})\w*"] if beginnings else []
    ways += [rf"\w*(?:{'|'.join(sorted(within))})\w*"] if within else []
    ways += sorted(han, key=len, reverse=True)
    return re.compile("|".join(ways) or "(?!)")


def _in_any_way(letters: str) -> str:
    """A pattern for letters in any size and with any accents."""
    return "".join(f"[{_ways_to_write()[char]}]" if char in _ways_to_write() else re.escape(char) for char in letters)


def snippet(text: str, language: str, mark: Marker) -> Parts:
    """About LENGTH characters around the densest answer, in parts: text, and whether it is marked."""
    spans = mark.marked(text, language)
    start = _densest(spans)
    start = max(0, start - LENGTH // 4)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + LENGTH)
    cut = text.find(" ", end)
    end = cut if 0 <= cut < end + 30 else end
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for first, last in spans:
        if first >= place and last <= end:
            parts += [(text[place:first], False), (text[first:last], True)]
            place = last
    parts.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple((" ".join(part.split("\n")), marked) for part, marked in parts if part)


def _densest(spans: list[tuple[int, int]]) -> int:
    """Where a stretch of half a snippet holds the most marked words."""
    best, place, first = 0, 0, 0
    for last, (_, end) in enumerate(spans):
        while end - spans[first][0] > LENGTH // 2:
            first += 1
        if last - first + 1 > best:
            best, place = last - first + 1, spans[first][0]
    return place
