"""The engine's switches and edge cases, one by one, on small scales that can be checked by hand."""

from datetime import date
from fractions import Fraction

import pytest

from servanda.treaty.apportionment import apportion
from servanda.treaty.errors import Infeasible, NothingToShare, PayerWithoutRate, TextRefused, UnknownModel
from servanda.treaty.financing import run_model
from servanda.treaty.model import read_model
from servanda.treaty.money import Currency, Money
from servanda.treaty.payers import NoScaleForYear, choose_scale, months_in, read_payers
from servanda.treaty.shares import Citation, Rate, Scale

CHF = Currency("CHF", 2)
KNOWN = frozenset({"AAA", "BBB", "CCC", "DDD", "EUE"})


def model(**keys):
    base = {
        "id": "test",
        "title": "A test",
        "standing": "example",
        "cite": {"document": "a test"},
        "checked_on": "2026-11-23",
        "parts": {"core": {"assessed": True}},
        "payers": {"basis": "in-force"},
        "scale": {"for": "budget-year"},
        "rounding": {"stage": "amount", "places": 2, "mode": "largest-remainder"},
    }
    return read_model(base | keys, "test.yaml", known=KNOWN)


def scale(**rates: str) -> Scale:
    return Scale("A/RES/0/0", (2010, 2012), {key: Rate.parse(rate) for key, rate in rates.items()}, frozenset(), {}, Citation("a test"))


def amounts(pool: str, on: Scale, payers: str = "AAA BBB CCC", least: str = "", months=None, **keys) -> dict[str, str]:
    found = apportion(
        pool=Money.parse(pool, CHF),
        model=model(**keys),
        payers=payers.split(),
        scale=on,
        least_developed=frozenset(least.split()),
        months=months,
    )
    if found.model.rounding.mode == "largest-remainder":
        assert found.sum == found.shared
        assert str(found.difference) == "0.00"
    return {row.iso3: str(row.amount) for row in found.rows}


THREE = scale(AAA="22.000", BBB="10.000", CCC="0.001")


def test_shares_follow_the_rates_and_add_up():
    assert amounts("100.00", scale(AAA="1", BBB="1", CCC="1")) == {"AAA": "33.34", "BBB": "33.33", "CCC": "33.33"}
    assert amounts("320.01", THREE) == {"AAA": "220.00", "BBB": "100.00", "CCC": "0.01"}


@pytest.mark.parametrize(("pool", "expected"), [("0", "0.00 0.00 0.00"), ("0.01", "0.01 0.00 0.00"), ("1000000000000", None)])
def test_pools_of_nothing_of_one_unit_and_of_a_million_millions_are_answered(pool, expected):
    found = amounts(pool, THREE)
    assert expected is None or list(found.values()) == expected.split()


def test_one_payer_carries_all_and_no_payer_is_refused():
    assert amounts("7.77", THREE, "BBB") == {"BBB": "7.77"}
    with pytest.raises(NothingToShare):
        amounts("7.77", THREE, "")


def test_zero_weights_alone_are_refused():
    with pytest.raises(Infeasible, match="no payer has a weight above zero"):
        amounts("1.00", scale(AAA="0.000"), "AAA")


def test_a_payer_without_a_rate_is_refused_by_name_with_the_remedy():
    with pytest.raises(PayerWithoutRate, match="DDD: no rate on A/RES/0/0; state a notional rate"):
        amounts("1.00", THREE, "AAA DDD")


def test_a_notional_rate_is_scaled_with_the_others_and_noted():
    found = apportion(
        pool=Money.parse("100.00", CHF),
        model=model(rates_outside_scale={"DDD": {"rate": "10.000", "cite": {"document": "a decision"}}}),
        payers=["BBB", "DDD"],
        scale=THREE,
    )
    assert [str(row.amount) for row in found.rows] == ["50.00", "50.00"]
    assert "as an assumption" in found.rows[1].note


def test_fixed_shares_are_taken_first_and_their_payer_is_added():
    assert amounts("200.00", THREE, "AAA BBB", fixed_shares={"EUE": "2.500"}, weights="equal") == {
        "AAA": "97.50",
        "BBB": "97.50",
        "EUE": "5.00",
    }


def test_payers_under_the_threshold_pay_nothing():
    assert amounts("100.00", THREE, exempt_below="0.100") == {"AAA": "68.75", "BBB": "31.25", "CCC": "0.00"}


