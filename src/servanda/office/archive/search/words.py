"""Words of a text in any of the six languages, folded so that accents, case, width and points are forgiven.

Chinese has no spaces: each of its characters is a word, and two neighbours make a pair (see `keys.py`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .arabic import without_article

HAN = "\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_NUMBER = r"(?<!\d)\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)"
_WORD = re.compile(
    rf"{_NUMBER}|第[一二三四五六七八九十]{{1,3}}(?=[条次届号号款])|[{HAN}]|[^\W_{HAN}{_MARKS}][^\W_{HAN}]*(?:[{_MARKS}]+[^\W_{HAN}]*)*"
)
_HAN_WORD = re.compile(rf"[{HAN}]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_HAN_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
# й is a letter of its own in Russian; without its mark it would be и.
_SHORT_I = "\u0306"


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: its folded form, and the text as written from `start` to `end`."""

    folded: str
    written: str
    start: int
    end: int


def written_words(text: str) -> list[str]:
    """The words of a text as written, without their places."""
    return _WORD.findall(text)


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order. A number with separators gives its parts, each at its place: 1,250 is 1 and 250."""
    for found in _WORD.finditer(text):
        written = found[0]
        if written[0] == "第" and len(written) > 1:
            yield Word("第", "第", found.start(), found.start() + 1)
            yield Word(_han_number(written[1:]), written[1:], found.start() + 1, found.end())
        elif written[0].isdigit() and not written.isalnum():
            yield from _parts(found)
        else:
            yield Word(fold(written), written, found.start(), found.end())


def _parts(found: re.Match[str]) -> Iterator[Word]:
    for part in re.finditer(r"\d+", found[0]):
        start = found.start() + part.start()
        yield Word(fold(part[0]), found[0], start, start + len(part[0]))


def is_han(folded: str) -> bool:
    return _HAN_WORD.match(folded) is not None


def has_han(text: str) -> bool:
    return _HAN_WORD.search(text) is not None


def is_arabic(folded: str) -> bool:
    return _ARABIC.match(folded) is not None


@lru_cache(maxsize=50_000)
def fold(written: str) -> str:
    """One word without accents, points, case and width; an Arabic word also without its article."""
    bare = unfold_marks(written)
    return without_article(bare) if _ARABIC.match(bare) else bare


def unfold_marks(written: str) -> str:
    """One word in lower case, without marks; digits of any script become 0-9."""
    if written.isascii():
        return written.lower()
    plain = unicodedata.normalize("NFKC", written).casefold().translate(_LIGATURES)
    if plain.isascii():
        return plain
    kept = [char for char in unicodedata.normalize("NFD", plain) if char == _SHORT_I or not _is_mark(char)]
    joined = unicodedata.normalize("NFC", "".join(kept)).replace("\u0306", "")
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in joined).translate(_ARABIC_LETTERS)


_ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn" or char == "\u0640"


def _han_number(text: str) -> str:
    """A Chinese numeral up to 99 in digits: 七 is 7, 十二 is 12, 三十 is 30."""
    tens, ten, units = text.rpartition("十")
    value = (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + (_HAN_DIGITS.get(units, 0) if units else 0)
    return str(value)
