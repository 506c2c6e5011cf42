"""Document symbols as the United Nations writes them: parsed, put right, explained, counted.

A symbol is a path: body, meeting, year, then a number or a type with a number, then what was done to that document, in order:

    CCM/MSP/2011/WP.3/Rev.1/Amend.1    working paper 3 of the 2011 Meeting of States Parties, revised once, then amended
    CCM/CONF/2015/PM.1/2               document 2 of the first preparatory meeting of the 2015 conference
    CCM/77                             document 77 of the conference that negotiated the treaty

Official lists also hold symbols that nobody proof-read: `(CCM/MSP/2011/WP.8`, `CCM/MSP/2013/Corr 1`. Those are read as far as they go,
marked malformed, and kept as they were written; what they lack is said, not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from .errors import Remark, sentence

SUFFIXES = {"rev": "Rev", "corr": "Corr", "add": "Add", "amend": "Amend"}
TYPES = {"WP": "WP", "INF": "INF", "CRP": "CRP", "MISC": "MISC", "L": "L", "SR": "SR", "PM": "PM", "NP": "NP", "DEC": "DEC"}
_MEETINGS = ("MSP", "CONF", "RC", "ISM", "PREPCOM")
_LANGUAGES = {
    "A": "ar",
    "AR": "ar",
    "C": "zh",
    "ZH": "zh",
    "E": "en",
    "EN": "en",
    "F": "fr",
    "FR": "fr",
    "R": "ru",
    "RU": "ru",
    "S": "es",
    "ES": "es",
}
_MOST_GAPS = 1_000
_WORD = re.compile(r"^([A-Za-z]+)[. ]?(\d+)?$")
_MEETING = re.compile(r"^[A-Z]+(\.\d+)?$")
_LANGUAGE = re.compile(r"[ (]+([A-Z]{1,2})\)?$")
_IN_TEXT = re.compile(
    r"\b[A-Z]{3,5}(?:/[A-Z]+(?:\.\d+)?)?(?:/\d{4})?(?:/(?:[A-Z][A-Za-z]{0,5}\.?\s?)?\d+)+(?:/(?:Rev|Corr|Add|Amend)\.\d+)*"
)
_JOB = re.compile(r"^[A-Z]{2}\.\d{2}-\d{4,6}$")

_WORKING_PAPER = {
    "WP": sentence("working paper {number}"),
    "INF": sentence("information paper {number}"),
    "CRP": sentence("conference room paper {number}"),
    "MISC": sentence("miscellaneous paper {number}"),
    "L": sentence("draft {number}, of limited distribution"),
    "SR": sentence("summary record {number}"),
    "PM": sentence("document {number} of the preparatory meeting"),
    "NP": sentence("non-paper {number}"),
    "DEC": sentence("decision {number}"),
}
_PREPARATORY = sentence("document {number} of preparatory meeting {meeting}")
_DOCUMENT = sentence("document {number}")
_DONE = {
    "Rev": sentence("revision {number}, in place of what came before"),
    "Corr": sentence("correction {number}"),
    "Add": sentence("addendum {number}"),
    "Amend": sentence("amendment {number}"),
}
_REWRITTEN = sentence("Written “{text}”; read as {canonical}.")
_NO_BASE = sentence("It does not say which document {suffix} belongs to; find that document and complete the symbol.")
_NO_NUMBER = sentence("No number follows “{part}”; complete the symbol.")
_UNKNOWN_PART = sentence("“{part}” is not a part of a symbol that is known here; it was kept as written.")
_UNKNOWN_MEETING = sentence("“{meeting}” is none of the kinds of meeting known here ({known}); check it.")
_LANGUAGE_NOTED = sentence("“{mark}” names a language and is not part of the symbol.")
_REISSUED = sentence("The asterisk says that the document was reissued for technical reasons; it is not part of the symbol.")
_JOB_NUMBER = sentence("{text} is the number of a printing job, not a symbol; look on the first page of the document.")
_NOT_ONE = sentence("“{text}” is not a symbol; one looks like CCM/MSP/2011/WP.3.")


@dataclass(frozen=True)
class Symbol:
    """One symbol. `text` is as written; `suffixes` are in the order in which they were added.

    `meeting` and `year` are None where the symbol has none (CCM/77); `type` is None for a plainly numbered document.
    """

    text: str
    canonical: str
    body: str | None = None
    meeting: str | None = None
    year: int | None = None
    type: str | None = None
    number: str | None = None
    suffixes: tuple[str, ...] = ()
    malformed: bool = False
    notes: tuple[Remark, ...] = ()
    language: str | None = None

    @property
    def base(self) -> str:
        """The document itself, without what was done to it."""
        return self.canonical[: -len("/" + "/".join(self.suffixes))] if self.suffixes else self.canonical

    @property
    def parent(self) -> str | None:
        """The document that the last suffix was added to."""
        return self.canonical.rpartition("/")[0] if self.suffixes and self.number else None

    @property
    def series(self) -> str | None:
        """What numbers are counted in: CCM/MSP/2011/WP for working papers, CCM/MSP/2011 for numbered documents."""
        if self.number is None:
            return None
        return self.base.rpartition("." if self.type and "." not in self.type and f"{self.type}." in self.base else "/")[0]

    @property
    def means(self) -> tuple[Remark, ...]:
        """Each part in words."""
        if self.number is None:
            return ()
        return (_document(self.type, self.number), *(_what_was_done(suffix) for suffix in self.suffixes))


def _document(kind: str | None, number: str) -> Remark:
    if kind in _WORKING_PAPER:
        return Remark(_WORKING_PAPER[kind], {"number": number})
    if kind and kind.startswith("PM."):
        return Remark(_PREPARATORY, {"number": number, "meeting": kind[3:]})
    return Remark(_DOCUMENT, {"number": f"{kind}.{number}" if kind else number})


def _what_was_done(suffix: str) -> Remark:
    name, _, number = suffix.partition(".")
    return Remark(_DONE[name], {"number": number})


def parse(text: str) -> Symbol:
    """Read one symbol, whatever its state; never raises."""
    cleaned, notes, language = _cleaned(text)
    if _JOB.match(cleaned):
        return Symbol(text, cleaned, malformed=True, notes=(Remark(_JOB_NUMBER, {"text": cleaned}),))
    parts = [part.strip() for part in cleaned.split("/") if part.strip()]
    if len(parts) < 2 or not re.fullmatch(r"[A-Za-z]{1,6}", parts[0]):
        return Symbol(text, cleaned, malformed=True, notes=(Remark(_NOT_ONE, {"text": text.strip()}),))
    body, meeting, year = parts.pop(0).upper(), None, None
    if len(parts) > 1 and _is_meeting(parts[0], parts[1]):
        meeting = parts.pop(0).upper()
        if meeting.partition(".")[0] not in _MEETINGS:
            notes.append(Remark(_UNKNOWN_MEETING, {"meeting": meeting, "known": ", ".join(_MEETINGS)}))
    if parts and re.fullmatch(r"(19|20)\d\d", parts[0]) and (meeting or len(parts) > 1):
        year = int(parts.pop(0))
    return _numbered(text, body, meeting, year, parts, notes, language)


def _is_meeting(part: str, following: str) -> bool:
    """A meeting is a known name, or any word that a year follows."""
    word = part.upper()
    return word.partition(".")[0] in _MEETINGS or bool(_MEETING.match(word) and re.fullmatch(r"(19|20)\d\d", following))


def _cleaned(text: str) -> tuple[str, list[Remark], str | None]:
    """The text in plain letters, without brackets, marks of language and asterisks; what was left out is noted."""
    plain = unicodedata.normalize("NFKC", text).replace("\\", "/").strip().strip("()[]{}.,;:«»“”\"' ")
    notes, language = [], None
    found = _LANGUAGE.search(plain)
    if found and found[1] in _LANGUAGES:
        notes.append(Remark(_LANGUAGE_NOTED, {"mark": found[1]}))
        language, plain = _LANGUAGES[found[1]], plain[: found.start()]
    if plain.endswith("*"):
        notes.append(Remark(_REISSUED))
        plain = plain.rstrip("*")
    return " ".join(plain.split()), notes, language


def _numbered(
    text: str, body: str, meeting: str | None, year: int | None, parts: list[str], notes: list[Remark], language: str | None
) -> Symbol:
    """The part after the year: type and number, then suffixes, each put into its usual form."""
    head = [body, *([meeting] if meeting else []), *([str(year)] if year else [])]
    kind = number = None
    suffixes: list[str] = []
    written: list[str] = []
    broken = False
    for part in parts:
        word = _WORD.match(part)
        name = word[1].lower() if word else ""
        if name in SUFFIXES and word and word[2]:
            suffixes.append(f"{SUFFIXES[name]}.{word[2]}")
            written.append(suffixes[-1])
        elif number is None and part.isdigit():
            number = part
            written.append(part)
        elif kind is None and number is None and word and word[1].upper() in TYPES:
            kind, number, shown = _typed(word[1].upper(), word[2])
            written.append(shown)
        else:
            broken = True
            written.append(part)
            notes.append(Remark(_UNKNOWN_PART, {"part": part}))
    canonical = "/".join([*head, *written])
    if number is None:
        broken = True
        notes.append(Remark(_NO_BASE, {"suffix": suffixes[0]}) if suffixes else Remark(_NO_NUMBER, {"part": canonical}))
    if canonical != text.strip():
        notes.insert(0, Remark(_REWRITTEN, {"text": text.strip(), "canonical": canonical}))
    malformed = broken or canonical != text.strip()
    return Symbol(text, canonical, body, meeting, year, kind, number, tuple(suffixes), malformed, tuple(notes), language)


def _typed(name: str, number: str | None) -> tuple[str, str | None, str]:
    """Type, number and form: `WP.3` holds its number; `PM` and `PM.1` are followed by theirs."""
    if name == "PM":
        shown = f"PM.{number}" if number else "PM"
        return shown, None, shown
    return name, number, f"{name}.{number}" if number else name


def find(text: str) -> Iterator[str]:
    """Every well-formed symbol that stands in a text, in order, as written."""
    for match in _IN_TEXT.finditer(text):
        found = parse(match[0])
        if found.year or found.meeting or found.body == "CCM":
            yield match[0]


def order(symbol: Symbol) -> tuple[object, ...]:
    """Documents before their revisions and corrections, numbers as numbers."""
    number = int(symbol.number) if symbol.number and symbol.number.isdigit() else -1
    suffixes = tuple((name, int(count)) for name, _, count in (suffix.partition(".") for suffix in symbol.suffixes))
    return (symbol.body or "", symbol.meeting or "", symbol.year or 0, symbol.type or "", number, suffixes)


def duplicates(texts: Iterable[str]) -> dict[str, list[str]]:
    """Canonical symbols that are written more than once, with each way in which they are written."""
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(parse(text).canonical, []).append(text)
    return {canonical: written for canonical, written in found.items() if len(written) > 1}


def numbers(series: str, texts: Iterable[str]) -> list[int]:
    """The numbers used in a series, in order, each once."""
    parsed = (parse(text) for text in texts)
    return sorted({int(symbol.number) for symbol in parsed if symbol.series == series and symbol.number and symbol.number.isdigit()})


def gaps(series: str, texts: Iterable[str]) -> list[int]:
    """Numbers below the highest of a series that no symbol uses; the first thousand of them."""
    used = numbers(series, texts)
    taken = set(used)
    return list(islice((number for number in range(1, used[-1]) if number not in taken), _MOST_GAPS)) if used else []


def next_symbol(series: str, texts: Iterable[str]) -> str:
    """The symbol for the next document of a series: `CCM/MSP/2027/WP` → CCM/MSP/2027/WP.1 where none is used yet."""
    used = numbers(series, texts)
    number = used[-1] + 1 if used else 1
    last = series.rpartition("/")[2]
    return f"{series}.{number}" if last in TYPES and last != "PM" else f"{series}/{number}"
