"""What a search finds, as a page or a command shows it: passages with their documents, counts, and ways to narrow them."""

import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from servanda.office.common.choices import UNIT_ONLY
from servanda.office.common.policies import Viewer, visible_to
from servanda.office.common.queries import stamp
from servanda.office.common.sorting import fold as latin
from servanda.office.obligations.queries import current_law
from servanda.treaty.law import Law

from ..models import Page, Title
from ..search.engine import Sight
from ..search.engines import engine
from ..search.question import Names, Question, parse, starts
from ..search.words import words
from .hits import Hit, hits, unindexed

PAGE_SIZE = 20


@dataclass(frozen=True)
class Answer:
    """What a search found. `suggestion` is another spelling that finds something, when this one finds nothing."""

    query: str
    count: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    took_ms: int
    suggestion: str = ""

    def as_json(self) -> dict[str, object]:
        """The answer of “archive search --format json” and of the API."""
        hits = [hit.as_json() for hit in self.hits]
        return {"query": self.query, "count": self.count, "took_ms": self.took_ms, "hits": hits}


def search(
    text: str,
    viewer: Viewer,
    *,
    on: date,
    language: str = "en",
    narrowed: Mapping[str, tuple[str, ...]] | None = None,
    newest: bool = False,
    start: int = 0,
    limit: int = PAGE_SIZE,
) -> Answer:
    """Passages that answer a question, of documents the viewer may see; `narrowed` are the facet values chosen."""
    began = time.perf_counter()
    question = _narrowed(parse(text, state_names(stamp())), narrowed or {})
    sight = sight_of(viewer)
    found = engine().find(question, sight, limit=limit, start=start, newest=newest)
    shown = hits(found.pages, question, viewer, on, language)
    suggestion = "" if found.count or not question.asks_words else _suggestion(text, question, sight)
    took = round((time.perf_counter() - began) * 1000)
    return Answer(text, found.count, shown, found.facets, took, suggestion)


def sight_of(viewer: Viewer) -> Sight:
    """What a viewer may find. Of a document that changed, the index may still say that more people see it than may now."""
    kinds = visible_to(viewer)
    if UNIT_ONLY in kinds:
        return Sight(kinds)
    return Sight(kinds, unindexed())


def _narrowed(question: Question, chosen: Mapping[str, tuple[str, ...]]) -> Question:
    fields = {**question.fields, **{name: values for name, values in chosen.items() if values}}
    if "state" in fields:
        fields["state"] = tuple(value.upper() for value in fields["state"])
    if not question.asks_words:
        fields["part"] = ("cover",)  # who asks for no words browses documents, not their pages
    if "symbol" in fields:
        fields["symbol"] = tuple(value.casefold() for value in fields["symbol"])
    return replace(question, fields=fields)


@lru_cache(maxsize=2)
def state_names(stamp: int) -> Names:
    """The names of the States of the record as it stands."""
    return names_of(current_law())


def names_of(law: Law) -> Names:
    """For each name of a State, in words, all its names: a search for Libanon's letters finds لبنان and Liban."""
    every: dict[str, dict[tuple[str, ...], None]] = {}
    for name in law.names:
        every.setdefault(name.iso3, {})[_words(name.name)] = None
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for name in law.names:
        others = tuple(every[name.iso3])
        found[_words(name.name)] = others
        found.setdefault(_words(latin(name.name)), others)
    for everyday, official in EVERYDAY.items():
        found.setdefault(_words(everyday), found.get(_words(official), ()))
    return {words: others for words, others in found.items() if words}


# Names that newspapers use and no list of the United Nations holds.
EVERYDAY = {
    "Ivory Coast": "Côte d'Ivoire",
    "Costa de Marfil": "Côte d'Ivoire",
    "Vietnam": "Viet Nam",
    "Laos": "Lao People's Democratic Republic",
    "Russia": "Russian Federation",
    "Turkey": "Türkiye",
    "Burma": "Myanmar",
    "Swaziland": "Eswatini",
    "Czech Republic": "Czechia",
    "Cape Verde": "Cabo Verde",
    "East Timor": "Timor-Leste",
    "Macedonia": "North Macedonia",
    "Holland": "Netherlands",
    "Great Britain": "United Kingdom",
    "Bosnia": "Bosnia and Herzegovina",
    "Vatican": "Holy See",
    "Syria": "Syrian Arab Republic",
    "Moldova": "Republic of Moldova",
    "كوت دي فوار": "كوت ديفوار",
}


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words(unicodedata.normalize("NFC", name)))


def beginnings(text: str, viewer: Viewer, limit: int = 8) -> list[str]:
    """What was typed, with its last word completed by words that stand in documents the viewer may see."""
    start = starts(text)
    if len(start) < 2:
        return []
    before = text[: list(words(text))[-1].start]
    return [before + word for word in engine().beginning(start, sight_of(viewer), limit=limit)]


def _suggestion(text: str, question: Question, sight: Sight) -> str:
    """The question with the words that stand nowhere replaced by near ones that do; nothing when that finds nothing."""
    replaced = text
    for word in words(text):
        alone = parse(word.written)
        if engine().count(alone, sight):
            continue
        number = engine().near(word.folded, sight)
        near = _near_word(number, word.folded) if number else ""
        if near:
            replaced = replaced.replace(word.written, near)
    return replaced if replaced != text and engine().count(parse(replaced), sight) else ""


def _near_word(number: int, folded: str) -> str:
    """The word of a page, as written there, that is nearest to one typed."""
    if number < 0:
        text = " ".join(Title.objects.filter(work=-number).values_list("text", flat=True))
    else:
        text = Page.objects.values_list("text", flat=True).get(pk=number)
    written = {word.folded: word.written for word in words(text)}
    best = process.extractOne(folded, list(written), scorer=Levenshtein.distance)
    return written[best[0]] if best else ""
