"""Scenarios from real records, written so that a jurist can read and correct them: each file states a day and what must come out."""

from datetime import date
from pathlib import Path

import pytest

from servanda.treaty.law import load_law
from servanda.treaty.obligations import obligations
from servanda.treaty.reader import read_yaml
from servanda.treaty.status import standing

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


def cases() -> list:
    found = []
    for path in FILES:
        text = read_yaml(path.read_bytes(), path.name)
        found += [pytest.param(text, case, id=f"{path.stem}: {case['on']}") for case in text["cases"]]
    return found


def text_of(value: object) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize(("scenario", "case"), cases())
def test_the_record_gives_what_the_scenario_says(scenario, case):
    law, on = load_law(scenario.get("treaty", "ccm")), date.fromisoformat(case["on"])
    state = standing(law, scenario["state"], on)
    for key, expected in case.get("standing", {}).items():
        assert text_of(getattr(state, key)) == expected, key
    owed = {(item.id, item.period): item for item in obligations(law, on, iso3=scenario["state"])}
    for expected in case.get("owed", ()):
        item = owed.get((expected["id"], expected.get("period")))
        assert item is not None, expected
        for key in ("due", "original_due", "state"):
            if key in expected:
                assert str(getattr(item, key)) == expected[key], (expected, key)
    for id in case.get("not_owed", ()):
        assert id not in {key for key, _ in owed}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_names_its_sources_and_says_where_it_disagrees(path):
    text = read_yaml(path.read_bytes(), path.name)
    assert text["title"] and text["sources"]
    assert all(entry["published"] and entry["why"] for entry in text.get("disagrees_with", ()))
