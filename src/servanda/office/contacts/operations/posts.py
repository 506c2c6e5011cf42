"""What the Unit does to posts: record, confirm, end, hand over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from servanda.office.common.operations import audit_line
from servanda.treaty.dates import PartialDate

from ..errors import EndsBeforeItBegins, PostEnded, PostWithoutPlace
from ..models import Organisation, Person, Post
from .people import find_person, place, record_person, require_live


@transaction.atomic
def record_organisation(*, name: str, kind: str, state: str | None, source: str, by: str, at: datetime) -> Organisation:
    """An organisation by name and State, made if it is not there."""
    found, made = Organisation.objects.get_or_create(name=name.strip()[:300], state_id=state, defaults={"kind": kind, "source": source})
    if made:
        audit_line(act="organisation recorded", on=f"contacts/organisations/{found.pk}", by=by, at=at, after={"kind": kind}).save()
    return found


@transaction.atomic
def record_post(*, person: Person, said: Mapping[str, Any], by: str, at: datetime) -> Post:
    """A post of a person; `said` names role, theme, begins, ends, source, and state, organisation (a name, with its kind) or both.

    Raises PersonGone, PostWithoutPlace and EndsBeforeItBegins.
    """
    require_live(person)
    state, source = said.get("state") or None, said.get("source") or ""
    organisation = None
    if (said.get("organisation") or "").strip():
        kind = said.get("organisation_kind") or "other"
        organisation = record_organisation(name=said["organisation"], kind=kind, state=state, source=source, by=by, at=at)
    if state is None and organisation is None:
        raise PostWithoutPlace()
    begins, ends = said.get("begins") or "", said.get("ends") or ""
    _in_order(begins, ends)
    values = {"role": said["role"], "theme": said["theme"], "begins": begins, "ends": ends, "source": source}
    post = Post.objects.create(person=person, organisation=organisation, state_id=state, last_confirmed=said.get("confirmed"), **values)
    _line("post recorded", post, by, at, after={name: values[name] for name in ("role", "theme", "begins", "ends")} | {"state": state})
    return post


@transaction.atomic
def confirm_post(*, post: Post, by: str, at: datetime) -> Post:
    """Somebody said today that the post is held as recorded. Raises PostEnded."""
    if post.ends:
        raise PostEnded()
    before = {"last_confirmed": str(post.last_confirmed or "")}
    post.last_confirmed = at.date()
    post.save()
    _line("post confirmed", post, by, at, before=before, after={"last_confirmed": str(post.last_confirmed)})
    return post


@transaction.atomic
def end_post(*, post: Post, ends: str, by: str, at: datetime) -> Post:
    """End a post on a day, month or year. Raises PostEnded and EndsBeforeItBegins."""
    if post.ends:
        raise PostEnded()
    _in_order(post.begins, ends)
    post.ends = ends
    post.save()
    _line("post ended", post, by, at, after={"ends": ends})
    return post


@transaction.atomic
def hand_over(*, post: Post, to: str, name: str, on: str, by: str, at: datetime) -> Post:
    """End a post and begin the same one for somebody else: `to` is a number or mail address held here, or else a new address with a name.

    Raises PostEnded, EndsBeforeItBegins, NoSuchPerson, SeveralPeople.
    """
    known = Person.objects.filter(removed_at=None, merged_into=None, email__iexact=to.strip()).exists() or not name.strip()
    if known:
        successor = find_person(to)
    else:
        said = {"name": name, "email": to.strip() if "@" in to else "", "source": f"handed over from person {post.person_id}"}
        successor = record_person(said=said, by=by, at=at)
    end_post(post=post, ends=on, by=by, at=at)
    place_held = {"organisation": post.organisation, "state_id": post.state_id, "role": post.role, "theme": post.theme}
    new = Post.objects.create(
        person=successor, begins=on, last_confirmed=at.date(), source=f"handed over from post {post.pk}", **place_held
    )
    _line("post handed over", new, by, at, after={"from": post.pk, "begins": on})
    return new


def _in_order(begins: str, ends: str) -> None:
    if begins and ends and PartialDate(ends).last < PartialDate(begins).first:
        raise EndsBeforeItBegins(begins=begins, ends=ends)


def _line(
    act: str, post: Post, by: str, at: datetime, *, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None
) -> None:
    audit_line(act=act, on=place(post.person), by=by, at=at, before=before, after={"post": post.pk, **(after or {})}).save()
