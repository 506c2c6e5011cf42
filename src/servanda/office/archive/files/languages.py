"""The language of a page: by its script; among the Latin ones by the small words that each is full of, or else by a model."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SCRIPTS = {"ar": re.compile("[\u0600-\u06ff]+"), "zh": re.compile("[\u3400-\u9fff]+"), "ru": re.compile("[\u0400-\u04ff]+")}
_OTHER = re.compile("[\u0400-\u04ff\u0600-\u06ff\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-zÀ-ÿ]+")
_TOO_LITTLE, _PLENTY = 20, 5
_SAMPLE, _ENOUGH = 1_000, 200  # letters that tell the script, and those that tell the language
# Words that stand in every few lines of one language and hardly ever in the other two.
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that for with on are by this be at or as from was were have has not which its",
        "fr": "le les et des du une dans pour que qui sur par est au aux avec sont ont cette ce ces leur il elle pas ou",
        "es": "el los las y del una para que por con se su sus al es son han como más este esta lo o sobre entre",
    }.items()
}


@cache
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(["en", "fr", "es"])
    return found


def language_of(text: str) -> str:
    """One of the six official languages, or nothing when the text is too short to tell."""
    sample = text[:_SAMPLE]
    latin = _letters(_LATIN, sample)
    if _OTHER.search(sample):
        counts = {language: _letters(script, sample) for language, script in _SCRIPTS.items()}
        counts["zh"] *= 3  # a Chinese character says as much as three letters
        best = max(counts, key=lambda language: counts[language])
        if counts[best] > latin:
            return best if counts[best] >= _TOO_LITTLE else ""
    if latin < _TOO_LITTLE:
        return ""
    found = _LATIN.findall(sample)
    first, second = sorted(((sum(word.lower() in small for word in found), one) for one, small in _SMALL_WORDS.items()), reverse=True)[:2]
    return first[1] if first[0] >= _PLENTY and first[0] >= 3 * second[0] else _by_model(" ".join(found)[:_ENOUGH])


def _by_model(text: str) -> str:
    return str(_identifier().classify(text)[0])


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))
