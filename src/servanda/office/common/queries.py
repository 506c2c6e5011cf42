"""What every page needs: the stamp, the language and its direction, sentences, dates and numbers in the reader's language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from servanda.treaty.dates import PartialDate
from servanda.treaty.errors import Remark, TreatyError
from servanda.treaty.money import Money

from .choices import POLICIES, ROLE_NAMES, ROLES, STAFF
from .models import Account, AuditLine, RoleHeld
from .policies import ANYONE, Viewer, may


def stamp() -> int:
    """The stamp of the treaty's record: one small query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM common_stamp")
        row = cursor.fetchone()
    return row[0] if row else 0


def stamps() -> tuple[int, int]:
    """The stamps of the record and of all else that pages show: one small query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value, pages FROM common_stamp")
        row = cursor.fetchone()
    return tuple(row) if row else (0, 0)


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


def with_prefix(path: str, language: str) -> str:
    """An address under a language; English is at the root."""
    return path if language == "en" else f"/{language}{path}"


def without_prefix(path: str) -> tuple[str, str]:
    """The language an address is under, and the address itself."""
    first, _, rest = path[1:].partition("/")
    return (first, f"/{rest}") if first != "en" and first in dict(settings.LANGUAGES) else ("en", path)


def page(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: language, direction, the other languages, what was asked, the stylesheet."""
    language = get_language() or "en"
    bare = without_prefix(request.path_info)[1]
    query = request.META.get("QUERY_STRING", "")
    suffix = f"?{query}" if query else ""
    return {
        "viewer": getattr(request, "viewer", ANYONE),
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "prefix": with_prefix("", language),
        "bare_path": bare,
        "languages": [
            {"code": code, "name": name, "address": with_prefix(bare, code) + suffix, "here": code == language}
            for code, name in settings.LANGUAGES
        ],
        "query": suffix,
        "stylesheet": _stylesheet(),
    }


def account_viewer(email: str, on: date) -> Viewer:
    """An account with the roles it holds on a day, as if it had shown everything; one query."""
    held = RoleHeld.objects.filter(account__email=email, account__is_active=True, begins__lte=on).exclude(ends__lte=on)
    pairs = held.values_list("role", "state")
    return Viewer(email, frozenset(role for role, _ in pairs), next((state for _, state in pairs if state), ""))


def viewer_of(request: HttpRequest, on: date) -> Viewer:
    """Who asks: the roles the signed-in account holds on a day. One query; none for a visitor without a session.

    The Unit's and the administrator's roles count only in a session that has shown a second factor.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ANYONE
    held = account_viewer(request.user.email, on)
    proven = any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
    wanting = frozenset() if proven else held.roles & STAFF
    return Viewer(held.name, held.roles - wanting, held.state, wanting)


@dataclass(frozen=True)
class AccountPage:
    """One's own account: roles that count now, roles that wait for a second factor, and whether one is set up."""

    account: Account
    roles: tuple[str, ...]
    waiting: tuple[str, ...]
    has_second_factor: bool
    may_give_roles: bool
    may_read_trail: bool


def account_page(viewer: Viewer) -> AccountPage:
    account = Account.objects.get(email=viewer.name)
    return AccountPage(
        account,
        tuple(str(ROLES[role]) for role in ROLES if role in viewer.roles),
        tuple(str(ROLES[role]) for role in ROLES if role in viewer.wanting),
        is_mfa_enabled(account),
        may(viewer, "give-roles"),
        may(viewer, "read-audit-trail"),
    )


@dataclass(frozen=True)
class WhoMay:
    """Each role with its sentence, and each act with a yes or no for each role."""

    roles: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, tuple[bool, ...]], ...]


def who_may() -> WhoMay:
    """The table of POLICIES as people read it."""
    acts = tuple((str(policy.says), tuple(role in policy.roles for role in ROLES)) for policy in POLICIES.values())
    return WhoMay(tuple((str(ROLE_NAMES[role]), str(says)) for role, says in ROLES.items()), acts)


TRAIL_PAGE = 100


@dataclass(frozen=True)
class TrailPage:
    """A stretch of the audit trail, the newest first; `older` is the address query of the next one, empty at the end."""

    lines: tuple[AuditLine, ...]
    by: str
    on: str
    acts: tuple[tuple[str, str], ...]
    act: str
    older: str


def trail_page(asked: Mapping[str, str]) -> TrailPage:
    """The audit trail by person, by record and by act, below the line asked for."""
    chosen = {name: asked.get(name, "").strip() for name in ("by", "on", "act")}
    lines = AuditLine.objects.all()
    if chosen["by"]:
        lines = lines.filter(by__icontains=chosen["by"])
    if chosen["on"]:
        lines = lines.filter(on__istartswith=chosen["on"])
    if chosen["act"]:
        lines = lines.filter(act=chosen["act"])
    below = asked.get("below", "")
    if below.isdecimal():
        lines = lines.filter(pk__lt=int(below[:18]))
    found = tuple(lines[: TRAIL_PAGE + 1])
    older = urlencode({**chosen, "below": found[TRAIL_PAGE - 1].pk}) if len(found) > TRAIL_PAGE else ""
    acts = tuple((act, act) for act in AuditLine.objects.order_by("act").values_list("act", flat=True).distinct())
    return TrailPage(found[:TRAIL_PAGE], chosen["by"], chosen["on"], acts, chosen["act"], older)


@cache
def _stylesheet() -> str:
    content = (Path(__file__).parent / "static" / "servanda.css").read_bytes()
    return f"{settings.STATIC_URL}servanda.css?{hashlib.blake2b(content, digest_size=6).hexdigest()}"
