"""The language of a page: by its script, and among the Latin ones by a model of the three official languages written so."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SCRIPTS = {"ar": re.compile("[\u0600-\u06ff]+"), "zh": re.compile("[\u3400-\u9fff]+"), "ru": re.compile("[\u0400-\u04ff]+")}
_LATIN = re.compile("[A-Za-zÀ-ÿ]+")
_TOO_LITTLE = 20
_ENOUGH = 600


@cache
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(["en", "fr", "es"])
    return found


def language_of(text: str) -> str:
    """One of the six official languages, or nothing when the text is too short to tell."""
    sample = text[:4_000]
    counts = {language: _letters(script, sample) for language, script in _SCRIPTS.items()}
    counts["zh"] *= 3  # a Chinese character says as much as three letters
    latin = _letters(_LATIN, sample)
    best = max(counts, key=lambda language: counts[language])
    if counts[best] + latin < _TOO_LITTLE:
        return ""
    if counts[best] > latin:
        return best
    return str(_identifier().classify(sample[:_ENOUGH])[0])


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))
