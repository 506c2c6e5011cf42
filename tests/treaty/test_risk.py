from datetime import date

import pytest

from servanda.treaty.financing import compare, read_budget
from servanda.treaty.risk import ScenariosRefused, load_calibration, simulate
from servanda.treaty.texts import DATA

SAMPLE = (DATA / "finance" / "sample-budget.yaml").read_text(encoding="utf-8")


def drawn(law, model="assessed", text=SAMPLE, **options):
    budget = read_budget(law, text, "b.yaml")
    result = compare(law, budget, [law.model(model)], date(2026, 11, 23)).results[0]
    return simulate(budget, result, load_calibration(law), **options)


def test_the_same_seed_gives_the_same_answer(ccm):
    assert drawn(ccm, scenarios=2000, seed=7) == drawn(ccm, scenarios=2000, seed=7)
    assert drawn(ccm, scenarios=2000, seed=7) != drawn(ccm, scenarios=2000, seed=8)


def test_four_quarters_with_ordered_percentiles_and_probabilities(ccm):
    found = drawn(ccm, scenarios=2000)
    assert [quarter.number for quarter in found.quarters] == [1, 2, 3, 4]
    for quarter in found.quarters:
        assert quarter.cash_p5 <= quarter.cash_p50 <= quarter.cash_p95
        assert 0 <= quarter.shortfall_probability <= 1
        assert type(quarter.cash_p50.units) is int


def test_money_already_received_for_everything_cannot_fall_short(ccm):
    paid = SAMPLE.replace('"150000.00", standing: offered', '"620000.00", standing: received')
    found = drawn(ccm, "voluntary", paid, scenarios=500)
    assert {quarter.shortfall_probability for quarter in found.quarters} == {0.0}
    assert str(found.quarters[3].cash_p50) == "0.00"


def test_nothing_assessed_and_nothing_given_falls_short_at_once(ccm):
    assert {quarter.shortfall_probability for quarter in drawn(ccm, "voluntary", scenarios=500).quarters} == {1.0}


def test_the_loss_of_the_largest_source(ccm):
    assert str(drawn(ccm, scenarios=10).largest_donor_loss) == "128042.59"


@pytest.mark.parametrize("scenarios", [0, -5, 1_000_001])
def test_an_impossible_number_of_scenarios_is_refused(ccm, scenarios):
    with pytest.raises(ScenariosRefused):
        drawn(ccm, scenarios=scenarios)


def test_an_offer_counts_only_where_the_figure_says_so(ccm):
    offered = SAMPLE.replace('"150000.00"', '"9000000.00"')
    last, before = drawn(ccm, text=offered, scenarios=2000).quarters[3], drawn(ccm, scenarios=2000).quarters[3]
    assert (last.cash_p50, last.shortfall_probability) == (before.cash_p50, before.shortfall_probability)
    assert last.shortfall_if_offers_accepted < before.shortfall_if_offers_accepted < 1.0


def test_without_the_largest_source_a_shortfall_is_never_rarer(ccm):
    for quarter in drawn(ccm, scenarios=2000).quarters:
        assert quarter.shortfall_without_largest >= quarter.shortfall_probability


def test_a_single_giver_that_stays_away_leaves_nothing(ccm):
    given = SAMPLE.replace('"150000.00", standing: offered', '"620000.00", standing: received')
    found = drawn(ccm, "voluntary", given, scenarios=200)
    assert {quarter.shortfall_without_largest for quarter in found.quarters} == {1.0}
    assert str(found.largest_donor_loss) == "620000.00"


def test_what_the_five_largest_payers_carry(ccm):
    assert 60 < drawn(ccm, scenarios=10).top_five < 70
