"""Standing on a day, on both bases: the real record, then every edge case of the treaty's date rules."""

from collections import Counter
from datetime import date

import pytest

from servanda.treaty.errors import BeforeAdoption, TooFarAhead, UnknownState
from servanda.treaty.obligations import obligations
from servanda.treaty.status import general_entry_into_force, parties, standing, status_table

from .conftest import act


def on(law, day: str) -> tuple[int, int, int, int]:
    table = status_table(law, date.fromisoformat(day))
    return table.deposited, table.in_force, table.signatories, table.withdrawn


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2026-11-23", (112, 112, 12, 1)),
        ("2026-02-03", (112, 111, 12, 1)),
        ("2025-03-06", (111, 111, 12, 1)),
        ("2025-03-05", (112, 112, 12, 0)),
        ("2010-08-01", (38, 30, 70, 0)),
        ("2010-07-31", (38, 0, 70, 0)),
        ("2008-05-30", (0, 0, 0, 0)),
    ],
)
def test_the_conventions_counts_on_both_bases(ccm, day, counts):
    assert on(ccm, day) == counts


def test_all_197_states_are_listed_in_order(ccm):
    codes = [state.iso3 for state in status_table(ccm, date(2026, 11, 23)).states]
    assert len(codes) == 197
    assert codes == sorted(codes)


def test_the_convention_entered_into_force_six_months_after_the_thirtieth_deposit(ccm):
    assert general_entry_into_force(ccm, date(2010, 2, 15)) is None
    assert general_entry_into_force(ccm, date(2010, 2, 16)) == date(2010, 8, 1)


def test_the_other_treaty_runs_on_the_same_code(apmbc):
    assert general_entry_into_force(apmbc, date(1998, 9, 15)) is None
    assert general_entry_into_force(apmbc, date(1998, 9, 16)) == date(1999, 3, 1)
    table = status_table(apmbc, date(2026, 11, 23))
    assert (table.deposited, table.withdrawn) == (162, 5)


def test_a_deposit_known_to_the_year_leaves_entry_into_force_unknown(apmbc):
    lebanon = standing(apmbc, "LBN", date(2026, 11, 23))
    assert (lebanon.status, str(lebanon.consent.date), lebanon.entry_into_force) == ("deposited", "2026", None)
    assert standing(apmbc, "LBN", date(2025, 12, 31)).status == "none"
    assert standing(apmbc, "LBN", date(2027, 6, 1)).status == "party"


def test_successions_are_kept_as_such_and_marked_doubtful(apmbc):
    for iso3 in ("MNE", "SSD"):
        found = standing(apmbc, iso3, date(2026, 11, 23))
        assert (found.consent.kind, found.doubtful, found.status) == ("succession", True, "party")


@pytest.mark.parametrize(
    ("deposit", "enters"),
    [
        ("2008-12-03", "2010-08-01"),
        ("2010-02-16", "2010-08-01"),
        ("2010-02-28", "2010-08-01"),
        ("2010-03-01", "2010-09-01"),
        ("2011-08-31", "2012-02-01"),
        ("2012-02-29", "2012-08-01"),
        ("2024-12-31", "2025-06-01"),
        ("2025-03", "2025-09-01"),
    ],
)
def test_entry_into_force_by_day_of_deposit(ccm, given, deposit, enters):
    law = given(instruments=[*ccm.instruments, act("THA", "accession", deposit)])
    assert standing(law, "THA", date(2026, 11, 23)).entry_into_force == date.fromisoformat(enters)


def test_entry_into_force_is_shown_ahead_once_it_can_be_computed(ccm):
    ahead = standing(ccm, "VUT", date(2025, 9, 5))
    assert (ahead.status, ahead.entry_into_force) == ("deposited", date(2026, 3, 1))
    before_the_thirtieth = standing(ccm, "NOR", date(2009, 1, 1))
    assert (before_the_thirtieth.status, before_the_thirtieth.entry_into_force) == ("deposited", None)


def test_provisional_application_is_kept_and_moves_no_clock(ccm):
    belize = standing(ccm, "BLZ", date(2026, 11, 23))
    assert str(belize.provisional_application) == "2014-09-02"
    assert belize.entry_into_force == date(2015, 3, 1)


