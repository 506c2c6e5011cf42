"""The page on which the Unit records what a State did: what is on record, and whose word it is."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from servanda.office.obligations.choices import DECISIONS
from servanda.office.obligations.queries import MODELS, current_law
from servanda.office.states.choices import ACTS, REPORTS

TABLES = {
    "instruments": gettext_lazy("Instruments"),
    "decisions": gettext_lazy("Extensions and declarations"),
    "reports": gettext_lazy("Reports"),
}
_WORDS = {**ACTS, **DECISIONS, **REPORTS}
_SHOWN = {"instruments": ("act", "date"), "decisions": ("article", "kind", "date", "until"), "reports": ("kind", "received", "covers")}


@dataclass(frozen=True)
class FactRow:
    """One fact; only what the office recorded itself, and what still stands, can be ended here."""

    number: int
    text: str
    source: str
    whose: str
    stands: bool
    may_end: bool


@dataclass(frozen=True)
class FactsPage:
    iso3: str
    name: str
    table: str
    title: str
    tables: tuple[tuple[str, str], ...]
    rows: tuple[FactRow, ...]


def facts_page(iso3: str, table: str, language: str) -> FactsPage:
    """The facts of one table about a State, ended ones too; raises UnknownState."""
    law = current_law()
    state = law.state(iso3)
    rows = tuple(_row(fact, table) for fact in MODELS[table]._default_manager.filter(state=state.iso3).order_by("-standing", "-pk"))
    tables = tuple((name, str(title)) for name, title in TABLES.items())
    return FactsPage(state.iso3, law.name(state.iso3, language), table, str(TABLES[table]), tables, rows)


def _row(fact: object, table: str) -> FactRow:
    values = [str(_WORDS.get(value, value)) for name in _SHOWN[table] if (value := getattr(fact, name))]
    ours = fact.origin == "office"
    whose = gettext("recorded by the Unit") if ours else gettext("from the data files")
    return FactRow(fact.pk, ", ".join(values), fact.source, whose, fact.standing, ours and fact.standing)
