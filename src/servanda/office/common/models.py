"""The audit trail and the stamp of the data."""

from django.db import models


class AuditLine(models.Model):
    """One change of a record: who, when, what, before and after. No foreign keys, so that history never blocks anything."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    act = models.CharField(max_length=40)
    on = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["on"], name="audit_on")]


class Stamp(models.Model):
    """A number that triggers draw anew with every change of a watched table; one row."""

    value = models.BigIntegerField(default=0)


class Fact(models.Model):
    """A row of the record. `standing` is False once the source no longer states it: the row stays, but no longer counts."""

    origin = models.CharField(max_length=10, default="data")
    standing = models.BooleanField(default=True)
    source = models.TextField()

    class Meta:
        abstract = True
        ordering = ["id"]
