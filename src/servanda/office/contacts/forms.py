"""Reads what the Unit filled in about people, posts and lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from servanda.office.common.forms import PartialDateField
from servanda.office.states.choices import REGIONS, STATUSES

from .choices import CHANNELS, LANGUAGES, ORGANISATIONS, ROLES, THEMES

_FORM = gettext_lazy("2011, 2011-09 or 2011-09-12")
_NONE = [("", "–")]


def _text(label: Any, most: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput({"dir": "auto"}))


class PersonForm(forms.Form):
    """Who somebody is and how they are reached."""

    name = _text(gettext_lazy("Name"), 200, required=True)
    salutation = _text(gettext_lazy("Salutation"), 60)
    email = forms.EmailField(label=gettext_lazy("Mail address"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=60, required=False, widget=forms.TextInput({"dir": "ltr"}))
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=[*_NONE, *LANGUAGES.items()])
    channel = forms.ChoiceField(label=gettext_lazy("Reached by"), choices=list(CHANNELS.items()))
    consent = _text(gettext_lazy("Consent: how and when it was given"), 300)
    source = _text(gettext_lazy("Source"), 500, required=True)


class PostForm(forms.Form):
    """A post: what, for whom, since when. `states` are the choices (ISO3, name)."""

    role = forms.ChoiceField(label=gettext_lazy("Post"), choices=list(ROLES.items()))
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), choices=list(THEMES.items()))
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    organisation = _text(gettext_lazy("Organisation"), 300)
    organisation_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"), required=False, choices=[*_NONE, *ORGANISATIONS.items()]
    )
    begins = PartialDateField(label=gettext_lazy("From"), required=False, help_text=_FORM)
    ends = PartialDateField(label=gettext_lazy("Until"), required=False, help_text=_FORM)
    source = _text(gettext_lazy("Source"), 500)

    def __init__(self, *values: object, states: Any) -> None:
        super().__init__(*values)
        self.fields["state"].choices = [*_NONE, *states]


class DayForm(forms.Form):
    """A day of known precision, and for a handover to whom."""

    on = PartialDateField(label=gettext_lazy("Day"), help_text=_FORM)
    to = forms.CharField(max_length=254, required=False)
    name = forms.CharField(max_length=200, required=False)


class ListForm(forms.Form):
    """Which posts a list selects; empty means all."""

    name = _text(gettext_lazy("Name of the list"), 200, required=True)
    role = forms.ChoiceField(label=gettext_lazy("Post"), required=False, choices=[*_NONE, *ROLES.items()])
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False, choices=[*_NONE, *THEMES.items()])
    group = forms.ChoiceField(label=gettext_lazy("Regional group"), required=False, choices=[*_NONE, *REGIONS.items()])
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=[*_NONE, *STATUSES.items()])
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=[*_NONE, *LANGUAGES.items()])
