"""Files brought in: each is kept by its content, filed as a document under review, read, and described with reasons.

Every file is one short transaction after its bytes stand whole in the store, and reading is another. So an interruption leaves
nothing half-filed: what was not filed is filed by the next run, what was not read is read by it, and what is there stays one.
"""

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from servanda.office.common.operations import audit_line
from servanda.treaty.errors import Remark, sentence
from servanda.treaty.law import Law

from ..choices import MACHINE_READ, READ, SCAN, UNREADABLE, WAITING
from ..files.formats import fits_name, media_of
from ..files.reader import Readers, Reading
from ..files.store import Kept, Store
from ..files.unpack import Found
from ..models import Author, File, Intake, Item, Page, Title, Version, Work
from ..queries.proposals import Taken, propose
from .indexing import mark_unindexed
from .joining import join

FILED, KNOWN, REFUSED = "filed", "known", "refused"
DISK_FULL = sentence("The disk is full; what was filed before stays filed. Free space and run the same command again.")
DESTROYED_BEFORE = sentence("“{name}” was destroyed by decision ({why}); file it only after a new decision.")
OTHER_NAME = sentence("“{name}” is named as what it is not; its content is {media}, and was read as that.")
NOT_READ = sentence("“{name}” is kept, but: {why}")
NOT_KEPT = sentence("“{name}” could not be kept ({problem}); file it again.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of everything in one intake."""

    language: str = ""
    meeting: str = ""
    law: Law | None = None


@dataclass(slots=True)
class Summary:
    """What became of an intake: how many files, and the sentences for those that need a person."""

    filed: int = 0
    known: int = 0
    refused: int = 0
    read: int = 0
    pages: int = 0
    unreadable: int = 0
    remarks: list[Remark] = field(default_factory=list)


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
    """File every file, read what waits, and describe it. Safe to interrupt at any moment and to repeat."""
    store.sweep()
    summary = Summary()
    intake = Intake.objects.create(at=at, by=by, origin=origin)
    with Readers() as readers:
        jobs = _jobs(found, intake, summary, store, by, at)
        for number, reading in readers.read(jobs):
            _read(File.objects.get(pk=number), reading, given, by, at, summary)
            progress(summary)
    return summary


def _jobs(found: Iterable[Found], intake: Intake, summary: Summary, store: Store, by: str, at: datetime) -> Iterator[tuple[int, Path]]:
    """Files to read: those that an earlier run left waiting, then each new one as it is filed."""
    for number, sha256 in File.objects.filter(reading=WAITING, destroyed_at=None).values_list("pk", "sha256"):
        yield number, store.path(sha256)
    for one in found:
        if one.refusal or one.stream is None:
            _refuse(intake, one.name, one.refusal or Remark(NOT_KEPT, {"name": one.name, "problem": ""}), summary)
            continue
        try:
            kept = store.keep(one.stream)
        except OSError as problem:
            full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
            says = Remark(DISK_FULL) if full else Remark(NOT_KEPT, {"name": one.name, "problem": problem.strerror or str(problem)})
            _refuse(intake, one.name, says, summary)
            if full:
                return
            continue
        except Exception as problem:  # a member of a zip may break while it is copied
            _refuse(intake, one.name, Remark(NOT_KEPT, {"name": one.name, "problem": str(problem)}), summary)
            continue
        file = _file(intake, one.name, kept, store, by, at, summary)
        if file is not None:
            yield file.pk, store.path(file.sha256)


def _refuse(intake: Intake, name: str, says: Remark, summary: Summary) -> None:
    Item.objects.create(intake=intake, name=name, outcome=REFUSED, said={"says": says.says, "facts": dict(says.facts)})
    summary.refused += 1
    summary.remarks.append(says)


@transaction.atomic
def _file(intake: Intake, name: str, kept: Kept, store: Store, by: str, at: datetime, summary: Summary) -> File | None:
    """The file and its document under review; None when it is there already or was destroyed."""
    held = File.objects.filter(sha256=kept.sha256).first()
    if held is not None and held.destroyed_at:
        store.destroy(kept.sha256)
        _refuse(intake, name, Remark(DESTROYED_BEFORE, {"name": name, "why": held.destroyed_for}), summary)
        return None
    if held is not None:
        version = held.versions.first()
        Item.objects.create(intake=intake, name=name, outcome=KNOWN, file=held, work=version.work if version else None)
        summary.known += 1
        return None
    media = media_of(store.path(kept.sha256))
    file = File.objects.create(sha256=kept.sha256, size=kept.size, media=media, kept_at=at)
    work = Work.objects.create(source=f"{name} ({intake.origin})" if intake.origin else name, changed_at=at)
    Title.objects.create(work=work, language="", text=name.rpartition("/")[2])
    Version.objects.create(work=work, language="", file=file, name=name.rpartition("/")[2], added_at=at)
    said = Remark(OTHER_NAME, {"name": name, "media": media}) if not fits_name(media, name) else None
    if said:
        summary.remarks.append(said)
    Item.objects.create(
        intake=intake, name=name, outcome=FILED, file=file, work=work, said={"says": said.says, "facts": dict(said.facts)} if said else {}
    )
    audit_line(act="document taken in", on=f"documents/{work.identifier}", by=by, at=at, after={"name": name, "sha256": kept.sha256}).save()
    summary.filed += 1
    return file


@transaction.atomic
def _read(file: File, reading: Reading, given: Given, by: str, at: datetime, summary: Summary) -> None:
    """Keep the text of a file, and what its document seems to be."""
    if file.reading != WAITING:
        return
    keep_text(file, reading)
    for version in file.versions.select_related("work"):
        taken = Taken(version.name, reading.pages, given.language, given.meeting)
        describe(version, propose(taken, given.law), by=by, at=at)
    summary.read += 1
    summary.pages += len(reading.pages)
    summary.unreadable += file.reading in (SCAN, UNREADABLE)
    if reading.says:
        name = next((version.name for version in file.versions.all()), file.sha256[:12])
        summary.remarks.append(Remark(NOT_READ, {"name": name, "why": Remark(reading.says, reading.facts or {})}))


def keep_text(file: File, reading: Reading, *, machine: bool = False) -> None:
    """Write the pages of a file and how they were read; within the caller's transaction."""
    file.pages.all().delete()
    Page.objects.bulk_create(
        [Page(file=file, number=number, text=text, language=language) for number, (text, language) in enumerate(reading.pages, 1)],
        batch_size=500,
    )
    states = {"read": MACHINE_READ if machine else READ, "scan": SCAN, "unreadable": UNREADABLE}
    file.reading = states[reading.state]
    file.reading_note = {"says": reading.says, "facts": reading.facts or {}} if reading.says else {}
    file.page_count = len(reading.pages) or None
    if reading.media != "application/octet-stream":
        file.media = reading.media
    file.save()


def describe(version: Version, proposal: dict[str, tuple[str, Remark]], *, by: str, at: datetime) -> None:
    """Put a proposal on a document under review, with its reasons; join it to the document whose language version it is."""
    work, number = version.work, version.work_id
    version.language = proposal.get("language", ("",))[0]
    version.save()
    for name in ("symbol", "kind", "dated", "meeting"):
        if name in proposal:
            setattr(work, name, proposal[name][0])
    work.symbol_written = work.symbol
    work.proposal = {name: {"value": value, "says": why.says, "facts": dict(why.facts)} for name, (value, why) in proposal.items()}
    work.changed_at = at
    work.save()
    if "state" in proposal and not work.authors.exists():
        Author.objects.create(work=work, state=proposal["state"][0])
    if "title" in proposal:
        work.titles.filter(language="").delete()
        Title.objects.update_or_create(work=work, language=version.language, defaults={"text": proposal["title"][0]})
    stands = join(work, by=by, at=at)
    mark_unindexed(number, stands.pk)
