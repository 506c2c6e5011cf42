"""What every page needs: the stamp, the language and its direction, sentences, dates and numbers in the reader's language."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from servanda.treaty.dates import PartialDate
from servanda.treaty.errors import Remark, TreatyError
from servanda.treaty.money import Money


def stamp() -> int:
    """The data's stamp: one small query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM common_stamp")
        row = cursor.fetchone()
    return row[0] if row else 0


def _locale() -> str:
    """The reader's language as Babel knows it; English as the United Nations writes it, day before month."""
    language = get_language() or "en"
    return "en_GB" if language == "en" else language


def say(sentence: Remark | TreatyError) -> str:
    """A sentence of the law in the reader's language, the sentences inside it too."""
    facts = {key: say(value) if isinstance(value, Remark) else value for key, value in sentence.facts.items()}
    return gettext(sentence.says).format(**facts)


def day_text(value: date | PartialDate | None) -> str:
    """A date as the reader's language writes it, to the precision that is known."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        if value.precision == "year":
            return value.text
        if value.precision == "month":
            return format_skeleton("yMMMM", value.first, locale=_locale())
        value = value.first
    return format_date(value, "long", locale=_locale())


def days_text(first: PartialDate | None, last: PartialDate | None) -> str:
    """From one day to another as the reader's language writes it: 9–12 Nov 2010."""
    if first is None or last is None or first == last or "day" not in (first.precision, last.precision):
        return day_text(first)
    return format_interval(first.first, last.last, "yMMMd", locale=_locale())


def number_text(value: int) -> str:
    return format_decimal(value, locale=_locale())


def percent_of(probability: float) -> str:
    """A probability as the reader's language writes percentages, to a tenth of a percent."""
    return format_percent(probability, format="#,##0.0 %", locale=_locale())


def money_text(amount: Money) -> str:
    """An amount in the currency's own decimals, grouped as the reader's language groups."""
    places = amount.currency.places
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(str(amount), format=pattern, locale=_locale())


def page(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: language, direction, the other languages, what was asked, the stylesheet."""
    language = get_language() or "en"
    path = request.path_info
    bare = path[len(language) + 1 :] if language != "en" and path.startswith(f"/{language}/") else path
    query = request.META.get("QUERY_STRING", "")
    suffix = f"?{query}" if query else ""
    return {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "prefix": "" if language == "en" else f"/{language}",
        "bare_path": bare,
        "languages": [
            {"code": code, "name": name, "address": ("" if code == "en" else f"/{code}") + bare + suffix, "here": code == language}
            for code, name in settings.LANGUAGES
        ],
        "query": suffix,
        "stylesheet": _stylesheet(),
    }


@cache
def _stylesheet() -> str:
    content = (Path(__file__).parent / "static" / "servanda.css").read_bytes()
    return f"{settings.STATIC_URL}servanda.css?{hashlib.blake2b(content, digest_size=6).hexdigest()}"
