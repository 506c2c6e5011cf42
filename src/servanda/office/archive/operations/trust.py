"""Proof that nothing changed: every checksum recomputed, every file accounted for; and destruction by a recorded decision."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from servanda.office.common.models import AuditLine
from servanda.office.common.operations import audit_line
from servanda.treaty.errors import TreatyError, sentence

from ..choices import DESTROYED
from ..models import File, Work
from ..queries.visible import store
from .indexing import mark_unindexed

_THREADS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that is not what it was: where it is, what is wrong, what to do."""

    where: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    checked: int
    bytes: int
    findings: tuple[Finding, ...]


class StillRetained(TreatyError):
    says = sentence("This document is to be kept at least until {day}; change that day first if a decision allows it.")


class NoReasonGiven(TreatyError):
    says = sentence("A file is destroyed only by a decision; write which decision, of what day.")


def verify(*, by: str, at: datetime) -> Verified:
    """Recompute the checksum of every file, name what is missing, changed, or held by no record; the result goes into the audit trail."""
    checked = size = 0
    findings: list[Finding] = []
    files = File.objects.filter(destroyed_at=None).values_list("sha256", "size").iterator(chunk_size=1_000)
    with ThreadPoolExecutor(_THREADS) as threads:
        for (sha256, length), found in _checked(threads, files):
            checked, size = checked + 1, size + length
            if found is None:
                findings.append(_finding(sha256, "is missing from the store."))
            elif found != sha256:
                findings.append(_finding(sha256, f"holds other bytes than were kept (now {found[:12]}…)."))
    findings += _unrecorded()
    line = {"checked": checked, "findings": [f"{finding.where} {finding.what}" for finding in findings]}
    audit_line(act="files verified", on="documents", by=by, at=at, after=line).save()
    return Verified(checked, size, tuple(findings))


def _checked(threads: ThreadPoolExecutor, files: Iterator[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], str | None]]:
    """Files with the checksums found, a few read ahead; memory stays the same for any number of files."""
    ahead: list[tuple[tuple[str, int], object]] = []
    for file in files:
        ahead.append((file, threads.submit(store().checksum, file[0])))
        if len(ahead) > _THREADS * 4:
            first, future = ahead.pop(0)
            yield first, future.result()
    yield from ((file, future.result()) for file, future in ahead)


def _finding(sha256: str, what: str) -> Finding:
    file = File.objects.get(sha256=sha256)
    names = ", ".join(
        f"“{version.name}” of {version.work.symbol or version.work.identifier}" for version in file.versions.select_related("work")
    )
    return Finding(f"files/{sha256}", f"{names} {what}".strip(), "Put it back from a backup.")


def _unrecorded() -> Iterator[Finding]:
    """Files in the store that no record knows: an intake was interrupted before it filed them; filing them again takes them up."""
    batch: list[str] = []
    for name in store().everything():
        batch.append(name)
        if len(batch) == 500:
            yield from _unknown(batch)
            batch = []
    yield from _unknown(batch)


def _unknown(names: list[str]) -> Iterator[Finding]:
    known = set(File.objects.filter(sha256__in=names, destroyed_at=None).values_list("sha256", flat=True))
    for name in names:
        if name not in known:
            yield Finding(f"files/{name}", "is in the store, but no record holds it.", "Run the interrupted intake again.")


@transaction.atomic
def destroy(*, work: Work, decision: str, by: str, at: datetime) -> Work:
    """Destroy the files of a document by a recorded decision; the document stays as a tombstone.

    Raises NoReasonGiven, and StillRetained before the day until which it is to be kept.
    """
    if not decision.strip():
        raise NoReasonGiven()
    if work.retain_until and at.date() < work.retain_until:
        raise StillRetained(day=work.retain_until)
    files = list(File.objects.filter(versions__work=work, destroyed_at=None).distinct())
    for file in files:
        if file.versions.exclude(work=work).exclude(work__standing=DESTROYED).exists():
            continue  # another document holds the same bytes
        file.pages.all().delete()
        file.destroyed_at, file.destroyed_by, file.destroyed_for = at, by, decision
        file.save()
        transaction.on_commit(lambda sha256=file.sha256: store().destroy(sha256))
    before = {"standing": work.standing}
    work.standing, work.changed_at = DESTROYED, at
    work.save()
    after = {"standing": DESTROYED, "decision": decision, "files": [file.sha256 for file in files]}
    audit_line(act="document destroyed", on=f"documents/{work.identifier}", by=by, at=at, before=before, after=after).save()
    mark_unindexed(work.pk)
    return work


def last_verified() -> AuditLine | None:
    return AuditLine.objects.filter(act="files verified").first()
