"""A corpus in six languages drawn from word-frequency models: made, not taken, and the same for the same seed.

The words and how often they come are those of the library wordfreq. A page has two to four kilobytes of text; a fifth of the English pages
speak of the field's own words, so that phrases stand in them.
"""

import random
from collections.abc import Iterator
from functools import cache

import numpy as np
from wordfreq import get_frequency_dict

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
SHARES = (0.5, 0.14, 0.13, 0.08, 0.08, 0.07)
FIELD = ("cluster munitions", "victim assistance", "States Parties", "stockpile destruction", "clearance deadline", "transparency report")
# Words on a page of two to four kilobytes: letters are one to three bytes, and Chinese has no spaces.
WORDS = {"en": (370, 740), "fr": (370, 740), "es": (350, 700), "ru": (160, 320), "ar": (190, 380), "zh": (330, 660)}
_MOST_WORDS = 60_000
# How often a word comes, by how many of a hundred pages it then stands on: 10 to 40, half to 3, and hardly any.
FREQUENCIES = {"common": (0.0005, 0.003), "middling": (0.00002, 0.00012), "rare": (0.0000002, 0.000001)}


@cache
def vocabulary(language: str) -> tuple[list[str], list[float]]:
    """The words of a language, the most frequent first, and how often each comes."""
    held = sorted(get_frequency_dict(language).items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_WORDS]
    return [word for word, _ in held], [frequency for _, frequency in held]


def pages(count: int, seed: int = 7, languages: tuple[str, ...] = LANGUAGES) -> Iterator[tuple[str, str]]:
    """So many pages, each with its language."""
    draw, numbers = random.Random(seed), np.random.default_rng(seed)
    words_of = {language: np.array(vocabulary(language)[0], dtype=object) for language in languages}
    often = {language: np.cumsum(vocabulary(language)[1]) for language in languages}
    shares = [SHARES[LANGUAGES.index(language)] for language in languages]
    for number in range(count):
        language = draw.choices(languages, shares)[0]
        drawn = numbers.random(draw.randint(*WORDS[language])) * often[language][-1]
        words = words_of[language][np.searchsorted(often[language], drawn, side="right")].tolist()
        if language == "en" and number % 5 == 0:
            for phrase in draw.sample(FIELD, 2):
                words.insert(draw.randrange(len(words)), phrase)
        yield language, ("" if language == "zh" else " ").join(words)


def questions(seed: int = 11) -> dict[str, list[str]]:
    """English questions of each kind: by how often the word comes common, middling and rare; two words; phrases; prefixes."""
    pick = random.Random(seed)
    found = {kind: [pick.choice(_words(*bounds)) for _ in range(40)] for kind, bounds in FREQUENCIES.items()}
    found["two words"] = [f"{pick.choice(_words(0.0005, 1))} {pick.choice(_words(0.0001, 0.001))}" for _ in range(40)]
    found["phrase"] = [f'"{pick.choice(FIELD)}"' for _ in range(40)]
    found["prefix"] = [f"{pick.choice(_words(0.00002, 0.0005))[:4]}*" for _ in range(40)]
    return found


@cache
def _words(least: float, most: float) -> list[str]:
    """The English words that come between so often and so often, in letters alone, four at least."""
    return [word for word, often in zip(*vocabulary("en"), strict=True) if least <= often <= most and len(word) > 3 and word.isalpha()]
