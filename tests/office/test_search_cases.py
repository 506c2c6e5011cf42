"""Search in six languages against cases written apart from the analyser; the counts are those that docs/search.md publishes.

Runs on the embedded engine with SQLite and on the engine inside PostgreSQL with PostgreSQL.
"""

from pathlib import Path

import pytest
import yaml

from servanda.office.archive.queries.search import names_of
from servanda.office.archive.search.engine import IndexedPage, Sight, analysed
from servanda.office.archive.search.engines import engine
from servanda.office.archive.search.question import parse
from servanda.treaty.law import load_law

CASES = Path(__file__).parents[1] / "search" / "cases"
PUBLISHED = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
LANGUAGES = {"ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"}
PUBLIC = ("public",)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def names():
    return names_of(load_law("ccm"))


@pytest.fixture
def cases(request):
    """The cases of a language, its documents indexed as pages 1, 2, 3 …"""
    file = yaml.safe_load((CASES / f"{request.param}.yaml").read_text(encoding="utf-8"))
    numbers = {name: number for number, name in enumerate(file["documents"], 1)}
    pages = []
    for name, text in file["documents"].items():
        words, keys = analysed(text, file["language"])
        pages.append(IndexedPage(numbers[name], numbers[name], words, keys, 0, {"seen": PUBLIC, "language": (file["language"],)}))
    engine().clear()
    engine().write(pages, documents=list(numbers.values()))
    yield file["cases"], numbers
    engine().clear()


@pytest.mark.parametrize("cases", LANGUAGES, indirect=True)
def test_every_language_has_thirty_cases_and_words_that_must_not_be_found(cases):
    held, numbers = cases
    assert len(held) >= 30 and sum(len(case["misses"]) for case in held) >= 30
    assert {name for case in held for name in case["finds"] + case["misses"]} <= numbers.keys()


@pytest.mark.parametrize("cases", LANGUAGES, indirect=True)
def test_what_is_found_and_what_is_not_is_what_is_published(cases, names, request):
    held, numbers = cases
    found_of = wanted = kept_out = unwanted = 0
    failed = []
    for case in held:
        pages = set(engine().find(parse(case["query"], names), Sight(PUBLIC), limit=100).pages)
        finds, misses = ({numbers[name] for name in case[kind]} for kind in ("finds", "misses"))
        found_of, wanted = found_of + len(pages & finds), wanted + len(finds)
        kept_out, unwanted = kept_out + len(misses - pages), unwanted + len(misses)
        if finds - pages or misses & pages:
            failed.append(case["query"])
    language = LANGUAGES[request.node.callspec.params["cases"]]
    row = f"| {language} | {len(held)} | {found_of} of {wanted} | {kept_out} of {unwanted} | {', '.join(failed) or '–'} |"
    assert row in PUBLISHED, f"docs/search.md should say:\n{row}"
