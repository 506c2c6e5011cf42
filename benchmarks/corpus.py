"""A corpus in six languages drawn from word-frequency models: made, not taken, and the same for the same seed.

The vocabularies are the word lists of our dictionary library where it has them, and for Arabic and Chinese the words of our own catalogues.
Words follow Zipf's law as texts do; pages have two to four kilobytes; a tenth of the pages speak of the field's own words, so that
phrases stand in them.
"""

import random
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from babel.messages.pofile import read_po
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
SHARES = (0.5, 0.14, 0.13, 0.08, 0.08, 0.07)
CATALOGUES = Path(__file__).resolve().parent.parent / "src" / "servanda" / "office" / "locale"
FIELD = ("cluster munitions", "victim assistance", "States Parties", "stockpile destruction", "clearance deadline", "transparency report")
_MOST_WORDS = 60_000


def vocabulary(language: str, draw: random.Random) -> list[str]:
    """Words of a language, in an order that is their rank."""
    if language in ("ar", "zh"):
        with open(CATALOGUES / language / "LC_MESSAGES" / "django.po", "rb") as file:
            text = " ".join(str(message.string) for message in read_po(file))
        found = set(re.findall("[\u0621-\u064a]{2,}" if language == "ar" else "[\u4e00-\u9fff]{2}", text))
        words = sorted(found)
        words += [first + second for first in words[:250] for second in words[250:490]] if language == "ar" else []
    else:
        held = DefaultDictionaryFactory().get_dictionary(language)
        words = sorted(word if isinstance(word, str) else word.decode() for word in held)
        words = [word for word in words if word.isalpha() and 2 < len(word) < 16]
    draw.shuffle(words)
    return words[:_MOST_WORDS]


def pages(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """So many pages, each with its language."""
    draw = random.Random(seed)
    held = {language: vocabulary(language, draw) for language in LANGUAGES}
    weights = {language: list(accumulate(1 / (rank + 2.7) for rank in range(len(words)))) for language, words in held.items()}
    for number in range(count):
        language = draw.choices(LANGUAGES, SHARES)[0]
        words = draw.choices(held[language], cum_weights=weights[language], k=draw.randint(180, 340))
        if language == "en" and number % 5 == 0:
            for phrase in draw.sample(FIELD, 2):
                words.insert(draw.randrange(len(words)), phrase)
        yield language, ("" if language == "zh" else " ").join(words)


def questions(seed: int = 11) -> dict[str, list[str]]:
    """Questions of each kind, from the same vocabularies: by rank common, middling and rare; two words; phrases; prefixes."""
    draw = random.Random(7)
    held = {language: vocabulary(language, draw) for language in LANGUAGES}
    words = held["en"]
    pick = random.Random(seed)
    ranks = {"common": (0, 40), "middling": (400, 2_000), "rare": (8_000, 30_000)}
    found = {kind: [words[pick.randrange(first, last)] for _ in range(40)] for kind, (first, last) in ranks.items()}
    found["two words"] = [f"{pick.choice(words[:100])} {pick.choice(words[:1_000])}" for _ in range(40)]
    found["phrase"] = [f'"{pick.choice(FIELD)}"' for _ in range(40)]
    found["prefix"] = [f"{pick.choice(words[200:4_000])[:4]}*" for _ in range(40)]
    return found
