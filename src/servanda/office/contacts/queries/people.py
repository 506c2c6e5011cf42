"""The page of contacts and the page of one person: frozen results, every cell in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from servanda.office.common.models import AuditLine
from servanda.office.common.queries import day_text, number_text
from servanda.office.common.sorting import fold, sort_key
from servanda.office.obligations.queries import current_law, state_choices
from servanda.treaty.dates import PartialDate
from servanda.treaty.law import Law
from servanda.treaty.status import parties

from ..choices import CHANNELS, FOCAL_POINT, FRESH_DAYS, GENERAL, LANGUAGES, REMOVED, ROLES, THEMES
from ..models import Person, Post
from .posts import live_posts


@dataclass(frozen=True)
class Asked:
    """How the contacts are narrowed; empty means all."""

    text: str = ""
    state: str = ""
    role: str = ""
    theme: str = ""
    language: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Asked":
        return cls(*(values.get(name, "").strip() for name in ("q", "state", "role", "theme", "language")))


@dataclass(frozen=True)
class ContactRow:
    """A person in a post; `doubts` says what keeps mail from them. The last three are of the post, empty without one."""

    id: int
    name: str
    email: str
    language: str
    doubts: tuple[str, ...]
    iso3: str = ""
    place: str = ""
    role: str = ""
    theme: str = ""
    confirmed: str = ""


@dataclass(frozen=True)
class GapLine:
    iso3: str
    state: str


@dataclass(frozen=True)
class ContactsPage:
    on_text: str
    asked: Asked
    rows: tuple[ContactRow, ...]
    shown: str
    states: tuple[tuple[str, str], ...]
    roles: Mapping[str, str]
    themes: Mapping[str, str]
    languages: Mapping[str, str]
    without: tuple[GapLine, ...]
    stale: tuple[GapLine, ...]


def contacts_page(on: date, asked: Asked, language: str) -> ContactsPage:
    """Who holds which post on a day, narrowed, people without a post after them; and the States Parties with gaps. Three queries."""
    law = current_law()
    posts = list(live_posts(on))
    rows = [contact_row(law, post, language) for post in posts if _fits(law, post.person, post, asked)]
    if not (asked.state or asked.role or asked.theme):
        held = {post.person_id for post in posts}
        others = Person.objects.filter(removed_at=None, merged_into=None)
        rows += [_bare_row(person) for person in others if person.pk not in held and _fits(law, person, None, asked)]
    without, stale = _gaps(law, posts, on, asked.theme, language)
    return ContactsPage(
        on_text=day_text(on),
        asked=asked,
        rows=tuple(sorted(rows, key=lambda row: (not row.place, sort_key(row.place, language), sort_key(row.name, language)))),
        shown=ngettext("%(count)s contact", "%(count)s contacts", len(rows)) % {"count": number_text(len(rows))},
        states=tuple(state_choices(language)),
        roles=ROLES,
        themes=THEMES,
        languages=LANGUAGES,
        without=without,
        stale=stale,
    )


def _fits(law: Law, person: Person, post: Post | None, asked: Asked) -> bool:
    if asked.language not in ("", person.language):
        return False
    if post and not (asked.state in ("", post.state_id) and asked.role in ("", post.role) and asked.theme in ("", post.theme)):
        return False
    if not asked.text:
        return True
    names = [law.name(post.state_id, code) for code in LANGUAGES] if post and post.state_id else []
    places = [post.state_id or "", post.organisation.name if post.organisation else "", *names] if post else []
    if asked.text.casefold() in person.email.casefold():
        return True
    return bool(fold(asked.text)) and any(fold(asked.text) in fold(held) for held in (person.name, *places))


def contact_row(law: Law, post: Post, language: str) -> ContactRow:
    """A post as lists show it."""
    bare = _bare_row(post.person)
    state = law.name(post.state_id, language) if post.state_id else ""
    held = [text for text in (state, post.organisation.name if post.organisation else "") if text]
    return ContactRow(
        bare.id,
        bare.name,
        bare.email,
        bare.language,
        bare.doubts,
        post.state_id or "",
        " – ".join(held),
        str(ROLES.get(post.role, post.role)),
        str(THEMES.get(post.theme, post.theme)),
        day_text(post.last_confirmed),
    )


def _bare_row(person: Person) -> ContactRow:
    return ContactRow(person.pk, shown_name(person), person.email, LANGUAGES.get(person.language, ""), reasons_against(person))


def shown_name(person: Person) -> str:
    return gettext("removed person") if person.name == REMOVED else person.name


def reasons_against(person: Person) -> tuple[str, ...]:
    """Why no list writes to a person, in words; empty when one may."""
    reasons = (
        (person.opted_out_at, gettext("wants no letters of lists")),
        (person.bounced_at, gettext("mail comes back")),
        (not person.email, gettext("no mail address")),
    )
    return tuple(says for holds, says in reasons if holds)


def _gaps(law: Law, posts: Iterable[Post], on: date, theme: str, language: str) -> tuple[tuple[GapLine, ...], tuple[GapLine, ...]]:
    """States Parties without a focal point for the theme or for all, and those of whom none was confirmed within a year."""
    confirmed: dict[str, date] = {}
    for post in posts:
        if post.state_id and post.role == FOCAL_POINT and (not theme or post.theme in (theme, GENERAL)):
            confirmed[post.state_id] = max(confirmed.get(post.state_id, date.min), post.last_confirmed or date.min)
    bound = sorted(parties(law, law.require_day(on), "in-force"), key=lambda iso3: sort_key(law.name(iso3, language), language))
    oldest = on - timedelta(days=FRESH_DAYS)
    without = tuple(GapLine(iso3, law.name(iso3, language)) for iso3 in bound if iso3 not in confirmed)
    stale = tuple(GapLine(iso3, law.name(iso3, language)) for iso3 in bound if iso3 in confirmed and confirmed[iso3] < oldest)
    return without, stale


@dataclass(frozen=True)
class PostLine:
    id: int
    where: str
    role: str
    theme: str
    begins: str
    ends: str
    confirmed: str
    source: str
    open: bool


@dataclass(frozen=True)
class PersonPage:
    """One person: posts over time, and what was done to the record."""

    person: Person
    name: str
    live: bool
    facts: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    posts: tuple[PostLine, ...]
    history: tuple[AuditLine, ...]
    states: tuple[tuple[str, str], ...]


def person_page(person: Person, language: str) -> PersonPage:
    """Everything held of one person; four queries."""
    law = current_law()
    posts = person.posts.select_related("organisation").order_by("-begins", "-id")
    merged = list(person.merged.values_list("pk", flat=True))
    lines = AuditLine.objects.filter(on__in=[f"contacts/people/{number}" for number in (person.pk, *merged)])
    facts = (
        (gettext("Salutation"), person.salutation),
        (gettext("Mail address"), person.email),
        (gettext("Telephone"), person.phone),
        (gettext("Language"), LANGUAGES.get(person.language, "")),
        (gettext("Reached by"), str(CHANNELS.get(person.channel, ""))),
        (gettext("Consent"), person.consent),
        (gettext("Source"), person.source),
        (gettext("What the mail server said"), person.bounce_note),
    )
    live = person.removed_at is None and person.merged_into_id is None
    return PersonPage(
        person,
        shown_name(person),
        live,
        tuple((name, value) for name, value in facts if value),
        reasons_against(person) if live else (),
        tuple(_post_line(law, post, language) for post in posts),
        tuple(lines[:50]),
        tuple(state_choices(language)),
    )


def _post_line(law: Law, post: Post, language: str) -> PostLine:
    row = contact_row(law, post, language)
    begins, ends = (day_text(PartialDate(text)) if text else "" for text in (post.begins, post.ends))
    return PostLine(post.pk, row.place, row.role, row.theme, begins, ends, row.confirmed, post.source, not post.ends)
