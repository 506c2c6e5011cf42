"""The law as shipped, and ways to ask it about a record made up for one test."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from servanda.treaty.dates import PartialDate
from servanda.treaty.law import Law, load_law
from servanda.treaty.record import Decision, Instrument, Meeting


@pytest.fixture(scope="session")
def ccm() -> Law:
    return load_law("ccm")


@pytest.fixture(scope="session")
def apmbc() -> Law:
    return load_law("apmbc")


def act(iso3: str, kind: str, date: str, effective: str = "", doubtful: bool = False) -> Instrument:
    return Instrument(iso3, kind, PartialDate(date), PartialDate(effective) if effective else None, doubtful, "", "a test")


def decision(iso3: str, article: str, kind: str, until: str = "", date: str = "", meeting: str = "", months: int | None = None) -> Decision:
    day = lambda text: PartialDate(text) if text else None  # noqa: E731
    return Decision(iso3, article, kind, day(until), months, day(date), meeting, "a test", "")


def meeting(id: str, opens: str, kind: str = "msp") -> Meeting:
    return Meeting(id, kind, id.upper(), PartialDate(opens), None, "Geneva", "", "", "a test")


@pytest.fixture
def given(ccm: Law) -> Callable[..., Law]:
    """The Convention's law with tables of its record replaced: `given(instruments=[…])`."""

    def build(**tables: list) -> Law:
        return Law(ccm.folder, replace(ccm.record, **{name: tuple(rows) for name, rows in tables.items()}))

    return build
