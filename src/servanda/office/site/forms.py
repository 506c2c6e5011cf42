"""Reads what an administrator filled in about accounts."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from servanda.office.common.choices import ROLE_NAMES


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
