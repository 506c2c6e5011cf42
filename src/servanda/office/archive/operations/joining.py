"""Files that claim one symbol: languages of one document are joined; a second text in one language is a contradiction, and both stay."""

from datetime import datetime

from servanda.office.common.operations import audit_line

from ..choices import KEPT, REVIEW
from ..models import Doubt, FormerAddress, Item, Title, Version, Work
from .indexing import mark_unindexed


def join(work: Work, *, by: str, at: datetime) -> Work:
    """Join a document under review to another of the same symbol that lacks its language; returns where its files now are.

    A document already kept is never changed by an intake: it is named in the proposal, and a person joins them.
    """
    if not work.symbol:
        return work
    languages = set(work.versions.values_list("language", flat=True))
    for other in Work.objects.filter(symbol=work.symbol).exclude(pk=work.pk).exclude(standing="destroyed"):
        held = set(other.versions.values_list("language", flat=True))
        if languages & held or "" in languages | held:
            contradict(work, other)
        elif other.standing == REVIEW:
            return _moved(work, other, by, at)
        elif other.standing == KEPT:
            work.proposal["joins"] = {"value": other.identifier, "says": "", "facts": {}}
            work.save()
    return work


def _moved(work: Work, other: Work, by: str, at: datetime) -> Work:
    if not other.authors.exists():
        work.authors.update(work=other)
    for name in ("kind", "dated", "meeting"):
        if getattr(other, name) in ("", "other") and getattr(work, name):
            setattr(other, name, getattr(work, name))
    other.proposal = {**work.proposal, **other.proposal}
    return move_into(work, other, by=by, at=at)


def move_into(work: Work, other: Work, *, by: str, at: datetime) -> Work:
    """Give the files, titles and former addresses of one document to another, and the first document's own address too."""
    number = work.pk
    Version.objects.filter(work=work).update(work=other)
    for title in Title.objects.filter(work=work):
        if not other.titles.filter(language=title.language).exists():
            Title.objects.filter(pk=title.pk).update(work=other)
    Item.objects.filter(work=work).update(work=other)
    FormerAddress.objects.filter(work=work).update(work=other)
    FormerAddress.objects.get_or_create(path=work.identifier, defaults={"work": other})
    line = {"from": work.identifier, "to": other.identifier, "symbol": work.symbol}
    audit_line(act="language version joined", on=f"documents/{other.identifier}", by=by, at=at, after=line).save()
    work.delete()
    other.changed_at = at
    other.save()
    mark_unindexed(number, other.pk)
    return other


def contradict(work: Work, other: Work) -> None:
    """Two files claim one symbol in one language: said on both, decided by a person."""
    for here, there in ((work, other), (other, work)):
        Doubt.objects.get_or_create(
            work=here,
            subject="symbol",
            one=here.symbol,
            one_source=here.source,
            other=f"{there.symbol} ({there.identifier})",
            other_source=there.source,
        )
