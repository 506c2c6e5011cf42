"""Keeps the search index equal to the record: what changed is noted with the change, and written into the index after it."""

from contextlib import suppress
from datetime import datetime
from itertools import islice

from django.db import transaction

from servanda.office.common.operations import audit_line

from ..models import Unindexed, Work
from ..queries.indexed import indexed_pages
from ..search.engine import EngineBusy
from ..search.engines import engine

_TOGETHER = 500


def mark_unindexed(*documents: int) -> None:
    """Note that these works changed; in the transaction of the change, so that a crash before the index is written is healed later."""
    Unindexed.objects.bulk_create([Unindexed(document=number) for number in set(documents)])


def index_waiting(*, at: datetime) -> int:
    """End the embargoes whose day has come, write what waits into the index, and return how many works that were.

    While another process writes the index, it does so for us. An index that is new is written from the whole record.
    """
    if not Unindexed.objects.exists() and engine().is_empty():
        _mark_everything()
    _end_embargoes(at)
    done = 0
    with suppress(EngineBusy):
        while waiting := list(Unindexed.objects.order_by("pk").values_list("pk", "document")[:_TOGETHER]):
            documents = {document for _, document in waiting}
            engine().write(indexed_pages(documents, on=at.date()), documents=documents)
            Unindexed.objects.filter(pk__in=[row for row, _ in waiting]).delete()
            done += len(documents)
    return done


def rebuild_index(*, at: datetime) -> int:
    """Empty the index and write it again from the record; returns how many works it holds. Raises EngineBusy."""
    engine().clear()
    _mark_everything()
    return index_waiting(at=at)


def _mark_everything() -> None:
    numbers = Work.objects.values_list("pk", flat=True).iterator(chunk_size=2_000)
    while batch := list(islice(numbers, 2_000)):
        mark_unindexed(*batch)


@transaction.atomic
def _end_embargoes(at: datetime) -> None:
    for work in Work.objects.filter(embargo__lte=at.date()):
        until = str(work.embargo)
        work.embargo, work.changed_at = None, at
        work.save()
        audit_line(act="embargo ended", on=f"documents/{work.identifier}", by="the calendar", at=at, before={"embargo": until}).save()
        mark_unindexed(work.pk)