def test_a_state_is_out_on_its_withdrawal_date_and_keeps_its_history(ccm):
    pending = standing(ccm, "LTU", date(2025, 3, 5))
    assert (pending.status, pending.withdrawal_effective) == ("party", date(2025, 3, 6))
    out = standing(ccm, "LTU", date(2025, 3, 6))
    assert (out.status, out.entry_into_force) == ("withdrawn", date(2011, 9, 1))
    assert "LTU" not in parties(ccm, date(2025, 3, 6), "deposited")
    assert standing(ccm, "LTU", date(2024, 9, 5)).withdrawal_notified is None


CONFLICT = [act("LAO", "withdrawal", "2020-01-31"), act("LAO", "conflict-begins", "2020-03-01")]


def test_a_withdrawal_waits_for_the_end_of_an_armed_conflict(ccm, given):
    suspended = standing(given(instruments=[*ccm.instruments, *CONFLICT]), "LAO", date(2021, 1, 1))
    assert (suspended.status, suspended.withdrawal_effective) == ("party", None)
    over = given(instruments=[*ccm.instruments, *CONFLICT, act("LAO", "conflict-ends", "2021-05-05")])
    assert standing(over, "LAO", date(2021, 5, 4)).status == "party"
    assert standing(over, "LAO", date(2021, 5, 5)).status == "withdrawn"


def test_a_conflict_that_ended_within_the_six_months_delays_nothing(ccm, given):
    law = given(instruments=[*ccm.instruments, *CONFLICT, act("LAO", "conflict-ends", "2020-06-01")])
    assert standing(law, "LAO", date(2021, 1, 1)).withdrawal_effective == date(2020, 7, 31)


def test_a_revoked_notice_of_withdrawal_has_no_effect(ccm, given):
    law = given(instruments=[*ccm.instruments, CONFLICT[0], act("LAO", "withdrawal-revoked", "2020-05-01")])
    found = standing(law, "LAO", date(2021, 1, 1))
    assert (found.status, found.withdrawal_notified) == ("party", None)


def test_an_instrument_taken_back_before_entry_into_force_no_longer_counts(ccm, given):
    law = given(instruments=[*ccm.instruments, act("THA", "accession", "2020-01-02"), act("THA", "instrument-withdrawn", "2020-01-08")])
    assert standing(law, "THA", date(2020, 1, 5)).status == "deposited"
    assert standing(law, "THA", date(2020, 8, 1)).status == "none"


def test_a_state_may_come_back_after_withdrawing(ccm, given):
    law = given(instruments=[*ccm.instruments, act("LTU", "accession", "2026-01-10")])
    back = standing(law, "LTU", date(2026, 11, 23))
    assert (back.status, back.entry_into_force, back.withdrawal_effective) == ("party", date(2026, 7, 1), None)


def test_nothing_is_said_of_a_day_before_adoption(ccm):
    with pytest.raises(BeforeAdoption, match="2008-05-29 is before the treaty was adopted on 2008-05-30"):
        status_table(ccm, date(2008, 5, 29))


def test_an_unknown_state_is_refused(ccm):
    with pytest.raises(UnknownState, match="No State has the code “XYZ”"):
        standing(ccm, "XYZ", date(2020, 1, 1))


def test_a_name_that_changed_is_kept_with_its_dates(ccm):
    assert ccm.name("SWZ", on=date(2015, 1, 1)) == "Swaziland"
    assert ccm.name("SWZ", on=date(2020, 1, 1)) == "Eswatini"
    assert ccm.name("SWZ", "fr", on=date(2020, 1, 1)) == "Eswatini"


def test_the_founding_day_shows_the_two_bases_apart(ccm):
    day = date(2012, 2, 29)
    deposited, in_force = parties(ccm, day, "deposited"), parties(ccm, day, "in-force")
    assert set(in_force) < set(deposited)
    kinds = Counter(state.consent.kind for state in status_table(ccm, day).states if state.consent)
    assert sum(kinds.values()) == len(deposited)


@pytest.mark.parametrize("day", [date(2100, 1, 1), date(9999, 12, 31)])
def test_a_day_too_far_ahead_is_refused_in_one_sentence(ccm, day):
    with pytest.raises(TooFarAhead, match="before the year 2100"):
        obligations(ccm, day, iso3="LAO")
