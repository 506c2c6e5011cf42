"""Alphabetical order and forgiving search in the six languages."""

import unicodedata
from functools import cache

from anyascii import anyascii
from pyuca import Collator


def sort_key(text: str, language: str) -> tuple:
    """The place of a name in a language's alphabet: the Unicode collation; for Chinese, the pinyin order of GB 18030."""
    if language == "zh":
        return (text.encode("gb18030"),)
    return _collator().sort_key(_without_article(text) if language == "ar" else text)


def fold(text: str) -> str:
    """Text as searched: letters in Latin script, without accents, points, apostrophes or case."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    latin = anyascii(plain).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in latin.replace("'", "")).split())


def _without_article(text: str) -> str:
    return text.removeprefix("ال")


@cache
def _collator() -> Collator:
    return Collator()
