"""Keeps the search index equal to the record: what changed is noted with the change, and written into the index after it."""

from contextlib import suppress
from datetime import datetime

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


def index_waiting(*, at: datetime, at_most: int = 1_000_000) -> int:
    """End the embargoes whose day has come, write what waits into the index, and return how many works that were.

    While another process writes the index, it does so for us. An index that is new is written from the whole record.
    """
    if not Unindexed.objects.exists() and engine().is_empty():
        mark_unindexed(*Work.objects.values_list("pk", flat=True))
    _end_embargoes(at)
    done = 0
    with suppress(EngineBusy):
        while done < at_most:
            waiting = list(Unindexed.objects.order_by("pk").values_list("pk", "document")[:_TOGETHER])
            if not waiting:
                break
            documents = {document for _, document in waiting}
            engine().write(indexed_pages(documents, on=at.date()), documents=documents)
            Unindexed.objects.filter(pk__in=[row for row, _ in waiting]).delete()
            done += len(documents)
    return done


def rebuild_index(*, at: datetime) -> int:
    """Empty the index and write it again from the record; returns how many works it holds."""
    engine().clear()
    Unindexed.objects.all().delete()
    numbers = Work.objects.values_list("pk", flat=True).iterator(chunk_size=2_000)
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if len(batch) == 1_000:
            mark_unindexed(*batch)
            batch = []
    mark_unindexed(*batch)
    return index_waiting(at=at)


@transaction.atomic
def _end_embargoes(at: datetime) -> None:
    for work in Work.objects.filter(embargo__lte=at.date()):
        until = str(work.embargo)
        work.embargo, work.changed_at = None, at
        work.save()
        audit_line(act="embargo ended", on=f"documents/{work.identifier}", by="the calendar", at=at, before={"embargo": until}).save()
        mark_unindexed(work.pk)
