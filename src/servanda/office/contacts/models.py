"""People, organisations, posts over time, and mailing lists with what was sent to whom."""

from django.db import models
from django.db.models import F, Q

from servanda.office.states.models import PARTIAL_DATE, State

from .choices import REMOVED


def _state(related: str) -> models.ForeignKey:
    return models.ForeignKey(State, to_field="iso3", db_column="iso3", null=True, on_delete=models.PROTECT, related_name=related)


class Person(models.Model):
    """Somebody the Unit writes to. Rows are merged or emptied on request, never taken away, so that the record of posts stands."""

    name = models.CharField(max_length=200)
    salutation = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=10, default="mail")
    consent = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_note = models.CharField(max_length=300, blank=True)
    opted_out_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["email"], name="contacts_person_email")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contacts_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(name=REMOVED, email="", phone="", salutation=""),
                name="contacts_removed_person_has_no_name_or_address",
            ),
            models.CheckConstraint(condition=Q(bounce_note="") | ~Q(bounced_at=None), name="contacts_bounce_note_has_its_day"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="contacts_person_is_not_merged_into_itself"
            ),
        ]


class Organisation(models.Model):
    """A mission, a ministry, an international or non-governmental organisation, an operator."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    state = _state("organisations")
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contacts_organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["name", "state"], condition=~Q(state=None), name="contacts_organisation_stands_once_in_a_state"
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(state=None), name="contacts_organisation_without_state_stands_once"),
        ]


class Post(models.Model):
    """A role that a person holds for a State or an organisation, from one day and until another: days of known precision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="posts")
    state = _state("posts")
    role = models.CharField(max_length=30)
    theme = models.CharField(max_length=40)
    begins = models.CharField(max_length=PARTIAL_DATE, blank=True)
    ends = models.CharField(max_length=PARTIAL_DATE, blank=True)
    last_confirmed = models.DateField(null=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "role", "theme"], name="contacts_post_of_a_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(state=None) | ~Q(organisation=None), name="contacts_post_is_of_a_state_or_organisation"),
            models.CheckConstraint(condition=~Q(role="") & ~Q(theme=""), name="contacts_post_has_a_role_and_a_theme"),
        ]


class List(models.Model):
    """A named selection of live posts; who is on it is asked anew each day. Empty choices mean all."""

    name = models.CharField(max_length=200)
    group = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=30, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contacts_list_has_a_name"),
            models.UniqueConstraint(fields=["name"], name="contacts_list_has_its_name_alone"),
        ]


class ListCopy(models.Model):
    """The addressees of a list as they were when it was used; those removed since are named so."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="copies")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    addressees = models.JSONField()

    class Meta:
        ordering = ["-id"]
