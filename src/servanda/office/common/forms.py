"""Reads what a reader typed into an address."""

from datetime import date

from django.http import HttpRequest

from servanda.treaty.dates import parse_day


def asked_day(request: HttpRequest) -> date:
    """The day of `?on=`, today when it is empty; raises DateRefused."""
    text = request.GET.get("on", "").strip()
    return parse_day(text) if text else date.today()
