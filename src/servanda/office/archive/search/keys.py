"""The keys of a word: what its inflected forms share. Written into the index beside the words, and asked for beside them.

A page's words get keys by the page's language. The language of a question is not known: a word asked for gets the keys of every
language of its script. One dictionary of lemmas serves English, French, Spanish and Russian; Arabic has a light stemmer;
Chinese has pairs of neighbouring characters.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import AffixDecompositionStrategy, DictionaryLookupStrategy, RulesStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

from .arabic import loose_stems, stems
from .words import Word, fold, is_arabic, is_han, unfold_marks

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]")
LATIN_LANGUAGES = ("en", "fr", "es")
# Adjectives the dictionary does not hold: кассетные, кассетными are кассетный.
_RUSSIAN_ADJECTIVE = re.compile("н(ый|ой|ая|ое|ые|ого|ому|ым|ом|ых|ую|ыми)$")
_SPELLINGS = {"programme": "program", "centre": "center", "defence": "defense", "licence": "license", "labour": "labor"}


class _SingleWords:
    """The library's strategies that fit single words; its others take apart what ours never are, words with hyphens and apostrophes."""

    def __init__(self) -> None:
        dictionary = DictionaryLookupStrategy(TrieDictionaryFactory())
        self.strategies = (dictionary, RulesStrategy(), AffixDecompositionStrategy(greedy=False, dictionary_lookup=dictionary))

    def get_lemma(self, token: str, lang: str) -> str | None:
        return next(filter(None, (strategy.get_lemma(token, lang) for strategy in self.strategies)), None)


@cache
def _lemmatizer() -> Lemmatizer:
    """The first use on a machine builds the dictionaries in the user's cache folder; that takes some five seconds, once."""
    return Lemmatizer(cache_max_size=1, lemmatization_strategy=_SingleWords())


def lemma(written: str, language: str) -> str:
    """The folded dictionary form of a word as written, in a language."""
    form = written.casefold()
    for _ in range(3 if language == "ru" else 1):  # боеприпасов leads to боеприпас, which leads to боеприпасы
        before, form = form, _lemmatizer().lemmatize(form, lang=language).casefold()
        if form == before:
            break
    if language == "ru":
        form = _RUSSIAN_ADJECTIVE.sub("ный", form)
    found = fold(form)
    return _american(found) if language == "en" else found


def _american(word: str) -> str:
    """The United Nations writes -ize, its members -ise: one key for both."""
    if len(word) > 6:
        word = re.sub(r"is(e|ation)$", r"iz\1", word)
    return _SPELLINGS.get(word, word)


def page_keys(written: str, folded: str, language: str) -> tuple[str, ...]:
    """The keys of one word on a page in a language; its folded form is one of them."""
    found = {folded}
    if folded.isdigit():
        found |= {_digits(written)}
    elif is_arabic(folded):
        plain = unfold_marks(written)
        found |= stems(folded) | stems(plain) | loose_stems(plain)
    elif language in LATIN_LANGUAGES and _LATIN.match(folded):
        found |= {lemma(written, language)} | (_unaccented(folded) if language != "en" else set())
    elif _CYRILLIC.match(folded):
        found |= {lemma(written, "ru")}
    return tuple(found)


def pairs(found: Iterable[Word]) -> Iterable[str]:
    """Every two neighbouring Chinese characters."""
    before: Word | None = None
    for word in found:
        if before is not None and before.end == word.start and is_han(word.folded) and is_han(before.folded):
            yield before.folded + word.folded
        before = word


@lru_cache(maxsize=10_000)
def asked_keys(written: str, folded: str) -> frozenset[str]:
    """The keys of a word in a question whose language is not known: any of them will do."""
    found = {folded}
    if folded.isdigit():
        return frozenset(found)
    if is_arabic(folded):
        found |= stems(folded) | stems(unfold_marks(written))
    elif _CYRILLIC.match(folded):
        found |= {lemma(written, "ru")}
    elif _LATIN.match(folded):
        found |= {lemma(written, language) for language in LATIN_LANGUAGES} | _unaccented(folded)
    return frozenset(found)


def loose_keys(written: str, folded: str) -> frozenset[str]:
    """Keys to try when nothing holds the word as typed: an Arabic word without its particle, an English one without -ing."""
    if is_arabic(folded):
        return frozenset(loose_stems(unfold_marks(written)))
    return frozenset({folded[:-3]}) if len(folded) > 5 and folded.endswith("ing") else frozenset()


def _unaccented(folded: str) -> set[str]:
    """A plural typed without its accents is in no dictionary: “generaciones” is, “etrangeres” and “regionaux” are not."""
    return {folded[:-1]} if len(folded) > 4 and folded[-1] in "sx" else set()


def _digits(written: str) -> str:
    """A number without what groups its digits: 1,250 is 1250."""
    return "".join(char for char in unfold_marks(written) if char.isdigit())
