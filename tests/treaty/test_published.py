"""The engine reproduces what other bodies published (data/published), row for row."""

import csv
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servanda.treaty.apportionment import apportion
from servanda.treaty.law import load_law
from servanda.treaty.model import read_model
from servanda.treaty.money import Currency, Money
from servanda.treaty.obligations import obligations
from servanda.treaty.shares import percent_text
from servanda.treaty.texts import DATA

USD = Currency("USD", 2)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "published" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def montreal(stage: str):
    """The Montreal rule with its rounding stage: all members of the United Nations and the European Union's notional rate."""
    law = load_law("ccm")
    model = law.model("montreal")
    value = {
        "id": "montreal", "title": "t", "standing": "example", "cite": {"document": "t"}, "checked_on": "2026-11-23",
        "parts": {}, "payers": {"basis": "deposited"}, "scale": {"for": "budget-year"},
        "rates_outside_scale": {"EUE": {"rate": "2.500", "cite": {"document": "t"}}},
        "exempt_below": model.exempt_below.text, "ceiling": model.ceiling.text,
        "rounding": {"stage": stage, "places": 0, "rate_places": 3, "mode": "half-up"},
    }  # fmt: skip
    return read_model(value, "t", known=frozenset(law.state_codes) | {"EUE"})


def share_out(resolution: str, pool: str, stage: str):
    scale = load_law("ccm").scale(resolution)
    payers = [iso3 for iso3 in scale.rates if iso3 not in scale.outside]
    found = apportion(pool=Money.parse(pool, USD), model=montreal(stage), payers=[*payers, "EUE"], scale=scale)
    return {row.iso3: row for row in found.rows}


def test_montreal_2011_2012_rates_and_amounts():
    found = share_out("64/248", "4276930", "amount")
    for row in rows("montreal_2011_2012_partial.csv"):
        payer = found[row["iso3"]]
        assert (row["iso3"], str(payer.amount)) == (row["iso3"], row["amount_2011_usd"] + ".00")
        assert percent_text(payer.share, 3) == row["adj_22_cap"]


@pytest.mark.parametrize(
    ("resolution", "pool", "stage", "column"),
    [
        ("67/238", "4281190", "amount", "amount_2016_usd"),
        ("70/245", "5756625", "rate", "amount_2017_usd"),
        ("70/245", "5910916", "rate", "amount_2018_usd"),
    ],
)
def test_montreal_2016_to_2018_amounts(resolution, pool, stage, column):
    found = share_out(resolution, pool, stage)
    for row in rows("montreal_2016_2018_partial.csv"):
        assert (row["iso3"], str(found[row["iso3"]].amount)) == (row["iso3"], row[column] + ".00")


@pytest.mark.parametrize(
    ("year", "pool"),
    [("2019", "2788226435.00"), ("2020", "2805335295.75"), ("2021", "2892559090.50"), ("2022", "2872670355.13"), ("2023", "2925325898.25")],
)
def test_the_regular_budget_within_one_dollar_a_row(year, pool):
    scale = load_law("ccm").scale(year)
    members = [iso3 for iso3 in scale.rates if iso3 not in scale.outside]
    model = montreal("amount")
    plain = replace(model, exempt_below=None, ceiling=None, notional={})
    found = {row.iso3: row for row in apportion(pool=Money.parse(pool, USD), model=plain, payers=members, scale=scale).rows}
    published = [row for row in rows("un_regular_budget_2019_2023.csv") if row["year"] == year and row["iso3"] != "USA"]
    assert len(published) == 192
    for row in published:
        assert abs(found[row["iso3"]].amount.units - int(row["amount_usd"]) * 100) <= 100, row["iso3"]


@pytest.mark.parametrize("name", ["montreal_2004_2005_partial.csv", "montreal_2006_scale_partial.csv"])
def test_tables_on_scales_we_do_not_hold_are_kept_and_say_so(name):
    """disagrees_with: scale not held. The tables stay; the year they need is not among ours."""
    assert rows(name)
    assert not any(scale.covers(2004) or scale.covers(2006) for scale in load_law("ccm").scales)


def test_every_published_original_clearance_deadline_is_ten_years_after_entry_into_force(ccm):
    published = [row for row in rows("ccm_article4_deadlines.csv") if row["kind"] == "original deadline"]
    due = {item.iso3: item.original_due for item in obligations(ccm, date(2026, 11, 23), article="4") if item.period is None}
    assert len(published) == 11
    assert {row["iso3"]: row["published_date"] for row in published} == {row["iso3"]: due[row["iso3"]].isoformat() for row in published}


def test_the_calibration_is_what_the_published_tables_give():
    made = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "calibrate.py"))["calibration"]()
    assert made == (DATA / "finance" / "risk-calibration.yaml").read_text(encoding="utf-8")
