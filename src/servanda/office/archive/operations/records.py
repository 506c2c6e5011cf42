"""What the Unit does to a document's description: confirm it, correct it, join it to another, move its address."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from servanda.office.common.operations import audit_line
from servanda.treaty import symbols

from ..choices import KEPT, REVIEW
from ..forms import Description
from ..models import Author, FormerAddress, Item, Title, Version, Work
from .indexing import mark_unindexed


@transaction.atomic
def correct(*, work: Work, said: Description, by: str, at: datetime) -> Work:
    """Describe a document; every old value stays in the audit trail, and a former address leads to the new one."""
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
            _into(work, target, by, at)
        else:
            work.standing, work.changed_at = KEPT, at
            work.save()
            after = {"standing": KEPT, "visibility": work.visibility}
            audit_line(act="document confirmed", on=f"documents/{work.identifier}", by=by, at=at, after=after).save()
            mark_unindexed(work.pk)
        count += 1
    return count


def _into(work: Work, target: Work, by: str, at: datetime) -> None:
    """A further language of a document that is kept already: its file moves there, its own address leads there."""
    number = work.pk
    Version.objects.filter(work=work).update(work=target)
    for title in Title.objects.filter(work=work):
        if not target.titles.filter(language=title.language).exists():
            Title.objects.filter(pk=title.pk).update(work=target)
    Item.objects.filter(work=work).update(work=target)
    FormerAddress.objects.filter(work=work).update(work=target)
    FormerAddress.objects.get_or_create(path=work.identifier, defaults={"work": target})
    line = {"from": work.identifier, "to": target.identifier}
    audit_line(act="language version joined", on=f"documents/{target.identifier}", by=by, at=at, after=line).save()
    work.delete()
    target.changed_at = at
    target.save()
    mark_unindexed(number, target.pk)
