"""Mailing lists: who is on one on a day, who is left out and why, and the copies that were kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from servanda.office.common.queries import day_text, number_text
from servanda.office.common.sorting import sort_key
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import GROUPS, STATUSES

from ..choices import LANGUAGES, ROLES, THEMES
from ..errors import LinkUnreadable
from ..models import List, ListCopy, Person, Post
from .people import reasons_against, shown_name
from .posts import live_posts
from .states import chosen_states

_SIGNER = Signer(salt="servanda.contacts.opt-out")


def opt_out_path(person: int) -> str:
    """The address under which a person opts out; nobody can guess another's."""
    return reverse("opt-out", args=[_SIGNER.sign(str(person)).replace(":", ".")])


def person_of_link(token: str) -> Person:
    """Whom a link lets opt out; raises LinkUnreadable."""
    try:
        number = _SIGNER.unsign(token.replace(".", ":", 1))
    except BadSignature:
        raise LinkUnreadable() from None
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise LinkUnreadable()
    return person


@dataclass(frozen=True)
class Member:
    """Somebody on a list; `person` is the number, the rest as it goes into a letter."""

    person: int
    salutation: str
    name: str
    email: str
    language: str
    iso3: str
    place: str
    role: str
    theme: str

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ListPage:
    """`members` are written to; `left_out` are not, each with the reasons; `elsewhere` would be on it in another language."""

    list: List
    on: date
    on_text: str
    choices: tuple[str, ...]
    members: tuple[Member, ...]
    left_out: tuple[tuple[Member, str], ...]
    elsewhere: tuple[Member, ...]
    copies: tuple[ListCopy, ...]
    shown: str


def list_page(held: List, on: date, language: str) -> ListPage:
    """Who is on a list on a day, each person once; three queries. Raises BeforeAdoption."""
    law = current_law()
    states = chosen_states(on, group=held.group, status=held.status)
    found: dict[int, tuple[Post, Member]] = {}
    for post in live_posts(on, role=held.role or None, theme=held.theme or None):
        if (states is None or post.state_id in states) and post.person_id not in found:
            found[post.person_id] = post, _member(post, law.name(post.state_id, language) if post.state_id else "")
    ordered = sorted(found.values(), key=lambda pair: (sort_key(pair[1].place, language), sort_key(pair[1].name, language)))
    spoken = [pair for pair in ordered if held.language in ("", pair[0].person.language)]
    members = tuple(member for post, member in spoken if not reasons_against(post.person))
    return ListPage(
        list=held,
        on=on,
        on_text=day_text(on),
        choices=choices_text(held),
        members=members,
        left_out=tuple((member, ", ".join(reasons)) for post, member in spoken if (reasons := reasons_against(post.person))),
        elsewhere=tuple(member for post, member in ordered if (post, member) not in spoken),
        copies=tuple(held.copies.all()),
        shown=ngettext("%(count)s addressee", "%(count)s addressees", len(members)) % {"count": number_text(len(members))},
    )


def _member(post: Post, state: str) -> Member:
    person = post.person
    place = " – ".join(text for text in (state, post.organisation.name if post.organisation else "") if text)
    words = str(ROLES.get(post.role, post.role)), str(THEMES.get(post.theme, post.theme))
    return Member(person.pk, person.salutation, shown_name(person), person.email, person.language, post.state_id or "", place, *words)


def choices_text(held: List) -> tuple[str, ...]:
    """What a list asks for, in words."""
    asked: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (held.role, ROLES),
        (held.theme, THEMES),
        (held.group, GROUPS),
        (held.status, STATUSES),
        (held.language, LANGUAGES),
    )
    return tuple(str(words[key]) for key, words in asked if key in words and key) or (gettext("Everybody in a post"),)


@dataclass(frozen=True)
class ListLine:
    id: int
    name: str
    choices: tuple[str, ...]
    copies: int


def lists_page() -> tuple[ListLine, ...]:
    """Every list with what it asks for and how often it was used; one query."""
    return tuple(ListLine(held.pk, held.name, choices_text(held), held.used) for held in List.objects.annotate(used=Count("copies")))