def test_a_ceiling_is_carried_by_the_others():
    assert amounts("100.00", scale(AAA="8", BBB="1", CCC="1"), ceiling="50.000") == {"AAA": "50.00", "BBB": "25.00", "CCC": "25.00"}


def test_four_payers_under_a_ceiling_of_22_per_cent_are_refused_with_what_is_left():
    with pytest.raises(Infeasible, match=r"the ceilings of 4 payers carry 88.00 of 100.00, so 12.00 cannot be carried"):
        amounts("100.00", scale(AAA="1", BBB="1", CCC="1", DDD="1"), "AAA BBB CCC DDD", ceiling="22.000")


def test_floors_above_the_pool_are_refused():
    with pytest.raises(Infeasible, match="add up to"):
        amounts("100.00", THREE, floor="40.000")
    with pytest.raises(Infeasible, match="least amounts of 3 payers"):
        amounts("100.00", THREE, minimum="50.00")


def test_floors_and_ceilings_together_are_solved_jointly():
    found = amounts("100.00", scale(AAA="70", BBB="20", CCC="9", DDD="1"), "AAA BBB CCC DDD", floor="10.000", ceiling="40.000")
    assert found == {"AAA": "40.00", "BBB": "34.48", "CCC": "15.52", "DDD": "10.00"}


def test_a_cap_for_least_developed_countries():
    found = amounts("1000.00", scale(AAA="1", BBB="1", CCC="1"), least="CCC", ldc={"cap": "0.010"})
    assert found == {"AAA": "499.95", "BBB": "499.95", "CCC": "0.10"}


@pytest.mark.parametrize(("wins", "expected"), [(True, "1.00"), (False, "0.10")])
def test_whether_the_minimum_or_the_cap_wins_is_a_switch(wins, expected):
    found = amounts("1000.00", scale(AAA="1", BBB="1", CCC="1"), least="CCC", ldc={"cap": "0.010"}, minimum="1.00", minimum_over_cap=wins)
    assert found["CCC"] == expected


def test_a_payer_at_its_ceiling_never_receives_the_extra_unit():
    found = amounts("100.01", scale(AAA="9", BBB="1", CCC="1"), ceiling="50.000")
    assert found == {"AAA": "50.00", "BBB": "25.01", "CCC": "25.00"}


def test_a_minimum_is_not_cut_by_the_remainder():
    found = amounts("100.00", scale(AAA="97", BBB="2", CCC="0.001"), minimum="3.33")
    assert found["CCC"] == found["BBB"] == "3.33"


def test_one_factor_instead_of_scaling_prints_its_difference():
    found = apportion(
        pool=Money.parse("100.00", CHF),
        model=model(factor="0.5", rounding={"stage": "amount", "places": 2, "mode": "half-up"}),
        payers=["AAA", "BBB"],
        scale=THREE,
    )
    assert [str(row.amount) for row in found.rows] == ["11.00", "5.00"]
    assert str(found.difference) == "-84.00"


def test_the_rounding_stage_is_a_switch():
    on = scale(AAA="1", BBB="1", CCC="1")
    half_up = {"stage": "amount", "places": 0, "mode": "half-up"}
    assert list(amounts("1000000.00", on, rounding=half_up).values()) == ["333333.00"] * 3
    by_rate = {"stage": "rate", "rate_places": 3, "places": 0, "mode": "half-up"}
    assert list(amounts("1000000.00", on, rounding=by_rate).values()) == ["333330.00"] * 3


@pytest.mark.parametrize(("mode", "expected"), [("half-up", "0.03"), ("half-even", "0.02")])
def test_the_rounding_mode_is_a_switch(mode, expected):
    found = amounts("0.05", scale(AAA="1", BBB="1"), "AAA BBB", rounding={"stage": "amount", "places": 2, "mode": mode})
    assert found["AAA"] == expected


def test_equal_weights_and_classes():
    assert amounts("9.00", THREE, weights="equal") == dict.fromkeys(("AAA", "BBB", "CCC"), "3.00")
    assert amounts("10.00", THREE, "AAA BBB", weights={"classes": {"AAA": 3, "BBB": "0.5"}}) == {"AAA": "8.57", "BBB": "1.43"}


def test_a_reserve_is_added_to_the_pool():
    found = apportion(pool=Money.parse("100.00", CHF), model=model(reserve="15.000"), payers=["AAA"], scale=THREE)
    assert (str(found.pool), str(found.shared), str(found.rows[0].amount), found.rule["reserve"]) == ("100.00", "115.00", "115.00", "15.00")


