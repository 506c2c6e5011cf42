"""Files brought in: each is kept by its content, filed as a document under review, read, and described with reasons.

A few files at a time are filed in one short transaction, after their bytes stand whole in the store, and a few readings in another. So
an interruption leaves nothing half-filed: what was not filed is filed by the next run, what was not read is read by it, and what is
there stays one.
"""

import errno
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from servanda.treaty.errors import Remark, sentence

from ..choices import WAITING
from ..files.reader import Readers, Reading
from ..files.store import Kept, Store
from ..files.unpack import Found
from ..models import File, Intake
from .describing import Given, keep_readings
from .filing import Summary, file_together, refused
from .indexing import index_waiting

DISK_FULL = sentence("The disk is full; what was filed before stays filed. Free space and run the same command again.")
NOT_KEPT = sentence("“{name}” could not be kept ({problem}); file it again.")
_TOGETHER = 32  # files in one transaction
_INDEXED_TOGETHER = 2_000  # pages: the index takes many at once with half the work


def take_in(
    *,
    found: Iterable[Found],
    given: Given,
    origin: str,
    by: str,
    at: datetime,
    store: Store,
    progress: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """File every file, read what waits, describe it and write it into the index. Safe to interrupt at any moment and to repeat."""
    store.sweep()
    summary, shown = Summary(), 0
    intake = Intake.objects.create(at=at, by=by, origin=origin)
    with Readers() as readers:
        for group in _groups(readers.read(_jobs(found, intake, summary, store, by, at))):
            keep_readings(group, given=given, by=by, at=at, summary=summary)
            progress(summary)
            if summary.pages - shown >= _INDEXED_TOGETHER:
                shown = summary.pages
                summary.indexed += index_waiting(at=at)
    summary.indexed += index_waiting(at=at)
    return summary


def _groups(readings: Iterator[tuple[int, Reading]]) -> Iterator[list[tuple[int, Reading]]]:
    while group := list(islice(readings, _TOGETHER)):
        yield group


def _jobs(found: Iterable[Found], intake: Intake, summary: Summary, store: Store, by: str, at: datetime) -> Iterator[tuple[int, Path]]:
    """Files to read: those that an earlier run left waiting, then the new ones as they are filed."""
    for number, sha256 in File.objects.filter(reading=WAITING, destroyed_at=None).values_list("pk", "sha256"):
        yield number, store.path(sha256)
    kept = _kept(found, intake, summary, store)
    while group := list(islice(kept, _TOGETHER)):
        named = [(one.name, bytes_of) for one, bytes_of in group]
        new = file_together(intake, named, store=store, by=by, at=at, summary=summary)
        for one, _ in group:
            one.filed()
        for number, sha256 in new:
            yield number, store.path(sha256)


def _kept(found: Iterable[Found], intake: Intake, summary: Summary, store: Store) -> Iterator[tuple[Found, Kept]]:
    """Every file whose bytes now stand in the store; what cannot be kept is noted with its reason."""
    for one in found:
        if one.refusal or one.stream is None:
            refused(intake, one.name, one.refusal or Remark(NOT_KEPT, {"name": one.name, "problem": ""}), summary).save()
            continue
        try:
            kept = store.keep(one.stream)
        except OSError as problem:
            full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
            says = Remark(DISK_FULL) if full else Remark(NOT_KEPT, {"name": one.name, "problem": problem.strerror or str(problem)})
            refused(intake, one.name, says, summary).save()
            if full:
                return
        except Exception as problem:  # a member of a zip may break while it is copied
            refused(intake, one.name, Remark(NOT_KEPT, {"name": one.name, "problem": str(problem)}), summary).save()
        else:
            yield one, kept
