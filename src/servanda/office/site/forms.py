"""Reads what an administrator filled in about accounts, and what the Unit records about a State."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from servanda.office.common.choices import ROLE_NAMES
from servanda.office.common.forms import PartialDateField
from servanda.office.obligations.choices import DECISIONS
from servanda.office.obligations.queries import meeting_choices
from servanda.office.states.choices import ACTS, REPORTS


class RoleForm(forms.Form):
    """A person, a role, since when; a delegation also needs its State. `states` are the choices (ISO3, name)."""

    email = forms.EmailField(label=gettext_lazy("Mail address"), max_length=200)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    state = forms.ChoiceField(label=gettext_lazy("State, for a delegation"), required=False)
    begins = forms.DateField(label=gettext_lazy("From"), initial=date.today, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *values: object, states: list[tuple[str, str]]) -> None:
        super().__init__(*values)
        self.fields["role"].choices = [pair for pair in ROLE_NAMES.items() if pair[0] != "public"]
        self.fields["state"].choices = [("", "–"), *states]


_FORM = gettext_lazy("2011, 2011-09 or 2011-09-12")
_DAY = {"required": False, "help_text": _FORM}


class FactForm(forms.Form):
    """What every recorded fact has: a source, a note, and the document that proves it."""

    source = forms.CharField(label=gettext_lazy("Source"), widget=forms.TextInput({"dir": "auto"}))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.TextInput({"dir": "auto"}))
    document = forms.FileField(label=gettext_lazy("Source document"), required=False)


class InstrumentForm(FactForm):
    field_order = ("act", "date", "effective")
    act = forms.ChoiceField(label=gettext_lazy("Act"), choices=list(ACTS.items()))
    date = PartialDateField(label=gettext_lazy("Date"), help_text=_FORM)
    effective = PartialDateField(label=gettext_lazy("Takes effect"), **_DAY)


class DecisionForm(FactForm):
    field_order = ("article", "kind", "date", "until", "meeting")
    article = forms.ChoiceField(label=gettext_lazy("Article"), choices=[("3", "3"), ("4", "4")])
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(DECISIONS.items()))
    date = PartialDateField(label=gettext_lazy("Date"), **_DAY)
    until = PartialDateField(label=gettext_lazy("New deadline"), **_DAY)
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"), required=False)

    def __init__(self, *values: object) -> None:
        super().__init__(*values)
        self.fields["meeting"].choices = [("", "–"), *meeting_choices()]


class ReportForm(FactForm):
    field_order = ("kind", "received", "covers")
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(REPORTS.items()))
    received = PartialDateField(label=gettext_lazy("Received"), **_DAY)
    covers = forms.CharField(label=gettext_lazy("Covers"), required=False, max_length=21)


FACT_FORMS = {"instruments": InstrumentForm, "decisions": DecisionForm, "reports": ReportForm}
