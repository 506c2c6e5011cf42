"""Deadlines with their reasons: the real record, then the edge cases of the treaty's clocks."""

from datetime import date

import pytest

from servanda.treaty.errors import UnknownArticle
from servanda.treaty.obligations import obligations

from .conftest import act, decision, meeting

TODAY = date(2026, 11, 23)


def owed(law, iso3, id, day=TODAY, period=None):
    found = [item for item in obligations(law, day, iso3=iso3) if item.id == id and (period is None or item.period == period)]
    return found[0] if len(found) == 1 else found


def test_lao_stockpile_clearance_and_initial_dates(ccm):
    assert str(owed(ccm, "LAO", "article-3-stockpile").due) == "2018-08-01"
    assert owed(ccm, "LAO", "article-4-clearance").original_due == date(2020, 8, 1)
    assert str(owed(ccm, "LAO", "article-7-initial").due) == "2011-01-28"


def test_the_working_lets_a_reader_redo_the_sum(ccm):
    because = owed(ccm, "LAO", "article-7-initial").because
    assert because.inputs == {"entry_into_force": "2010-08-01", "days": 180}
    assert str(because.rule) == "180 calendar days after entry into force for the State."
    assert "Article 7" in because.cite


def test_180_days_are_counted_over_a_leap_day(ccm, given):
    law = given(instruments=[*ccm.instruments, act("THA", "accession", "2023-08-15")])
    initial = owed(law, "THA", "article-7-initial")
    assert str(initial.due) == "2024-07-30"
    assert [item.period for item in owed(law, "THA", "article-7-annual")] == ["2024", "2025", "2026"]
    assert str(owed(law, "THA", "article-7-annual", period="2024").due) == "2025-04-30"


def test_annual_reports_run_to_the_first_date_after_the_day_asked(ccm):
    assert str(owed(ccm, "VUT", "article-7-annual").due) == "2027-04-30"
    assert str(owed(ccm, "LAO", "article-7-annual", date(2012, 4, 30))[-1].due) == "2013-04-30"
    assert str(owed(ccm, "LAO", "article-7-annual", date(2012, 4, 29))[-1].due) == "2012-04-30"


def test_nothing_arises_before_entry_into_force(ccm):
    assert obligations(ccm, date(2026, 2, 28), iso3="VUT") == ()
    assert {item.id for item in obligations(ccm, date(2026, 3, 1), iso3="VUT")} == {
        "article-3-stockpile",
        "article-4-clearance",
        "article-7-initial",
        "article-7-annual",
    }


def test_what_nothing_tells_us_about_is_listed_as_not_known_and_never_overdue(ccm):
    stockpile = owed(ccm, "NOR", "article-3-stockpile")
    assert (stockpile.applies, stockpile.state, stockpile.overdue_on(TODAY)) == (None, "no-record", False)


def test_extensions_take_effect_from_the_day_they_were_granted(ccm):
    before, after = owed(ccm, "LAO", "article-4-clearance", date(2019, 8, 1)), owed(ccm, "LAO", "article-4-clearance", date(2020, 1, 1))
    assert str(before.due) == "2020-08-01"
    assert (str(after.due), after.original_due) == ("2025-08-01", date(2020, 8, 1))


def test_a_request_without_a_known_decision_is_never_overdue(ccm):
    for iso3 in ("AFG", "CHL", "DEU", "LBN", "MRT", "SOM"):
        clearance = owed(ccm, iso3, "article-4-clearance")
        assert (iso3, clearance.state, clearance.overdue_on(TODAY)) == (iso3, "extension-requested", False)
        assert any("decision not known to us" in str(remark) for remark in clearance.evidence)


def test_declared_compliance_meets_the_obligation(ccm):
    for iso3 in ("HRV", "MNE", "MOZ", "BIH"):
        assert owed(ccm, iso3, "article-4-clearance").state == "met"
    assert owed(ccm, "HRV", "article-4-clearance", date(2020, 7, 9)).state == "open"


