"""Accounts and their roles, the audit trail, and the stamp of the data."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from .choices import DELEGATION


class Account(AbstractBaseUser):
    """A person who signs in, known by a mail address; what they may do is said by the roles they hold."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)

    objects = BaseUserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["email"]


class RoleHeld(models.Model):
    """A role an account holds from one day, and until another; rows end, they are never taken away."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20)
    state = models.CharField(max_length=3, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(role=DELEGATION) | ~Q(state=""), name="common_delegation_has_a_state"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("begins")), name="common_role_ends_after_it_begins"),
        ]


class SignInLink(models.Model):
    """A mail link that signs one person in once; only a digest of it is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


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
    """Numbers that triggers draw anew with every change of a watched table; one row.

    `value` follows the tables of the treaty's record, from which the law is read; `pages` every other table that pages show.
    """

    value = models.BigIntegerField(default=0)
    pages = models.BigIntegerField(default=0)


class Fact(models.Model):
    """A row of the record. `standing` is False once the source no longer states it: the row stays, but no longer counts."""

    origin = models.CharField(max_length=10, default="data")
    standing = models.BooleanField(default=True)
    source = models.TextField()

    class Meta:
        abstract = True
        ordering = ["id"]
