"""What a file brought in becomes: its row, a document under review, an item of its intake. One short transaction for a few files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from servanda.office.common.models import AuditLine
from servanda.office.common.operations import audit_line
from servanda.treaty.errors import Remark, sentence

from ..files.formats import fits_name, media_of
from ..files.store import Kept, Store
from ..models import File, Intake, Item, Title, Version, Work

FILED, KNOWN, REFUSED = "filed", "known", "refused"
DESTROYED_BEFORE = sentence("“{name}” was destroyed by decision ({why}); file it only after a new decision.")
OTHER_NAME = sentence("“{name}” is named as what it is not; its content is {media}, and was read as that.")


@dataclass(slots=True)
class Summary:
    """What became of an intake: how many files, and the sentences for those that need a person."""

    filed: int = 0
    known: int = 0
    refused: int = 0
    read: int = 0
    pages: int = 0
    unreadable: int = 0
    indexed: int = 0
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class _Filed:
    """The rows of one file, not yet written. A file that is here already, or came twice, has an item alone."""

    item: Item
    file: File | None = None
    work: Work | None = None


def refused(intake: Intake, name: str, says: Remark, summary: Summary) -> Item:
    """The item of a file that is not filed, and why; the caller saves it."""
    summary.refused += 1
    summary.remarks.append(says)
    return Item(intake=intake, name=name, outcome=REFUSED, said=_said(says))


@transaction.atomic
def file_together(
    intake: Intake, kept: Sequence[tuple[str, Kept]], *, store: Store, by: str, at: datetime, summary: Summary
) -> list[tuple[int, str]]:
    """File what was kept in the store, each under its name; the number and checksum of every file that is new.

    A file that is here already is noted as known; one destroyed before is destroyed again, and refused.
    """
    held = {file.sha256: file for file in File.objects.filter(sha256__in=[one.sha256 for _, one in kept])}
    works = dict(Version.objects.filter(file__in=held.values()).order_by("-pk").values_list("file_id", "work_id"))
    new: dict[str, _Filed] = {}
    filed = []
    for name, one in kept:
        old = held.get(one.sha256)
        if old is not None and old.destroyed_at:
            store.destroy(one.sha256)
            says = Remark(DESTROYED_BEFORE, {"name": name, "why": old.destroyed_for})
            filed.append(_Filed(refused(intake, name, says, summary)))
        elif old is not None:
            filed.append(_Filed(Item(intake=intake, name=name, outcome=KNOWN, file=old, work_id=works.get(old.pk))))
        elif one.sha256 in new:
            filed.append(_Filed(Item(intake=intake, name=name, outcome=KNOWN), new[one.sha256].file, new[one.sha256].work))
        else:
            new[one.sha256] = _new(intake, name, one, store, at, summary)
            filed.append(new[one.sha256])
    _write(filed, list(new.values()), by, at)
    summary.filed += len(new)
    summary.known += sum(one.item.outcome == KNOWN for one in filed)
    return [(one.file.pk, sha256) for sha256, one in new.items()]


def _new(intake: Intake, name: str, kept: Kept, store: Store, at: datetime, summary: Summary) -> _Filed:
    media = media_of(store.path(kept.sha256))
    said = None if fits_name(media, name) else Remark(OTHER_NAME, {"name": name, "media": media})
    if said:
        summary.remarks.append(said)
    file = File(sha256=kept.sha256, size=kept.size, media=media, kept_at=at)
    work = Work(source=f"{name} ({intake.origin})" if intake.origin else name, changed_at=at)
    return _Filed(Item(intake=intake, name=name, outcome=FILED, said=_said(said) if said else {}), file, work)


def _write(filed: list[_Filed], new: list[_Filed], by: str, at: datetime) -> None:
    File.objects.bulk_create([one.file for one in new])
    Work.objects.bulk_create([one.work for one in new])
    names = [one.item.name.rpartition("/")[2] for one in new]
    Title.objects.bulk_create([Title(work=one.work, language="", text=name) for one, name in zip(new, names, strict=True)])
    Version.objects.bulk_create(
        [Version(work=one.work, language="", file=one.file, name=name, added_at=at) for one, name in zip(new, names, strict=True)]
    )
    for one in filed:
        if one.file is not None:
            one.item.file, one.item.work = one.file, one.work
    Item.objects.bulk_create([one.item for one in filed])
    AuditLine.objects.bulk_create(
        [
            audit_line(
                act="document taken in",
                on=f"documents/{one.work.identifier}",
                by=by,
                at=at,
                after={"name": one.item.name, "sha256": one.file.sha256},
            )
            for one in new
        ]
    )


def _said(says: Remark) -> dict[str, object]:
    return {"says": says.says, "facts": dict(says.facts)}
