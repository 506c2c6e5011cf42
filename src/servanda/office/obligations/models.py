"""What bears on deadlines, as rows with the columns of the treaty's files."""

from django.db import models

from servanda.office.common.models import Fact
from servanda.office.states.models import PARTIAL_DATE, OfState, State


class Meeting(Fact):
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    title = models.TextField()
    opens = models.CharField(max_length=PARTIAL_DATE, blank=True)
    closes = models.CharField(max_length=PARTIAL_DATE, blank=True)
    place = models.TextField(blank=True)
    president = models.TextField(blank=True)
    doubtful_note = models.TextField(blank=True)


class AgendaItem(Fact):
    meeting = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    item = models.CharField(max_length=40)
    title = models.TextField()
    what = models.TextField(blank=True)


class Intervention(Fact):
    meeting = models.CharField(max_length=60)
    item = models.CharField(max_length=40)
    number = models.CharField(max_length=4)
    state = models.ForeignKey(State, to_field="iso3", db_column="iso3", null=True, on_delete=models.PROTECT)
    speaker = models.TextField(blank=True)
    theme = models.CharField(max_length=60, blank=True)
    what = models.TextField()


class Decision(OfState):
    article = models.CharField(max_length=4)
    kind = models.CharField(max_length=30)
    until = models.CharField(max_length=PARTIAL_DATE, blank=True)
    months = models.CharField(max_length=3, blank=True)
    date = models.CharField(max_length=PARTIAL_DATE, blank=True)
    meeting = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)


class Report(OfState):
    kind = models.CharField(max_length=20)
    received = models.CharField(max_length=PARTIAL_DATE, blank=True)
    covers = models.CharField(max_length=21, blank=True)
    due_claimed = models.CharField(max_length=PARTIAL_DATE, blank=True)
    claimed_on = models.CharField(max_length=PARTIAL_DATE, blank=True)
    note = models.TextField(blank=True)
