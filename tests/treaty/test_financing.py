"""Budgets under models, side by side: the contract's figures, purses that do not mix, and what-ifs that add up."""

from datetime import date

import pytest

from servanda.treaty.errors import ModelNamedTwice, TextRefused, TreatyError
from servanda.treaty.financing import compare, read_budget, run_model
from servanda.treaty.money import Money
from servanda.treaty.texts import DATA
from servanda.treaty.what_if import moves, what_if

TODAY = date(2026, 11, 23)
SAMPLE = (DATA / "finance" / "sample-budget.yaml").read_text(encoding="utf-8")


def results(law, text=SAMPLE, ids="assessed voluntary hybrid"):
    found = compare(law, read_budget(law, text, "b.yaml"), [law.model(id) for id in ids.split()], TODAY)
    return {result.model.id: result for result in found.results}


def test_the_contracts_figures_with_the_offer_accepted(ccm):
    found = results(ccm, SAMPLE.replace("standing: offered", "standing: accepted"))
    assert {id: (str(result.assessed_pool), str(result.voluntary_needed)) for id, result in found.items()} == {
        "assessed": ("620000.00", "0.00"),
        "hybrid": ("350000.00", "120000.00"),
        "voluntary": ("0.00", "470000.00"),
    }
    assert str(found["assessed"].surplus) == "150000.00"


def test_an_offer_counts_only_where_the_name_says_so(ccm):
    hybrid = results(ccm)["hybrid"]
    assert str(hybrid.assessed_pool) == "500000.00"
    assert str(hybrid.assessed_pool_if_offers_accepted) == "350000.00"
    assert str(hybrid.if_offers_accepted.sum) == "350000.00"


def test_voluntary_money_above_the_core_leaves_nothing_to_share_and_a_surplus(ccm):
    hybrid = results(ccm, SAMPLE.replace('amount: "150000.00", standing: offered', 'amount: "600000.00", standing: received'))["hybrid"]
    assert (str(hybrid.assessed_pool), str(hybrid.surplus)) == ("0.00", "100000.00")
    assert {row.amount.units for row in hybrid.apportionment.rows} == {0}


@pytest.mark.parametrize("purpose", ["sponsorship", "meetings", "victim assistance workshop"])
def test_money_earmarked_elsewhere_lowers_no_line(ccm, purpose):
    found = results(ccm, SAMPLE.replace("to: core", f"to: {purpose}").replace("offered", "received"))
    assert (str(found["hybrid"].assessed_pool), str(found["voluntary"].voluntary_needed)) == ("500000.00", "620000.00")


def test_savings_are_taken_off_once(ccm):
    hybrid = results(ccm, SAMPLE.replace('savings: "0.00"', 'savings: "40000.00"'))["hybrid"]
    assert (str(hybrid.assessed_pool), str(hybrid.voluntary_needed)) == ("460000.00", "120000.00")


def test_what_is_given_in_kind_is_not_cash(ccm):
    budget = read_budget(ccm, SAMPLE, "b.yaml")
    assert [str(kind.value) for kind in budget.in_kind] == ["60000.00"]
    assert str(budget.given("core", "non_core")) == "0.00"


def test_an_accepted_offer_lowers_the_others_by_exactly_the_offer(ccm):
    hybrid = results(ccm)["hybrid"]
    changes = moves(hybrid.apportionment, hybrid.if_offers_accepted)
    assert sum(move.change.units for move in changes) == -15_000_000


def test_a_payer_that_joins_or_leaves_moves_others_and_the_pool_stays(ccm):
    budget = read_budget(ccm, SAMPLE, "b.yaml")
    for change in ({"joins": ["USA"]}, {"leaves": ["JPN"]}):
        found = what_if(ccm, budget, ccm.model("assessed"), TODAY, **change)
        assert sum(move.change.units for move in found) == 0
        assert {move.iso3 for move in found} >= set(*change.values())


def test_differences_carry_the_spread(ccm):
    found = compare(ccm, read_budget(ccm, SAMPLE, "b.yaml"), [ccm.model("assessed"), ccm.model("equal-shares")], TODAY)
    for row in found.differences:
        assert row.spread == max(row.amounts.values()) - min(row.amounts.values())
    assert str(sum((row.amounts["assessed"] for row in found.differences), Money(0, found.budget.currency))) == "620000.00"


def test_a_model_named_twice_is_refused(ccm):
    with pytest.raises(ModelNamedTwice):
        results(ccm, ids="hybrid hybrid")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('core: "500000.00"', "core: 500000.00", 'b.yaml: core: 500000.00 is a bare number; put it in quotes, as in "500000.00".'),
        ('core: "500000.00"', 'core: "-1"', "b.yaml: core: “-1” is not accepted here"),
        ('core: "500000.00"', 'core: "1.005"', "b.yaml: core: “1.005” is not an amount in CHF; this currency has 2 decimals"),
        ("year: 2013", "year: 2013\nyear: 2014", "b.yaml: year: the key stands twice"),
        ("from: CHE, to: core", "from: CHX, to: core", "b.yaml: voluntary[0].from: no State has the code “CHX”"),
        ('amount: "150000.00"', 'amount: "150000.00", currency: USD', "b.yaml: voluntary[0].currency: USD stands in a budget in CHF"),
        ("currency: CHF", "currency: ZZZ", "“ZZZ” is not a currency of ISO 4217"),
        ("standing: offered", "standing: promised", "use one of offered, accepted, received"),
    ],
)
def test_a_budget_with_an_error_gets_one_sentence(ccm, old, new, says):
    assert old in SAMPLE
    with pytest.raises(TreatyError) as caught:
        read_budget(ccm, SAMPLE.replace(old, new, 1), "b.yaml")
    assert says in str(caught.value)


def test_the_scale_of_another_year_is_used_for_the_budget_year(ccm):
    found = run_model(ccm, Money.parse("100.00", ccm.currency("CHF")), ccm.model("plain-scale"), TODAY, year=2013)
    assert found.rule["scale"] == "A/RES/67/238"


def test_an_empty_budget_file_is_refused(ccm):
    with pytest.raises(TextRefused):
        read_budget(ccm, "", "b.yaml")
