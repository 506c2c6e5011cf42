"""A document is a work; a work has titles and versions in languages; a version is a file; a file has pages of text."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from servanda.office.common.choices import PUBLIC
from servanda.treaty import symbols

from .choices import KEPT, REVIEW, WAITING

PARTIAL_DATE = 10  # 2026, 2026-03 or 2026-03-05
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"


def new_identifier() -> str:
    """Ten letters and digits nobody confuses; drawn, not counted, so that no identifier tells of another document."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def document_address(symbol: str, identifier: str, standing: str) -> str:
    """Where a document is found: by its symbol, and by its identifier while it has none or is under review."""
    return f"/documents/{symbol if symbol and standing != REVIEW else identifier}/"


class Work(models.Model):
    """One document in whatever languages and versions it exists. `proposal` holds what is guessed and why, until somebody confirms."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier)
    symbol = models.CharField(max_length=80, blank=True)
    symbol_base = models.CharField(max_length=80, blank=True, editable=False)  # without what was done to it; kept by save()
    symbol_written = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30, default="other")
    meeting = models.CharField(max_length=60, blank=True)
    agenda_item = models.CharField(max_length=20, blank=True)
    dated = models.CharField(max_length=PARTIAL_DATE, blank=True)
    distributed = models.CharField(max_length=PARTIAL_DATE, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    visibility = models.CharField(max_length=20, default=PUBLIC)
    original_language = models.CharField(max_length=2, blank=True)
    source = models.TextField(blank=True)
    job_number = models.CharField(max_length=30, blank=True)
    standing = models.CharField(max_length=10, default=REVIEW)
    embargo = models.DateField(null=True, blank=True)
    retain_until = models.DateField(null=True, blank=True)
    proposal = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["symbol"], name="archive_work_symbol"),
            models.Index(fields=["symbol_base"], name="archive_work_symbol_base"),
            models.Index(Lower("symbol"), name="archive_work_symbol_lower"),
            models.Index(fields=["changed_at", "id"], name="archive_work_changed"),
            models.Index(fields=["meeting"], name="archive_work_meeting"),
            models.Index(fields=["id"], condition=Q(standing=REVIEW), name="archive_work_review"),
            models.Index(fields=["embargo"], condition=Q(embargo__isnull=False), name="archive_work_embargo"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(visibility=""), name="archive_work_says_who_sees_it"),
            models.CheckConstraint(condition=~Q(standing=KEPT) | ~Q(source=""), name="archive_kept_work_has_a_source"),
        ]

    @property
    def address(self) -> str:
        return document_address(self.symbol, self.identifier, self.standing)

    def save(self, *given: Any, **options: Any) -> None:
        self.symbol_base = symbols.parse(self.symbol).base if self.symbol else ""
        super().save(*given, **options)


class OfWork(models.Model):
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True
        ordering = ["id"]


class Title(OfWork):
    language = models.CharField(max_length=2)
    text = models.TextField()

    class Meta(OfWork.Meta):
        constraints = [models.UniqueConstraint(fields=["work", "language"], name="archive_one_title_a_language")]


class Author(OfWork):
    """A State by its code, or a body by its name."""

    state = models.CharField(max_length=3, blank=True)
    body = models.TextField(blank=True)

    class Meta(OfWork.Meta):
        indexes = [models.Index(fields=["state"], name="archive_author_state")]
        constraints = [models.CheckConstraint(condition=Q(state="") ^ Q(body=""), name="archive_author_is_state_or_body")]


class Link(OfWork):
    """What this work does to another, or where to look as well."""

    other = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="linked_from")
    relation = models.CharField(max_length=10)

    class Meta(OfWork.Meta):
        constraints = [
            models.UniqueConstraint(fields=["work", "other", "relation"], name="archive_link_is_said_once"),
            models.CheckConstraint(condition=~Q(work=models.F("other")), name="archive_link_leads_elsewhere"),
        ]


class FormerAddress(OfWork):
    """An address under which the document was once found; it leads here for ever."""

    path = models.CharField(max_length=300, unique=True)


class Doubt(OfWork):
    """Two sources give two facts about a record: both stay."""

    subject = models.CharField(max_length=30)
    one = models.TextField()
    one_source = models.TextField()
    other = models.TextField()
    other_source = models.TextField()


class File(models.Model):
    """Bytes kept by their SHA-256, never written over. A destroyed file leaves this row as its tombstone."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    reading = models.CharField(max_length=12, default=WAITING)
    reading_note = models.JSONField(default=dict, blank=True)
    page_count = models.IntegerField(null=True)
    kept_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.CharField(max_length=200, blank=True)
    destroyed_for = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["reading"], name="archive_file_reading")]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | (~Q(destroyed_by="") & ~Q(destroyed_for="")), name="archive_destruction_has_a_decision"
            )
        ]


class Version(OfWork):
    """A work in one language, as one file. The newest of a language stands; the older ones stay reachable."""

    language = models.CharField(max_length=2)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    advance = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta(OfWork.Meta):
        constraints = [models.UniqueConstraint(fields=["work", "language", "file"], name="archive_version_is_filed_once")]


class Page(models.Model):
    """The text of one page of a file, in the language it was found to be in."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="pages")
    number = models.IntegerField()
    text = models.TextField()
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="archive_page_has_one_number")]


class Intake(models.Model):
    """One bringing-in of files: who, when, from where."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    origin = models.TextField()


class Item(models.Model):
    """One file of an intake and what became of it; `said` is the sentence when it could not be filed or needs a person."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="items")
    name = models.TextField()
    outcome = models.CharField(max_length=10)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT)
    work = models.ForeignKey(Work, null=True, on_delete=models.SET_NULL)
    said = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]


class Unindexed(models.Model):
    """A work whose pages the search index does not yet hold as they are now; one more row with every change.

    The number stays when the work is gone, so that its pages leave the index too.
    """

    document = models.BigIntegerField()


class SavedSearch(models.Model):
    """A search somebody asked to be told about by mail: the query of its address, and until when it was told."""

    key = models.CharField(max_length=32, unique=True)
    owner = models.CharField(max_length=200)
    question = models.TextField()
    told_at = models.DateTimeField()
