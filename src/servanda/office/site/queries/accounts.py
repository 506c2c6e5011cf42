"""The page of accounts: who has which role, since when."""

from dataclasses import dataclass

from servanda.office.common.choices import ROLE_NAMES
from servanda.office.common.models import Account
from servanda.office.common.queries import day_text
from servanda.office.obligations.queries import current_law


@dataclass(frozen=True)
class HeldRow:
    id: int
    role: str
    state: str
    begins: str
    ends: str


@dataclass(frozen=True)
class AccountRow:
    email: str
    name: str
    sample: bool
    roles: tuple[HeldRow, ...]


def accounts_page(language: str) -> tuple[AccountRow, ...]:
    """Every account with the roles it holds or held; two queries."""
    law = current_law()
    return tuple(
        AccountRow(
            account.email,
            account.name,
            account.sample,
            tuple(
                HeldRow(
                    held.pk,
                    str(ROLE_NAMES[held.role]),
                    law.name(held.state, language) if held.state else "",
                    day_text(held.begins),
                    day_text(held.ends),
                )
                for held in account.roles.all()
            ),
        )
        for account in Account.objects.prefetch_related("roles")
    )
