"""Reads what was typed: a day in an address, a date of known precision in a form."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from servanda.treaty.dates import PartialDate, parse_day
from servanda.treaty.errors import TreatyError


def asked_day(request: HttpRequest) -> date:
    """The day of `?on=`, today when it is empty; raises DateRefused."""
    text = request.GET.get("on", "").strip()
    return parse_day(text) if text else date.today()


class PartialDateField(forms.CharField):
    """A date of known precision, as text: 2011, 2011-09 or 2011-09-12."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        try:
            return PartialDate(text).text if text else ""
        except TreatyError as refusal:
            raise forms.ValidationError(gettext(refusal.says).format(**refusal.facts)) from None
