"""Loading the texts: what is wrong in a file is refused by file, key and remedy; what is old is warned of."""

import shutil
from datetime import date

import pytest

from servanda.treaty.errors import TextRefused, UnknownCurrency, UnknownScale, UnknownTreaty
from servanda.treaty.law import load_law
from servanda.treaty.status import status_table
from servanda.treaty.texts import DATA


@pytest.fixture
def folder(tmp_path):
    """A treaty folder of one's own, as `servanda export` writes it."""
    shutil.copytree(DATA / "ccm", tmp_path / "mine")
    shutil.copytree(DATA / "scales", tmp_path / "mine" / "scales")
    return tmp_path / "mine"


def change(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_folder_is_a_treaty(folder):
    assert status_table(load_law(str(folder)), date(2026, 11, 23)).in_force == 112


def test_a_treaty_that_is_not_there_is_refused():
    with pytest.raises(UnknownTreaty, match="use one of apmbc, ccm, or the path of a treaty folder"):
        load_law("nope")


def test_a_version_without_a_citation_is_refused(folder):
    path = folder / "provisions" / "article-7-initial.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line for line in text.splitlines() if "cite:" not in line), encoding="utf-8")
    with pytest.raises(TextRefused, match=r"article-7-initial\.yaml: versions\.2010-08-01\.cite: the key is missing; add it\."):
        _ = load_law(str(folder)).provisions


def test_an_unknown_key_is_refused(folder):
    change(folder / "treaty.yaml", "threshold:", "treshold:")
    with pytest.raises(TextRefused, match=r"treaty\.yaml"):
        _ = load_law(str(folder)).treaty


def test_a_scale_that_does_not_add_up_is_refused(folder):
    change(folder / "scales" / "un-2013-2015.csv", "AFG,0.005", "AFG,0.006")
    with pytest.raises(TextRefused, match=r"un-2013-2015\.yaml: sum: the rates add up to 100\.001, the resolution says 100\.000"):
        _ = load_law(str(folder)).scales


def test_a_state_that_does_not_exist_is_refused(folder):
    change(folder / "instruments.csv", "AFG,", "AFX,")
    with pytest.raises(
        TextRefused, match=r"mine/instruments\.csv: row 2, iso3: no State has the code “AFX”; use a code of states/states\.csv"
    ):
        _ = load_law(str(folder)).instruments


def test_a_fact_without_a_source_is_refused(folder):
    path = folder / "meetings.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = ",".join([*lines[1].split(",")[:8], ""])
    path.write_text("\n".join([lines[0], lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(TextRefused, match=r"meetings\.csv: row 2"):
        _ = load_law(str(folder)).meetings


def test_a_text_checked_over_a_year_ago_is_a_warning(ccm):
    assert list(ccm.stale(date(2027, 11, 23))) == []
    warnings = [str(remark) for remark in ccm.stale(date(2027, 11, 24))]
    assert any(warning.startswith("treaty.yaml was last checked on 2026-11-23, over a year before 2027-11-24") for warning in warnings)


def test_scales_cover_2010_to_2027_and_each_adds_up(ccm):
    assert [scale.period for scale in ccm.scales] == [(2010, 2012), (2013, 2015), (2016, 2018), (2019, 2021), (2022, 2024), (2025, 2027)]
    assert {scale.total for scale in ccm.scales} == {100}
    for wanted in ("2009", "2028", "A/RES/1/1", ""):
        with pytest.raises(UnknownScale):
            ccm.scale(wanted)


def test_names_in_six_languages_for_every_state(ccm):
    held = {(name.iso3, name.language) for name in ccm.names if name.kind == "short" and name.until is None}
    assert len(held) == 197 * 6


def test_an_unknown_currency_is_refused(ccm):
    assert ccm.currency("jpy").places == 0
    with pytest.raises(UnknownCurrency):
        ccm.currency("ZZZ")


def test_the_twelve_models_are_shipped_and_none_claims_to_be_adopted(ccm):
    expected = [
        "ascobans",
        "assessed",
        "att",
        "cbd",
        "classes",
        "equal-shares",
        "hybrid",
        "montreal",
        "plain-scale",
        "ramsar",
        "voluntary",
        "who-2003",
    ]
    assert list(ccm.model_ids()) == expected
    standings = {id: model.standing for id, model in ccm.models.items()}
    assert {id for id, standing in standings.items() if standing == "proposed"} == {"assessed", "voluntary", "hybrid"}
    assert set(standings.values()) == {"proposed", "example"}