def test_a_payer_for_a_part_of_the_year_is_weighed_by_its_months():
    assert amounts("180.00", scale(AAA="1", BBB="1"), "AAA BBB", months={"BBB": 6}) == {"AAA": "120.00", "BBB": "60.00"}


def test_months_of_joiners_and_leavers(ccm):
    twelfths = model(joiners="twelfths", leavers="twelfths")
    assert months_in(ccm, twelfths, ["LAO", "VUT"], date(2026, 6, 1)) == {"VUT": 10}
    assert months_in(ccm, twelfths, ["LTU"], date(2025, 2, 1)) == {"LTU": 3}
    assert months_in(ccm, model(), ["VUT"], date(2026, 6, 1)) == {}


def test_every_row_carries_a_working_that_can_be_redone():
    found = apportion(pool=Money.parse("320.01", CHF), model=model(), payers=["AAA", "BBB", "CCC"], scale=THREE)
    assert [str(remark) for remark in found.rows[0].working] == [
        "Rate on A/RES/0/0: 22.000.",
        "22 of 32.001 in all: 68.747852 per cent of what is shared.",
        "68.747852 per cent of 320.01 is 220.000000, printed as 220.00.",
    ]


def test_a_named_scale_of_other_years_is_used_with_a_warning(ccm):
    held, warnings = choose_scale(ccm, ccm.model("assessed"), 2027)
    assert held.resolution == "A/RES/64/248"
    assert [str(remark) for remark in warnings] == ["A/RES/64/248 is for 2010–2012 and is used for 2027 because it was named."]


def test_no_scale_for_the_budget_year_is_refused(ccm):
    with pytest.raises(NoScaleForYear, match="No scale we hold covers 2033"):
        choose_scale(ccm, ccm.model("plain-scale"), 2033)


@pytest.mark.parametrize("basis", ["in-force", "deposited"])
@pytest.mark.parametrize("day", ["2010-08-01", "2011-12-31", "2012-02-29", "2026-11-23"])
def test_no_default_run_of_a_shipped_model_is_refused(ccm, basis, day):
    on = date.fromisoformat(day)
    for held in ccm.models.values():
        found = run_model(ccm, Money.parse("500000.00", CHF), held, on, year=on.year, basis=None if held.basis == "listed" else basis)
        assert found.payers > 0
        if held.rounding.mode == "largest-remainder":
            assert str(found.difference) == "0.00"


def test_payers_from_a_file(ccm):
    assert read_payers(ccm, "LAO\n# donors\n\nche\n", "p.txt") == ("CHE", "LAO")
    for text, says in (("LAO\nXYZ\n", "p.txt: line 2: no State has the code “XYZ”"), ("LAO\nLAO\n", "p.txt: line 2: LAO stands twice")):
        with pytest.raises(TextRefused, match=says):
            read_payers(ccm, text, "p.txt")


def test_an_unknown_model_is_refused(ccm):
    with pytest.raises(UnknownModel, match="use one of ascobans, assessed, att"):
        ccm.model("nope")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("checked_on: 2026-11-23\n", ""), "checked_on: the key is missing"),
        (("cite:", "sight:"), "the key is missing"),
        (('ceiling: "22.000"', "ceiling: 22.000"), "ceiling: 22.000 is a bare number"),
        (("ceiling:", "cieling:"), "unknown key “cieling”; write “ceiling” if that is meant"),
        (("VAT:", "XAT:"), "rates_outside_scale.XAT: no State has the code “XAT”"),
        (("stage: amount", "stage: ammount"), "rounding.stage: “ammount” is not accepted here; use one of amount, rate"),
        (("standing: example", "standing: example\nstanding: proposed"), "standing: the key stands twice"),
    ],
)
def test_a_model_file_with_an_error_names_file_key_and_remedy(ccm, change, says):
    text = (ccm.folder.parent / "finance" / "cbd.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(TextRefused) as caught:
        ccm.read_model(text.replace(*change, 1), "mine.yaml")
    assert str(caught.value).startswith("mine.yaml: ")
    assert says in str(caught.value)


def test_a_float_never_reaches_a_weight_or_an_amount():
    found = apportion(pool=Money.parse("1.00", CHF), model=model(), payers=["AAA", "BBB"], scale=THREE)
    assert {type(row.share) for row in found.rows} == {Fraction}
    assert {type(row.amount.units) for row in found.rows} == {int}
