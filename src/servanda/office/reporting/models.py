"""Reports as they are written and submitted: answers with their history, frozen revisions, questions."""

from django.db import models
from django.db.models import F, Q

from servanda.office.common.choices import PUBLIC
from servanda.office.obligations.models import Report
from servanda.office.states.models import State

from .choices import CHANNELS, CONFLICT, DRAFT, KINDS, READERS, SAVED, STANDINGS, SUBMITTED, WEB


class ReportFile(models.Model):
    """One State's report of one kind for one period; `fact` is the row of the record that its submission became."""

    state = models.ForeignKey(State, to_field="iso3", db_column="iso3", on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=21)
    edition = models.CharField(max_length=20)
    standing = models.CharField(max_length=20, default=DRAFT)
    channel = models.CharField(max_length=10, default=WEB)
    on_behalf = models.BooleanField(default=False)
    received = models.DateField(null=True, blank=True)
    visibility = models.CharField(max_length=20, default=PUBLIC)
    document = models.CharField(max_length=60, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    fact = models.OneToOneField(Report, null=True, blank=True, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "kind", "period", "standing"],
                condition=Q(standing__in=(DRAFT, SUBMITTED)),
                name="reporting_one_draft_and_one_submitted_per_period",
            ),
            models.CheckConstraint(condition=~Q(standing=SUBMITTED) | ~Q(received=None), name="reporting_submitted_has_a_day"),
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="reporting_kind_is_known"),
            models.CheckConstraint(condition=Q(standing__in=tuple(STANDINGS)), name="reporting_standing_is_known"),
            models.CheckConstraint(condition=Q(channel__in=tuple(CHANNELS)), name="reporting_channel_is_known"),
            models.CheckConstraint(condition=Q(visibility__in=tuple(READERS)), name="reporting_readers_are_known"),
            models.CheckConstraint(condition=Q(channel=WEB) | Q(on_behalf=True), name="reporting_sent_is_entered_on_behalf"),
        ]


class Answer(models.Model):
    """What a field of a section says now; `version` counts its changes."""

    report = models.ForeignKey(ReportFile, on_delete=models.PROTECT, related_name="answers")
    section = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section", "field"], name="reporting_one_answer_per_field"),
            models.CheckConstraint(condition=Q(version__gte=1), name="reporting_answer_version_begins_at_one"),
        ]


class AnswerHistory(models.Model):
    """Everything that was typed, in order; rows are only added. A `conflict` waits until somebody says which answer stays."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="history")
    kind = models.CharField(max_length=10, default=SAVED)
    version = models.PositiveIntegerField()
    value = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=(SAVED, CONFLICT)), name="reporting_history_kind_is_known"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by="") | (~Q(settled_at=None) & ~Q(settled_by="")),
                name="reporting_conflict_settled_at_and_by_together",
            ),
        ]


class Revision(models.Model):
    """The answers as they were submitted, frozen, with a checksum of their canonical JSON and a receipt."""

    report = models.ForeignKey(ReportFile, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    receipt = models.CharField(max_length=60, unique=True)
    note = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=200)
    late_days = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reporting_one_revision_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reporting_revisions_count_from_one"),
        ]


_UNANSWERED = Q(answered_at=None, answered_by="", answer="")


class Question(models.Model):
    """What the Unit asks about a section, and what the State answers."""

    report = models.ForeignKey(ReportFile, on_delete=models.PROTECT, related_name="questions")
    section = models.CharField(max_length=40)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=_UNANSWERED | (Q(answered_at__gte=F("asked_at")) & ~Q(answered_by="") & ~Q(answer="")),
                name="reporting_answer_with_its_day_and_writer",
            ),
        ]