def test_a_declaration_can_be_reopened(ccm, given):
    more = decision("HRV", "4", "contamination-found", date="2022-05-01")
    law = given(decisions=[*ccm.decisions, more])
    assert owed(law, "HRV", "article-4-clearance").state == "no-record"
    again = decision("HRV", "4", "declared-compliant", date="2023-05-01")
    assert owed(given(decisions=[*ccm.decisions, more, again]), "HRV", "article-4-clearance").state == "met"


def test_grants_stack_in_months_and_may_be_shorter_than_asked(ccm, given):
    rows = [
        decision("LAO", "4", "requested", until="2025-08-01", meeting="9msp"),
        decision("LAO", "4", "granted", months=18, date="2019-09-04", meeting="9msp"),
        decision("LAO", "4", "granted", months=15, date="2021-09-21", meeting="2rc"),
    ]
    clearance = owed(given(decisions=rows), "LAO", "article-4-clearance")
    assert str(clearance.due) == "2023-05-01"
    assert clearance.because.inputs["extensions"] == ["2022-02-01 (2019-09-04)", "2023-05-01 (2021-09-21)"]
    assert any("shorter than the one requested (2025-08-01)" in str(remark) for remark in clearance.evidence)
    assert clearance.state == "no-record"
    assert clearance.overdue_on(TODAY)


def test_a_deadline_known_to_the_year_is_shown_to_the_year(ccm):
    iraq = owed(ccm, "IRQ", "article-4-clearance")
    assert (str(iraq.due), iraq.state) == ("2028", "open")


def test_later_hostilities_start_a_second_clock(ccm, given):
    law = given(decisions=[*ccm.decisions, decision("LAO", "4", "hostilities-ended", date="2022-02-28")])
    first, second = owed(law, "LAO", "article-4-clearance")
    assert (first.period, str(second.due), second.period) == (None, "2032-02-28", "2022-02-28")
    assert str(second.because.rule) == "10 years after the end of the active hostilities in which the remnants arose."


def test_the_request_date_follows_the_meeting_it_depends_on(ccm, given):
    states = [meeting("a", "2031-09-12"), meeting("b", "2032-09-10")]
    law = given(meetings=states, decisions=[decision("LAO", "4", "granted", until="2032-08-01", date="2025-09-16")])
    ask = owed(law, "LAO", "article-4-clearance").request_by
    assert (ask.day, ask.meeting) == (date(2030, 12, 12), "A")
    moved = given(meetings=[meeting("a", "2031-11-30"), states[1]], decisions=law.decisions)
    assert owed(moved, "LAO", "article-4-clearance").request_by.day == date(2031, 2, 28)


def test_a_report_is_met_by_what_was_received_by_the_day(ccm):
    initial = owed(ccm, "AFG", "article-7-initial", date(2012, 8, 28))
    assert initial.state == "open"
    assert owed(ccm, "AFG", "article-7-initial").state == "met"


def test_a_missing_row_reads_no_report_known_to_us(ccm):
    missing = [item for item in owed(ccm, "NRU", "article-7-annual") if item.state == "no-record"]
    assert missing
    assert all("No report known to us; our list of reports is partial." in map(str, item.evidence) for item in missing)


def test_withdrawal_ends_what_lies_ahead_and_keeps_what_was_owed(ccm):
    annual = owed(ccm, "LTU", "article-7-annual")
    assert str(annual[0].due) == "2012-04-30"
    assert str(annual[-1].due) == "2024-04-30"
    assert str(owed(ccm, "LTU", "article-7-annual", date(2024, 12, 1))[-1].due) == "2025-04-30"


@pytest.mark.parametrize("label", ["4", "Article 4", "art. 4"])
def test_one_article_can_be_asked_for(ccm, label):
    assert {item.article for item in obligations(ccm, TODAY, article=label)} == {"4"}


def test_an_article_without_obligations_is_refused(ccm):
    with pytest.raises(UnknownArticle, match="use one of 3, 4, 7"):
        obligations(ccm, TODAY, article="99")


def test_the_other_treaty_has_its_own_numbers(apmbc):
    norway = {item.id: str(item.due) for item in obligations(apmbc, TODAY, iso3="NOR") if item.period is None}
    assert norway == {"article-4-stockpile": "2003-03-01", "article-5-clearance": "2009-03-01", "article-7-initial": "1999-08-28"}
