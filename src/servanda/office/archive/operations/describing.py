"""What was read of files becomes their text, and a proposal with reasons on the documents they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from servanda.treaty.errors import Remark, sentence
from servanda.treaty.law import Law

from ..choices import MACHINE_READ, READ, SCAN, UNREADABLE, WAITING
from ..files.reader import Reading
from ..models import Author, File, Page, Title, Version, Work
from ..queries.proposals import Proposal, Taken, propose
from .filing import Summary
from .indexing import mark_unindexed
from .joining import join

NOT_READ = sentence("“{name}” is kept, but: {why}")
_STATES = {"read": READ, "scan": SCAN, "unreadable": UNREADABLE}


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of everything in one intake."""

    language: str = ""
    meeting: str = ""
    law: Law | None = None


@transaction.atomic
def keep_readings(readings: Sequence[tuple[int, Reading]], *, given: Given, by: str, at: datetime, summary: Summary) -> None:
    """Keep the texts of files that waited to be read, by their numbers, and what their documents seem to be."""
    read = dict(readings)
    files = [file for file in File.objects.filter(pk__in=read).order_by("pk") if file.reading == WAITING]
    versions: dict[int, list[Version]] = {}
    for version in Version.objects.filter(file__in=files).select_related("work").order_by("pk"):
        versions.setdefault(version.file_id, []).append(version)
    keep_texts([(file, read[file.pk]) for file in files])
    changed: set[int] = set()
    for file in files:
        reading, mine = read[file.pk], versions.get(file.pk, [])
        for version in mine:
            taken = Taken(version.name, reading.pages, given.language, given.meeting)
            changed |= describe(version, propose(taken, given.law), by=by, at=at)
        summary.read += 1
        summary.pages += len(reading.pages)
        summary.unreadable += file.reading in (SCAN, UNREADABLE)
        if reading.says:
            name = mine[0].name if mine else file.sha256[:12]
            summary.remarks.append(Remark(NOT_READ, {"name": name, "why": Remark(reading.says, reading.facts or {})}))
    mark_unindexed(*changed)


def keep_texts(read: Sequence[tuple[File, Reading]], *, machine: bool = False) -> None:
    """Write the pages of files and how they were read; within the caller's transaction."""
    Page.objects.filter(file__in=[file for file, _ in read]).delete()
    Page.objects.bulk_create(
        (
            Page(file=file, number=number, text=text, language=language)
            for file, reading in read
            for number, (text, language) in enumerate(reading.pages, 1)
        ),
        batch_size=500,
    )
    for file, reading in read:
        file.reading = MACHINE_READ if machine and reading.state == "read" else _STATES[reading.state]
        file.reading_note = {"says": reading.says, "facts": reading.facts or {}} if reading.says else {}
        file.page_count = len(reading.pages) or None
        if reading.media != "application/octet-stream":
            file.media = reading.media
        file.save(update_fields=["reading", "reading_note", "page_count", "media"])


def describe(version: Version, proposal: Proposal, *, by: str, at: datetime) -> set[int]:
    """Put a proposal on a document under review, with its reasons; join it to the document whose language version it is.

    Returns the numbers of the works that changed, for the index.
    """
    work, number = version.work, version.work_id
    version.language = proposal.get("language", ("",))[0]
    version.save(update_fields=["language"])
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
        _entitle(work, version.language, proposal["title"][0])
    return {number, join(work, by=by, at=at).pk}


def _entitle(work: Work, language: str, text: str) -> None:
    """The title in a language; what stood for one, the name of the file, gives way."""
    titles = Title.objects.filter(work=work)
    if titles.filter(language=language).update(text=text):
        titles.filter(language="").exclude(language=language).delete()
    elif not titles.filter(language="").update(language=language, text=text):
        Title.objects.create(work=work, language=language, text=text)
