"""What the public pages show: frozen results, every cell already in the reader's language."""

from .accounts import accounts_page
from .facts import TABLES, facts_page
from .home import home_page
from .record import StatePage, contradictions_page, state_page
from .states import StateRow, StatesFilter, StatesPage, states_page

__all__ = [
    "TABLES",
    "StatePage",
    "StateRow",
    "StatesFilter",
    "StatesPage",
    "accounts_page",
    "contradictions_page",
    "facts_page",
    "home_page",
    "state_page",
    "states_page",
]
