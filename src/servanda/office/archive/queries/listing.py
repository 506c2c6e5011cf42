"""The page of search and browsing: what was asked, what was found, and the links that narrow it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, ngettext

from servanda.office.common.policies import Viewer
from servanda.office.common.queries import number_text
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import THEMES
from servanda.treaty.law import Law

from ..choices import KINDS
from ..models import SavedSearch
from ..search.engine import FACETS
from .search import PAGE_SIZE, Answer, search

FACET_NAMES = {
    "meeting": gettext_lazy("Meeting"),
    "year": gettext_lazy("Year"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "state": gettext_lazy("State"),
    "theme": gettext_lazy("Theme"),
}
_SHOWN = 12
_LAST = 10_000


@dataclass(frozen=True)
class Asked:
    """What a reader asked of the documents."""

    text: str
    chosen: Mapping[str, tuple[str, ...]]
    newest: bool
    start: int

    @classmethod
    def read(cls, values: QueryDict) -> "Asked":
        """From an address; what cannot be read is as if it were not there."""
        start = values.get("start", "")
        chosen = {name: tuple(found[:100] for found in values.getlist(name) if found)[:20] for name in FACETS}
        return cls(
            values.get("q", "").strip()[:500],
            {name: found for name, found in chosen.items() if found},
            values.get("sort") == "newest",
            min(int(start[:9]), _LAST) if start.isdecimal() else 0,
        )

    def address(self, *, start: int = 0, **changed: Any) -> str:
        """The query of an address that asks the same, but for what is changed."""
        asked = replace(self, start=start, **changed)
        pairs = [("q", asked.text)] if asked.text else []
        pairs += [(name, value) for name, values in asked.chosen.items() for value in values]
        pairs += [("sort", "newest")] if asked.newest else []
        pairs += [("start", str(asked.start))] if asked.start else []
        return "?" + urlencode(pairs)


@dataclass(frozen=True)
class SavedRow:
    key: str
    text: str
    address: str


def searches_of(owner: str) -> tuple[SavedRow, ...]:
    """The searches an account is told about."""
    held = SavedSearch.objects.filter(owner=owner).order_by("pk")
    return tuple(SavedRow(saved.key, " ".join(QueryDict(saved.question).dict().values()), f"?{saved.question}") for saved in held)


@dataclass(frozen=True)
class FacetLink:
    text: str
    count: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True)
class ListPage:
    asked: Asked
    answer: Answer
    shown: str
    facets: tuple[Facet, ...]
    suggestion: str
    best: str
    newest: str
    previous: str
    following: str


def list_page(asked: Asked, viewer: Viewer, on: date, language: str, limit: int = PAGE_SIZE) -> ListPage:
    """Passages of documents the viewer may see, with counts for each way to narrow them."""
    answer = search(
        asked.text, viewer, on=on, language=language, narrowed=asked.chosen, newest=asked.newest, start=asked.start, limit=limit
    )
    law = current_law()
    ends = asked.start + limit
    return ListPage(
        asked=asked,
        answer=answer,
        shown=_shown(answer, bool(asked.text)),
        facets=tuple(facet for facet in (_facet(name, asked, answer, law, language) for name in FACETS) if facet.links),
        suggestion=asked.address(text=answer.suggestion) if answer.suggestion else "",
        best=asked.address(newest=False),
        newest=asked.address(newest=True),
        previous=asked.address(start=max(0, asked.start - limit)) if asked.start else "",
        following=asked.address(start=ends) if ends < min(answer.count, _LAST) else "",
    )


def _shown(answer: Answer, by_words: bool) -> str:
    count = {"count": number_text(answer.count)}
    if by_words:
        return ngettext("%(count)s passage", "%(count)s passages", answer.count) % count
    return ngettext("%(count)s document", "%(count)s documents", answer.count) % count


def _facet(name: str, asked: Asked, answer: Answer, law: Law, language: str) -> Facet:
    counts = dict(answer.facets.get(name, ()))
    chosen = asked.chosen.get(name, ())
    values = [*chosen, *(value for value in counts if value not in chosen)][:_SHOWN]
    if name == "year":
        values.sort(reverse=True)
    links = []
    for value in values:
        kept = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
        others = {key: found for key, found in {**asked.chosen, name: kept}.items() if found}
        text = value_text(law, name, value, language)
        links.append(FacetLink(text, number_text(counts.get(value, 0)), asked.address(chosen=others), value in chosen))
    return Facet(str(FACET_NAMES[name]), tuple(links))


def value_text(law: Law, name: str, value: str, language: str) -> str:
    """A value of a field in the reader's words; as it is where no words are known."""
    if name == "state":
        return law.name(value, language) if value in {state.iso3 for state in law.states} else value
    if name == "meeting":
        return next((meeting.title for meeting in law.meetings if meeting.id == value), value)
    known = {"kind": KINDS, "theme": THEMES, "language": dict(settings.LANGUAGES)}.get(name, {})
    return str(known.get(value, value))


def narrowed_in_words(asked: Asked, language: str) -> str:
    """What was asked, in one line for the head of a download."""
    law = current_law()
    parts = [asked.text] if asked.text else []
    parts += [value_text(law, name, value, language) for name, values in asked.chosen.items() for value in values]
    return gettext("Asked: %(question)s") % {"question": ", ".join(parts) or gettext("everything")}
