"""What changes accounts and roles, and the audit line that every operation writes in the transaction of its change."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext

from .choices import DELEGATION, ROLES
from .errors import LinkSpent, RoleUnknown, StateMissing
from .models import Account, AuditLine, RoleHeld, SignInLink

_OFFICE = ZoneInfo("Europe/Zurich")
_MOST_LINKS_AN_HOUR = 5


def audit_line(
    *, act: str, on: str, by: str, at: datetime, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None
) -> AuditLine:
    """An unsaved line; the operation that changes the record saves it with the change."""
    return AuditLine(act=act, on=on, by=by, at=at, before=before, after=after)


@transaction.atomic
def make_account(*, email: str, name: str, by: str, at: datetime, sample: bool = False) -> Account:
    """The account of an address, made if it is not there; without a password until its owner sets one."""
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        account = Account(email=email.strip().lower(), name=name.strip(), sample=sample)
        account.set_unusable_password()
        account.save()
        audit_line(act="account made", on=f"accounts/{account.email}", by=by, at=at, after={"name": account.name}).save()
    return account


@transaction.atomic
def give_role(*, account: Account, role: str, state: str = "", begins: date, by: str, at: datetime) -> RoleHeld:
    """Give a role from a day on; one that is held already is left as it is. Raises RoleUnknown and StateMissing."""
    if role not in ROLES or role == "public":
        raise RoleUnknown(role=role)
    if role == DELEGATION and not state:
        raise StateMissing()
    state = state if role == DELEGATION else ""
    held = account.roles.filter(role=role, state=state, ends=None).first()
    if held is None:
        held = RoleHeld.objects.create(account=account, role=role, state=state, begins=begins)
        after = {"role": role, "state": state, "begins": str(begins)}
        audit_line(act="role given", on=f"accounts/{account.email}", by=by, at=at, after=after).save()
    return held


@transaction.atomic
def end_role(*, held: RoleHeld, ends: date, by: str, at: datetime) -> RoleHeld:
    """End a role on a day; from that day on it gives nothing."""
    before = {"role": held.role, "state": held.state, "ends": str(held.ends or "")}
    held.ends = max(ends, held.begins)
    held.save()
    audit_line(act="role ended", on=f"accounts/{held.account.email}", by=by, at=at, before=before, after={"ends": str(held.ends)}).save()
    return held


def one_working_day_after(at: datetime) -> datetime:
    """The same hour of the next working day in Geneva: a link of Friday lives until Monday."""
    ends = at.astimezone(_OFFICE) + timedelta(days=1)
    while ends.weekday() > 4:
        ends += timedelta(days=1)
    return ends


@transaction.atomic
def make_link(*, account: Account, at: datetime) -> str:
    """A new token for one sign-in within a working day; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(account=account, digest=_digest(token), made_at=at, expires_at=one_working_day_after(at))
    return token


def send_link(*, email: str, address: str, at: datetime) -> None:
    """Mail a link to the owner of an address; an address without an account gets nothing, and nobody is told.

    `address` holds `TOKEN` where the token belongs.
    """
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if account is None or account.links.filter(made_at__gt=at - timedelta(hours=1)).count() >= _MOST_LINKS_AN_HOUR:
        audit_line(act="sign-in link not sent", on="accounts", by=email.strip()[:200], at=at).save()
        return
    token = make_link(account=account, at=at)
    audit_line(act="sign-in link sent", on=f"accounts/{account.email}", by=account.email, at=at).save()
    text = gettext(
        "This link signs you in to Servanda once, until the same hour of the next working day:\n\n%(address)s\n\n"
        "Opening it changes nothing; the button on the page signs you in. If you did not ask for it, leave it be."
    ) % {"address": address.replace("TOKEN", token)}
    transaction.on_commit(lambda: send_mail(gettext("Your sign-in link"), text, None, [account.email]))


def link_account(*, token: str, at: datetime) -> Account | None:
    """Whom a link would sign in; None when it is unknown, used or too old. Changes nothing."""
    link = SignInLink.objects.filter(digest=_digest(token), used_at=None, expires_at__gte=at).select_related("account").first()
    return link.account if link is not None and link.account.is_active else None


@transaction.atomic
def use_link(*, token: str, at: datetime) -> Account:
    """Spend a link and return its account; raises LinkSpent when it is unknown, used or too old."""
    account = link_account(token=token, at=at)
    if account is None or not SignInLink.objects.filter(digest=_digest(token), used_at=None).update(used_at=at):
        raise LinkSpent()
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
