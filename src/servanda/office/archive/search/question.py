"""A question as people type it: words, "phrases", prefixes*, -exclusions, symbols, and fields such as state:LAO or 2012..2015.

The language of a question is not known and need not be: every word brings the keys of each language of its script.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .keys import asked_keys, loose_keys, pairs
from .words import Word, is_han, words

FIELDS = ("state", "kind", "meeting", "language", "theme", "year", "symbol")
_FIELD_NAMES = {"type": "kind", "lang": "language", "country": "state", **{name: name for name in FIELDS}}
_ATOM = re.compile(r'(-?)(?:([a-z]+):(?:"([^"]*)"|(\S+))|["“«„]([^"”»“]*)["”»“]|(\S+))', re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\.\.(\d{4})")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
# Small words that carry no question of their own; they count inside a phrase.
_SMALL_WORDS = """the of and in on to for a an by at or with la le les des du de et en au aux un une el los las del y con para por
и в на о с по من في الي علي و 的 和"""
_SMALL = frozenset(_SMALL_WORDS.split())

Names = Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must stand on a page: one of `keys`; failing any page that holds them, one of `loose`; or one of `phrases`.

    A phrase is words side by side; when `cut` is set, the last word of the phrase may go on. `together` is another way to answer:
    one key of each of its sets, anywhere on the page, as for the name of a State in an inflected form.
    """

    keys: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    cut: bool = False
    together: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What must stand on a page, what must not, and the values its fields must have (any of each)."""

    clauses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, int] | None = None

    @property
    def asks_words(self) -> bool:
        return bool(self.clauses)


def parse(text: str, names: Names | None = None) -> Question:
    """A question from what was typed. `names` gives the other names of a State for the words of one; nothing typed is refused."""
    clauses: list[Clause] = []
    without: list[Clause] = []
    fields: dict[str, tuple[str, ...]] = {}
    years = None
    plain: list[Word] = []
    for minus, named, quoted_value, value, quoted, atom in _ATOM.findall(text):
        name = _FIELD_NAMES.get(named.lower())
        if named and name is None:
            atom = f"{named}:{quoted_value or value}"
        if name and name != "year":
            fields[name] = (*fields.get(name, ()), quoted_value or value)
        elif span := _YEARS.fullmatch(value if name else atom):
            years = (int(span[1]), int(span[2]))
        elif name:
            fields[name] = (*fields.get(name, ()), value)
        elif minus:
            without += _clauses(quoted, atom)
        elif quoted or not _is_plain(atom):
            clauses += _clauses(quoted, atom)
        else:
            plain += words(atom)
    return Question((*_of_words(plain, names or {}), *clauses), tuple(without), fields, years)


def _is_plain(atom: str) -> bool:
    """A word or words that may stand anywhere; not a symbol, a prefix, a number with separators or Chinese."""
    found = list(words(atom))
    return not (atom.endswith("*") or "/" in atom or _GROUPED.fullmatch(atom) or any(is_han(word.folded) for word in found))


def _clauses(quoted: str, atom: str) -> Iterator[Clause]:
    cut = not quoted and atom.endswith("*")
    found = list(words(quoted or atom))
    phrase = tuple(word.folded for word in found)
    if not phrase:
        return
    if len(phrase) == 1 and not cut:
        yield Clause(keys=asked_keys(found[0].written, phrase[0]))
        return
    yield from (Clause(keys=frozenset({pair})) for pair in pairs(found))
    if cut or len(phrase) > 2 or not all(is_han(word) for word in phrase):
        yield Clause(phrases=(phrase,), cut=cut)


def _of_words(found: list[Word], names: Names) -> Iterator[Clause]:
    """A clause for each word, or one for the words that name a State: those words, or another of its names."""
    kept = any(_is_heavy(word) for word in found)
    place = 0
    while place < len(found):
        word = found[place]
        length, others = _longest_name([later.folded for later in found[place:]], names)
        if length:
            own = tuple(later.folded for later in found[place : place + length])
            yield from _named(found[place : place + length], own, others)
        elif _is_heavy(word) or not kept:
            yield Clause(asked_keys(word.written, word.folded), loose_keys(word.written, word.folded))
        place += length or 1


def _is_heavy(word: Word) -> bool:
    """Whether a word carries a question of its own."""
    return word.folded not in _SMALL and (len(word.folded) > 1 or word.folded.isdigit())


def _longest_name(folded: list[str], names: Names) -> tuple[int, tuple[tuple[str, ...], ...]]:
    for length in range(min(len(folded), 8), 0, -1):
        others = names.get(tuple(folded[:length]))
        if others:
            return length, others
    return 0, ()


def _named(found: list[Word], own: tuple[str, ...], others: tuple[tuple[str, ...], ...]) -> Iterator[Clause]:
    """The name as typed, or another name of the same State."""
    if len(own) > 1:
        together = tuple(asked_keys(word.written, word.folded) for word in found if _is_heavy(word))
        yield Clause(phrases=tuple(dict.fromkeys((own, *others))), together=together)
    else:
        keys, loose = asked_keys(found[0].written, own[0]), loose_keys(found[0].written, own[0])
        yield Clause(keys, loose, tuple(name for name in others if name != own))


def starts(text: str) -> str:
    """The last word being typed, folded, for search as you type; empty where none is."""
    found = list(words(text))
    return found[-1].folded if found and found[-1].end == len(text) else ""
