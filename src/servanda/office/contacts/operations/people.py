"""What the Unit does to a person: record, correct, mark, merge, and empty on request.

The audit line names which fields changed, never what stood in them, so that a removal leaves nothing behind in the trail.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from servanda.office.common.operations import audit_line

from ..choices import REMOVED
from ..errors import NameMissing, NoSuchPerson, PersonGone, RemovalNotConfirmed, SamePerson, SeveralPeople
from ..models import ListCopy, Person, Post

FIELDS = ("name", "salutation", "language", "email", "phone", "channel", "consent", "source")
_PERSONAL = ("salutation", "language", "email", "phone", "consent", "source", "bounce_note")


def place(person: Person) -> str:
    """The name of a person in the audit trail."""
    return f"contacts/people/{person.pk}"


def find_person(text: str) -> Person:
    """Somebody by number or by mail address, among those not merged and not removed. Raises NoSuchPerson and SeveralPeople."""
    text = text.strip()
    live = Person.objects.filter(removed_at=None, merged_into=None)
    found = live.filter(pk=int(text)) if text.isdecimal() and len(text) < 10 else live.filter(email__iexact=text) if text else live.none()
    if len(found) > 1:
        raise SeveralPeople(text=text)
    if not found:
        raise NoSuchPerson(text=text)
    return found[0]


def require_live(person: Person) -> None:
    if person.removed_at or person.merged_into_id:
        raise PersonGone()


@transaction.atomic
def record_person(*, said: Mapping[str, Any], by: str, at: datetime) -> Person:
    """A new person; raises NameMissing."""
    values = {name: str(said.get(name) or "").strip() for name in FIELDS}
    if not values["name"]:
        raise NameMissing()
    person = Person.objects.create(**values | {"channel": values["channel"] or "mail"})
    audit_line(act="person recorded", on=place(person), by=by, at=at, after={"fields": [name for name in FIELDS if values[name]]}).save()
    return person


@transaction.atomic
def correct_person(*, person: Person, said: Mapping[str, Any], by: str, at: datetime) -> Person:
    """Correct what is said of a person; a new mail address takes the bounce mark away. Raises PersonGone and NameMissing."""
    require_live(person)
    changed = [name for name in FIELDS if name in said and getattr(person, name) != said[name]]
    for name in changed:
        setattr(person, name, said[name])
    if not person.name.strip():
        raise NameMissing()
    if "email" in changed and person.bounced_at:
        person.bounced_at, person.bounce_note = None, ""
    if changed:
        person.save()
        audit_line(act="person corrected", on=place(person), by=by, at=at, after={"fields": changed}).save()
    return person


@transaction.atomic
def mark_bounce(*, person: Person, note: str, by: str, at: datetime) -> Person:
    """The address sends mail back: nothing goes there until it is corrected. Raises PersonGone."""
    require_live(person)
    person.bounced_at, person.bounce_note = at, note.strip()[:300]
    person.save()
    audit_line(act="mail bounced", on=place(person), by=by, at=at).save()
    return person


@transaction.atomic
def opt_out(*, person: Person, by: str, at: datetime) -> Person:
    """The person wants no letters of lists; the first day of the wish stays. A merged record leads to the one it became."""
    while person.merged_into is not None:
        person = person.merged_into
    if person.opted_out_at is None and person.removed_at is None:
        person.opted_out_at = at
        person.save()
        audit_line(act="opted out", on=place(person), by=by, at=at).save()
    return person


@transaction.atomic
def opt_in(*, person: Person, by: str, at: datetime) -> Person:
    """The person asked for letters again. Raises PersonGone."""
    require_live(person)
    before = {"opted_out_at": person.opted_out_at.isoformat()} if person.opted_out_at else None
    person.opted_out_at = None
    person.save()
    audit_line(act="opted in", on=place(person), by=by, at=at, before=before).save()
    return person


@transaction.atomic
def merge(*, person: Person, into: Person, by: str, at: datetime) -> Person:
    """One person recorded twice: posts go to `into`, empty fields are filled, a wish against letters goes along.

    Raises SamePerson and PersonGone.
    """
    if person.pk == into.pk:
        raise SamePerson()
    require_live(person)
    require_live(into)
    filled = [name for name in FIELDS if not getattr(into, name) and getattr(person, name)]
    for name in filled:
        setattr(into, name, getattr(person, name))
    into.opted_out_at = into.opted_out_at or person.opted_out_at
    if "email" in filled:
        into.bounced_at, into.bounce_note = person.bounced_at, person.bounce_note
    into.save()
    moved = list(person.posts.values_list("pk", flat=True))
    Post.objects.filter(pk__in=moved).update(person=into)
    person.merged_into = into
    person.save()
    audit_line(act="person merged", on=place(person), by=by, at=at, after={"into": into.pk, "posts": moved}).save()
    audit_line(act="person merged", on=place(into), by=by, at=at, after={"from": person.pk, "posts": moved, "fields": filled}).save()
    return into


@transaction.atomic
def remove(*, person: Person, meant: bool, by: str, at: datetime) -> Person:
    """Empty a person's data, in kept copies of lists too; the posts stay with their dates.

    Records merged into the person are emptied with it. Raises RemovalNotConfirmed and PersonGone.
    """
    if not meant:
        raise RemovalNotConfirmed()
    require_live(person)
    people = [person]
    for held in people:
        people += held.merged.filter(removed_at=None)
    words = {word.casefold() for held in people for word in (held.email, held.phone) if len(word.strip()) > 4}
    _empty_copies({held.pk for held in people}, words)
    Post.objects.filter(person__in=people).update(source="")
    for held in people:
        held.name, held.removed_at, held.bounced_at = REMOVED, at, None
        for name in _PERSONAL:
            setattr(held, name, "")
        held.save()
        audit_line(act="person removed", on=place(held), by=by, at=at).save()
    return person


def _empty_copies(numbers: set[int], words: set[str]) -> None:
    for copy in ListCopy.objects.iterator():
        kept = [entry if not (entry["person"] in numbers or _holds(entry, words)) else _emptied(entry) for entry in copy.addressees]
        if kept != copy.addressees:
            copy.addressees = kept
            copy.save()


def _emptied(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "name": REMOVED, "email": "", "salutation": ""}


def _holds(value: Any, words: set[str]) -> bool:
    """Whether a text anywhere in a JSON value holds one of the words."""
    if isinstance(value, Mapping):
        return any(_holds(part, words) for part in value.values())
    if isinstance(value, list):
        return any(_holds(part, words) for part in value)
    return any(word in str(value).casefold() for word in words)
