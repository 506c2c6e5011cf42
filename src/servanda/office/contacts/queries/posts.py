"""Who holds which post on a day, and whom a letter about a theme goes to. Other rooms ask here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ..choices import FOCAL_POINT, GENERAL, MISSION
from ..models import Post


def live_posts(on: date, *, role: str | None = None, theme: str | None = None, state: str | None = None) -> QuerySet[Post]:
    """The posts held on a day, by people whose data were not removed, with person and organisation: one query.

    A post of which only the year or the month is known begins and ends with the first day of it; it ends on the day it names.
    """
    day = on.isoformat()
    posts = Post.objects.filter(Q(begins="") | Q(begins__lte=day), Q(ends="") | Q(ends__gt=day), person__removed_at=None)
    for name, value in (("role", role), ("theme", theme), ("state_id", state)):
        if value is not None:
            posts = posts.filter(**{name: value})
    return posts.filter(person__merged_into=None).select_related("person", "organisation")


def may_be_written_to(post: Post) -> bool:
    """Whether mail to the holder may go out: an address that did not bounce, and no wish against it."""
    person = post.person
    return bool(person.email) and person.bounced_at is None and person.opted_out_at is None


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to; `post` is the id of the post that makes them one, `person` of the person."""

    person: int
    name: str
    email: str
    language: str
    iso3: str
    post: int


def addressees(on: date, *, iso3: str, theme: str) -> tuple[Addressee, ...]:
    """Whom a letter to a State about a theme goes to: its focal points for the theme, else for all themes, else its mission. One query.

    Those whose address bounced, who opted out or whose data were removed are passed over, and the next in that order stand in.
    """
    asked = live_posts(on, state=iso3).filter(role__in=(FOCAL_POINT, MISSION))
    posts = [post for post in asked if may_be_written_to(post)]
    tiers = (
        [post for post in posts if post.role == FOCAL_POINT and post.theme == theme],
        [post for post in posts if post.role == FOCAL_POINT and post.theme == GENERAL],
        [post for post in posts if post.role == MISSION],
    )
    found = {post.person_id: post for post in reversed(next((tier for tier in tiers if tier), []))}
    return tuple(_addressee(post) for post in sorted(found.values(), key=lambda post: post.pk))


def _addressee(post: Post) -> Addressee:
    person = post.person
    return Addressee(person.pk, person.name, person.email, person.language, post.state_id or "", post.pk)
