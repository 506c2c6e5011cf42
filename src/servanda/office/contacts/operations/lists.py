"""Mailing lists: made, and a copy of the addressees kept whenever one is used."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from servanda.office.common.operations import audit_line

from ..errors import ListNameTaken
from ..models import List, ListCopy


@transaction.atomic
def record_list(*, said: Mapping[str, str], by: str, at: datetime) -> List:
    """A new list; raises ListNameTaken."""
    if List.objects.filter(name__iexact=said["name"].strip()).exists():
        raise ListNameTaken(name=said["name"])
    made = List.objects.create(**{**said, "name": said["name"].strip()})
    audit_line(act="list made", on=f"contacts/lists/{made.pk}", by=by, at=at, after=dict(said)).save()
    return made


@transaction.atomic
def keep_copy(*, held: List, addressees: Sequence[Mapping[str, Any]], on: date, by: str, at: datetime) -> ListCopy:
    """Keep whom a list named on a day; the audit line says how many."""
    copy = ListCopy.objects.create(list=held, on=on, at=at, by=by, addressees=list(addressees))
    after = {"copy": copy.pk, "on": on.isoformat(), "addressees": len(addressees)}
    audit_line(act="list used", on=f"contacts/lists/{held.pk}", by=by, at=at, after=after).save()
    return copy
