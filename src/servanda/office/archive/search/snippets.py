"""The passage of a page that answers a question, with the words that answer it marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from .keys import page_keys
from .question import Question
from .words import Word, is_han, words

LENGTH = 240
Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """Tells which words of a page answer a question."""

    keys: frozenset[str]
    prefixes: tuple[str, ...]

    def marked(self, text: str, language: str) -> Iterable[Word]:
        """The words of a text that answer, in order."""
        known: dict[str, bool] = {}
        before: Word | None = None
        for word in words(text):
            if is_han(word.folded):
                if before is not None and before.end == word.start and before.folded + word.folded in self.keys:
                    yield before
                    yield word
                before = word
            if word.written not in known:
                known[word.written] = self._answers(word, language)
            if known[word.written]:
                yield word

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
    return Marker(frozenset(keys), tuple(cut))


def snippet(text: str, language: str, mark: Marker) -> Parts:
    """About LENGTH characters around the densest answer, in parts: text, and whether it is marked."""
    spans = sorted({(word.start, word.end) for word in mark.marked(text, language)})
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
