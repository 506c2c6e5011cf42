"""The record of States as rows; columns are those of the treaty's files, so that either gives the same law."""

from django.db import models

from servanda.office.common.models import Fact

PARTIAL_DATE = 10  # 2026, 2026-03 or 2026-03-05


class State(Fact):
    """One of the 197 States."""

    iso3 = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2)
    m49 = models.CharField(max_length=3)
    un_status = models.TextField()
    regional_group = models.CharField(max_length=40, blank=True)
    m49_region = models.CharField(max_length=60, blank=True)
    m49_subregion = models.CharField(max_length=60, blank=True)
    lldc = models.CharField(max_length=3, blank=True)
    sids = models.CharField(max_length=3, blank=True)
    un_membership_date = models.CharField(max_length=PARTIAL_DATE, blank=True)
    note = models.TextField(blank=True)


class OfState(Fact):
    """A row that belongs to one State."""

    state = models.ForeignKey(State, to_field="iso3", db_column="iso3", on_delete=models.PROTECT)

    class Meta(Fact.Meta):
        abstract = True


class Name(OfState):
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=6)
    name = models.TextField()
    since = models.CharField(max_length=PARTIAL_DATE, blank=True)
    until = models.CharField(max_length=PARTIAL_DATE, blank=True)
    note = models.TextField(blank=True)

    class Meta(OfState.Meta):
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="states_name_is_written")]


class Membership(OfState):
    group = models.CharField(max_length=20)
    since = models.CharField(max_length=PARTIAL_DATE, blank=True)
    until = models.CharField(max_length=PARTIAL_DATE, blank=True)
    note = models.TextField(blank=True)


class Instrument(OfState):
    act = models.CharField(max_length=30)
    date = models.CharField(max_length=PARTIAL_DATE)
    effective = models.CharField(max_length=PARTIAL_DATE, blank=True)
    doubtful = models.CharField(max_length=3, blank=True)
    note = models.TextField(blank=True)

    class Meta(OfState.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(date=""), name="states_instrument_has_a_date"),
            models.UniqueConstraint(
                fields=["state", "act", "date"], condition=models.Q(standing=True), name="states_instrument_stands_once"
            ),
        ]


class Coordinator(OfState):
    theme = models.CharField(max_length=60)
    since = models.CharField(max_length=PARTIAL_DATE, blank=True)
    until = models.CharField(max_length=PARTIAL_DATE, blank=True)
    note = models.TextField(blank=True)


class Contradiction(Fact):
    key = models.CharField(max_length=60, unique=True)
    state = models.ForeignKey(State, to_field="iso3", db_column="iso3", null=True, on_delete=models.PROTECT)
    subject = models.TextField()
    value_a = models.TextField()
    source_a = models.TextField()
    value_b = models.TextField()
    source_b = models.TextField()
    used = models.CharField(max_length=7)
    reason = models.TextField()
