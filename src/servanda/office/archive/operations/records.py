"""What the Unit does to a document's description: confirm it, correct it, join it to another, move its address."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from servanda.office.common.operations import audit_line
from servanda.office.common.policies import COMMAND_LINE
from servanda.treaty import symbols

from ..choices import KEPT, REVIEW
from ..errors import NoSuchDocument
from ..forms import Description
from ..models import Author, FormerAddress, Link, Title, Work
from ..queries.visible import find_work
from .indexing import mark_unindexed
from .joining import move_into


@transaction.atomic
def correct(*, work: Work, said: Description, by: str, at: datetime) -> Work:
    """Describe a document; every old value stays in the audit trail, and a former address leads to the new one. Raises NoSuchDocument."""
    before, after = {}, {}
    old_symbol = work.symbol
    for name, value in said.values.items():
        if name == "symbol" and value:
            work.symbol_written = str(value)
            value = symbols.parse(str(value)).canonical
        if getattr(work, name) != value:
            before[name], after[name] = _text(getattr(work, name)), _text(value)
            setattr(work, name, value)
    _titles(work, said, before, after)
    _authors(work, said, before, after)
    _links(work, said, before, after)
    if said.advance is not None:
        _advance(work, said.advance, before, after)
    if said.language is not None:
        _language(work, said.language, before, after)
    if after:
        work.changed_at = at
        work.save()
        if old_symbol and old_symbol != work.symbol:
            FormerAddress.objects.get_or_create(path=old_symbol, defaults={"work": work})
        audit_line(act="document corrected", on=f"documents/{work.identifier}", by=by, at=at, before=before, after=after).save()
        mark_unindexed(work.pk)
    return work


def _titles(work: Work, said: Description, before: dict[str, str], after: dict[str, str]) -> None:
    held = dict(work.titles.values_list("language", "text"))
    for language, text in (said.titles or {}).items():
        if text == held.get(language, ""):
            continue
        before[f"title {language}"], after[f"title {language}"] = held.get(language, ""), text
        if text:
            Title.objects.update_or_create(work=work, language=language, defaults={"text": text})
        else:
            work.titles.filter(language=language).delete()


def _authors(work: Work, said: Description, before: dict[str, str], after: dict[str, str]) -> None:
    for name, wanted, column in (("States", said.states, "state"), ("bodies", said.bodies, "body")):
        held = tuple(work.authors.exclude(**{column: ""}).values_list(column, flat=True))
        if wanted is None or held == wanted:
            continue
        before[name], after[name] = ", ".join(held), ", ".join(wanted)
        work.authors.exclude(**{column: ""}).delete()
        Author.objects.bulk_create([Author(work=work, **{column: one}) for one in wanted])


def _links(work: Work, said: Description, before: dict[str, str], after: dict[str, str]) -> None:
    for relation, addresses in (said.links or {}).items():
        wanted = _documents(addresses)
        held = [link.other for link in work.links.filter(relation=relation).select_related("other")]
        wanted = [other for other in wanted if other.pk != work.pk]
        if set(held) == set(wanted):
            continue
        before[relation], after[relation] = (", ".join(other.identifier for other in others) for others in (held, wanted))
        work.links.filter(relation=relation).delete()
        Link.objects.bulk_create([Link(work=work, other=other, relation=relation) for other in wanted])


def _documents(addresses: Iterable[str]) -> list[Work]:
    found = []
    for address in addresses:
        work = find_work(address, COMMAND_LINE, date.max)
        if work is None:
            raise NoSuchDocument(text=address)
        found.append(work)
    return list(dict.fromkeys(found))


def _advance(work: Work, advance: bool, before: dict[str, str], after: dict[str, str]) -> None:
    """Whether the file filed last is an advance copy."""
    newest = work.versions.order_by("added_at", "pk").last()
    if newest and newest.advance != advance:
        before["advance copy"], after["advance copy"] = str(newest.advance), str(advance)
        newest.advance = advance
        newest.save()


def _language(work: Work, language: str, before: dict[str, str], after: dict[str, str]) -> None:
    """The language of a document that has one file: detected wrongly, or not at all."""
    versions = list(work.versions.all())
    if len(versions) == 1 and versions[0].language != language:
        before["language"], after["language"] = versions[0].language, language
        work.versions.update(language=language)
        if not work.titles.filter(language=language).exists():
            work.titles.filter(language=versions[0].language).update(language=language)


def _text(value: str | date | None) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def confirm(*, works: Iterable[Work], by: str, at: datetime) -> int:
    """Take documents out of review, as they are described now; returns how many were."""
    count = 0
    for work in works:
        if work.standing != REVIEW:
            continue
        target = Work.objects.filter(identifier=work.proposal.get("joins", {}).get("value", ""), standing=KEPT).first()
        if target is not None:
            move_into(work, target, by=by, at=at)
        else:
            work.standing, work.changed_at = KEPT, at
            work.save()
            after = {"standing": KEPT, "visibility": work.visibility}
            audit_line(act="document confirmed", on=f"documents/{work.identifier}", by=by, at=at, after=after).save()
            mark_unindexed(work.pk)
        count += 1
    return count
