"""The first page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from servanda.office.common.queries import day_text, number_text
from servanda.office.obligations.queries import OwedRow, current_law, owed_rows
from servanda.office.states.choices import GROUPS
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation, obligations
from servanda.treaty.status import StatusTable, status_table

from .states import counts_of


@dataclass(frozen=True)
class HomePage:
    on_text: str
    title: str
    counts: tuple[tuple[str, str], ...]
    annual: str
    next_due: tuple[OwedRow, ...]
    overdue: tuple[OwedRow, ...]
    waiting: tuple[OwedRow, ...]
    without_report: str
    regions: tuple[tuple[str, str, str, str], ...]


def home_page(on: date, language: str) -> HomePage:
    """The first page: counts on both bases, what is due next, what has passed, the world by region."""
    law = current_law()
    table = status_table(law, on)
    owed = obligations(law, on)
    ahead = sorted((item for item in owed if item.due.last >= on and item.state == "open" and item.applies is not None), key=_by_due)
    annual = [item for item in ahead if law.provisions[item.id].role == "report-annual"]
    soon = [item for item in ahead if item not in annual][:6]
    late = sorted((item for item in owed if item.overdue_on(on) and item.article != "7"), key=_by_due)
    waiting = sorted((item for item in owed if item.state == "extension-requested"), key=_by_due)
    unreported = len({item.iso3 for item in owed if item.article == "7" and item.state == "no-record"})
    return HomePage(
        on_text=day_text(on),
        title=law.treaty.title.get(language, law.treaty.title["en"]),
        counts=counts_of(table),
        annual=_annual(annual),
        next_due=owed_rows(law, soon, on, language),
        overdue=owed_rows(law, late, on, language),
        waiting=owed_rows(law, waiting, on, language),
        without_report=number_text(unreported),
        regions=_regions(law, table),
    )


def _annual(ahead: Sequence[Obligation]) -> str:
    """The next annual reports in one line, since nearly every State Party owes one on the same day."""
    if not ahead:
        return ""
    first = ahead[0].due
    count = sum(item.due == first for item in ahead)
    says = ngettext(
        "%(day)s: annual transparency report of %(count)s State", "%(day)s: annual transparency reports of %(count)s States", count
    )
    return says % {"day": day_text(first), "count": number_text(count)}


def _by_due(item: Obligation) -> tuple[date, str]:
    return item.due.last, item.iso3


def _regions(law: Law, table: StatusTable) -> tuple[tuple[str, str, str, str], ...]:
    """Each regional group: States, how many have consented, how many have signed only."""
    groups = {state.iso3: state.regional_group for state in law.states}
    every = Counter(groups.values())
    consented = Counter(groups[state.iso3] for state in table.states if state.consent_stands)
    signed = Counter(groups[state.iso3] for state in table.states if state.status == "signatory")
    return tuple(
        (str(text), number_text(consented[group]), number_text(signed[group]), number_text(every[group]))
        for group, text in GROUPS.items()
        if every[group]
    )
