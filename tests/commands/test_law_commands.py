"""The command line: names, keys and exit codes of the contract, sentences for people, and no Django."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import datetime

import openpyxl
import pytest
from docx import Document

from servanda.cli import main
from servanda.treaty.texts import DATA

BUDGET = str(DATA / "finance" / "sample-budget.yaml")


def answer(capsys, *words: str):
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_status_has_the_contracts_keys(capsys):
    found = answer(capsys, "status", "--on", "2026-11-23")
    assert {key: found[key] for key in ("treaty", "on", "deposited", "in_force", "signatories", "withdrawn")} == {
        "treaty": "ccm", "on": "2026-11-23", "deposited": 112, "in_force": 112, "signatories": 12, "withdrawn": 1,
    }  # fmt: skip
    assert len(found["states"]) == 197
    keys = {"iso3", "status", "signature", "consent", "entry_into_force", "provisional_application", "withdrawal_effective"}
    assert all(keys <= set(state) for state in found["states"])


def test_events_later_than_the_day_are_null(capsys):
    (lithuania,) = answer(capsys, "status", "--on", "2025-03-05", "--state", "LTU")["states"]
    assert (lithuania["status"], lithuania["withdrawal_effective"], lithuania["withdrawal_pending_until"]) == ("party", None, "2025-03-06")
    (lithuania,) = answer(capsys, "status", "--on", "2025-03-06", "--state", "LTU")["states"]
    assert (lithuania["status"], lithuania["withdrawal_effective"]) == ("withdrawn", "2025-03-06")
    assert lithuania["entry_into_force"] == "2011-09-01"


def test_the_options_stand_anywhere_after_the_command(capsys):
    found = answer(capsys, "status", "--treaty", "apmbc", "--on", "2026-11-23", "--state", "lbn")
    assert found["states"][0]["consent"] == {"kind": "accession", "date": "2026"}
    assert found["states"][0]["entry_into_force"] is None


def test_obligations_have_the_contracts_keys(capsys):
    (owed,) = answer(capsys, "obligations", "--state", "LAO", "--article", "4", "--on", "2020-01-01")["obligations"]
    assert (owed["id"], owed["due"], owed["original_due"], owed["applies"], owed["state"]) == (
        "article-4-clearance", "2025-08-01", "2020-08-01", True, "open",
    )  # fmt: skip
    assert set(owed["because"]) == {"rule", "inputs", "cite"}


def test_scale_sums_members_only(capsys):
    found = answer(capsys, "scale", "A/RES/79/249")
    assert (found["period"], found["sum"], len(found["rates"])) == ([2025, 2027], "100.000", 195)
    (palestine,) = [rate for rate in found["rates"] if rate["iso3"] == "PSE"]
    assert palestine["rate"] == "0.011"
    assert "outside the 100.000" in palestine["note"]


@pytest.mark.parametrize(("wanted", "resolution"), [("2013", "A/RES/67/238"), ("64/248", "A/RES/64/248"), ("a/res/76/238", "A/RES/76/238")])
def test_a_scale_by_year_or_resolution(capsys, wanted, resolution):
    assert answer(capsys, "scale", wanted)["resolution"] == resolution


def test_apportion_adds_up_with_its_rule(capsys):
    found = answer(capsys, "apportion", "--pool", "500000", "--currency", "CHF", "--on", "2026-11-23")
    assert (found["pool"], found["sum"], found["difference"], found["payers"]) == ("500000.00", "500000.00", "0.00", 112)
    assert sum(int(row["amount"].replace(".", "")) for row in found["rows"]) == 50_000_000
    assert {"model", "scale", "rounding", "ties", "warnings"} <= set(found["rule"])


def test_apportion_among_payers_of_a_file(capsys, tmp_path):
    (tmp_path / "payers.txt").write_text("LAO\nCHE\nEUE\n")
    assert main(["apportion", "--pool", "1", "--currency", "CHF", "--payers", str(tmp_path / "payers.txt")]) == 1
    assert "EUE: no rate on A/RES/79/249" in capsys.readouterr().err
    (tmp_path / "payers.txt").write_text("LAO\nCHE\n")
    found = answer(capsys, "apportion", "--pool", "1", "--currency", "CHF", "--payers", str(tmp_path / "payers.txt"))
    assert [row["iso3"] for row in found["rows"]] == ["CHE", "LAO"]


def test_a_scale_of_other_years_warns_and_exits_0(capsys):
    assert main(["apportion", "--pool", "1", "--currency", "CHF", "--scale", "2013", "--on", "2026-11-23", "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert "is used for 2026 because it was named" in printed.err
    assert "is used for 2026 because it was named" in json.loads(printed.out)["rule"]["warnings"][0]


def test_compare_has_the_contracts_keys(capsys):
    found = answer(capsys, "compare", "--budget", BUDGET, "--on", "2026-11-23")
    assert [model["id"] for model in found["models"]] == ["assessed", "voluntary", "hybrid"]
    keys = "standing assessed_pool assessed_pool_if_offers_accepted voluntary_needed surplus contributors below_100 largest_share hhi rows"
    assert all(set(keys.split()) <= set(model) for model in found["models"])
    assert set(found["differences"][0]) == {"iso3", "amounts", "spread"}


def test_compare_writes_a_real_workbook(capsys, tmp_path):
    file = tmp_path / "comparison.xlsx"
    assert main(["compare", "--budget", BUDGET, "--output", str(file), "--on", "2026-11-23"]) == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Side by side", "assessed", "voluntary", "hybrid", "Working", "Rules"]
    sheet = book["Side by side"]
    assert sheet.freeze_panes == "C5"
    assert sheet["B3"].value == datetime(2026, 11, 23)
    assert isinstance(sheet["C5"].value, (int, float))
    assert sum(row[2].value for row in sheet.iter_rows(min_row=5, max_row=116)) == pytest.approx(620000)


def test_compare_writes_a_working_paper_with_a_chart(capsys, tmp_path):
    file = tmp_path / "comparison.docx"
    assert main(["compare", "--budget", BUDGET, "--output", str(file), "--on", "2026-11-23"]) == 0
    paper = Document(str(file))
    words = " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert "It recommends none of them." in words
    assert "sample budget" in words
    assert len(paper.tables) == 4
    payers = [row.cells[0].text for row in paper.tables[3].rows][1:-1]
    assert payers[:2] == ["Afghanistan", "Albania"]
    assert payers.index("Costa Rica") + 1 == payers.index("Côte d’Ivoire") == payers.index("Croatia") - 1
    names = zipfile.ZipFile(file).namelist()
    assert {"word/charts/chart1.xml", "word/embeddings/chart1.xlsx"} <= set(names)


def test_risk_answers_with_four_quarters(capsys):
    found = answer(capsys, "risk", "--budget", BUDGET, "--model", "hybrid", "--scenarios", "500", "--seed", "3")
    assert (found["seed"], found["scenarios"], len(found["quarters"])) == (3, 500, 4)
    promised = {"quarter", "cash_p5", "cash_p50", "cash_p95", "shortfall_probability", "days_of_cash"}
    more = {"shortfall_probability_if_offers_accepted", "shortfall_probability_without_largest"}
    assert set(found["quarters"][0]) == promised | more


REFUSED = [
    (1, "status --on 2008-05-29", "before the treaty was adopted"),
    (2, "status --on 2008-02-30", "is not a date"),
    (2, "status --state XYZ", "No State has the code"),
    (2, "status --treaty nope", "No treaty “nope” is here"),
    (2, "obligations --article 99", "use one of 3, 4, 7"),
    (2, "scale 1999", "No scale “1999” is held"),
    (1, "apportion --pool -1 --currency CHF", "cannot be negative"),
    (1, "apportion --pool=-1 --currency CHF", "cannot be negative"),
    (1, "apportion --pool 1.005 --currency CHF", "this currency has 2 decimals"),
    (1, "apportion --pool 1e3 --currency CHF", "write digits"),
    (2, "apportion --pool 1 --currency ZZZ", "not a currency of ISO 4217"),
    (2, "apportion --pool 1 --currency CHF --model nope", "No financing model"),
    (1, "apportion --pool 1 --currency CHF --on 2033-01-01", "No scale we hold covers 2033"),
    (2, "compare --budget nothing.yaml", "there is no nothing.yaml"),
    (2, f"compare --budget {BUDGET} --output x.pdf", "end its name in"),
    (2, f"risk --budget {BUDGET} --model hybrid --scenarios 0", "from 1 to 1000000"),
    (2, "nonsense", "invalid choice"),
]


@pytest.mark.parametrize(("code", "words", "says"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_a_refusal_is_one_sentence_on_stderr(capsys, code, words, says):
    try:
        found = main(words.split())
    except SystemExit as stopped:
        found = stopped.code
    printed = capsys.readouterr()
    assert (found, printed.out) == (code, "")
    assert says in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("command", ["status", "obligations", "scale"])
def test_tables_fit_100_columns_and_csv_has_every_row(capsys, command):
    assert main([command, "--on", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert main([command, "--on", "2026-11-23", "--format", "csv"]) == 0
    assert len(list(csv.reader(io.StringIO(capsys.readouterr().out)))) > 100


@pytest.mark.parametrize(
    "words", [["status"], ["obligations", "--state", "LAO"], ["scale", "2013"], ["apportion", "--pool", "1", "--currency", "CHF"]]
)
def test_a_law_command_never_loads_django_or_numpy(words):
    code = f"import sys; from servanda.cli import main; main({words!r}); sys.exit(bool({{'django', 'numpy', 'docx'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_any_number_of_models_fits_100_columns(capsys):
    every = "assessed,voluntary,hybrid,plain-scale,equal-shares,classes,cbd,montreal,att,ramsar,ascobans,who-2003"
    assert main(["compare", "--budget", BUDGET, "--models", every]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert all(any(model in line for line in lines) for model in every.split(","))


def test_symbol_has_the_contracts_keys_and_always_exits_0(capsys):
    clean, dirty = answer(capsys, "symbol", "CCM/MSP/2011/WP.3/Rev.1/Amend.1", "rubbish")
    assert {key: clean[key] for key in ("text", "canonical", "body", "meeting", "year", "type", "number", "suffixes", "malformed")} == {
        "text": "CCM/MSP/2011/WP.3/Rev.1/Amend.1",
        "canonical": "CCM/MSP/2011/WP.3/Rev.1/Amend.1",
        "body": "CCM",
        "meeting": "MSP",
        "year": 2011,
        "type": "WP",
        "number": "3",
        "suffixes": ["Rev.1", "Amend.1"],
        "malformed": False,
    }
    assert dirty["malformed"] and "is not a symbol" in dirty["notes"][0]
    assert main(["symbol", "CCM/MSP/2013/Corr 1"]) == 0
    assert "does not say which document" in capsys.readouterr().out
