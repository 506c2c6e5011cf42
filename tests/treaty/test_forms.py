"""The Article 7 form as data: what is missing of an answer, what does not add up, and what a reader would doubt."""

from datetime import date

import pytest

from servanda.treaty.errors import TextRefused
from servanda.treaty.form_checks import checks
from servanda.treaty.forms import Earlier, UnknownEdition, day_typed, editions, load_form, missing, read_form, totals, whole_number
from servanda.treaty.texts import DATA

FORM = load_form("ccm", "2010")
LETTERS = ["", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]
COVER = {"contact": "National Regulatory Authority", "period_from": "2025-01-01", "period_to": "2025-12-31"}
NOTHING = {section.id: {"standing": "nothing"} for section in FORM.sections if not section.always}
SILENT = {**NOTHING, "cover": COVER}
# The area cleared in a year and the count of areas are written as a report writes them: in square metres, grouped.
CLEARED = [
    {"place": "Xieng Khouang", "area": "12 500 000", "quantity": "40"},
    {"place": "Savannakhet", "area": "7,500,000", "quantity": "2"},
]


def said(notes):
    return [(note.section, note.field, str(note.says)) for note in notes]


def with_f(**held):
    return {**SILENT, "f": {"standing": "reported", **held}}


def test_the_edition_has_a_cover_page_and_forms_a_to_j_in_six_languages():
    assert editions("ccm") == ("2010",) and [section.letter for section in FORM.sections] == LETTERS
    words = [FORM.title]
    for section in FORM.sections:
        words += [section.title, *(field.label for field in section.fields)]
        words += [column.label for field in section.fields for column in field.columns]
    assert {tuple(sorted(held)) for held in words} == {("ar", "en", "es", "fr", "ru", "zh")}
    articles = "".join(section.article for section in FORM.sections)
    assert [letter for letter in "abcdefghijklmn" if f"({letter})" not in articles] == []


def test_an_edition_that_is_not_here_is_refused_with_those_that_are():
    with pytest.raises(UnknownEdition, match="use one of 2010"):
        load_form("ccm", "1999")
    assert editions("apmbc") == ()


def test_a_column_that_no_list_has_is_refused(tmp_path):
    path = tmp_path / "2030.yaml"
    text = (DATA / "ccm" / "forms" / "2010.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("columns: [measure, day, remarks]", "columns: [measures]"), encoding="utf-8")
    with pytest.raises(TextRefused, match="no column has the id “measures”"):
        read_form(path)


def test_nothing_to_report_is_said_explicitly_and_then_a_report_is_complete():
    unsaid = [note for note in missing(FORM, {"cover": COVER})]
    assert {(note.section, note.field) for note in unsaid} == {(section, "standing") for section in "abcdefghi"}
    assert missing(FORM, SILENT) == () and checks(FORM, SILENT, None, "2025") == ()


def test_what_is_voluntary_or_concerns_few_is_not_missed():
    left = missing(FORM, {**SILENT, "b": {"standing": "reported"}, "g": {"standing": "reported", "education": "Taught in 800 schools"}})
    fields = ["stocks", "stocks_total", "programme", "destroyed", "destroyed_ever"]
    assert [(note.section, note.field) for note in left] == [*(("b", field) for field in fields), ("g", "warning")]


def test_unchanged_cites_the_last_report_and_is_no_answer_in_a_first_one():
    unchanged = {**SILENT, "e": {"standing": "unchanged"}}
    assert said(missing(FORM, unchanged)) == [("e", "unchanged_since", "“Unchanged” needs the date of the last report.")]
    cited = {**SILENT, "e": {"standing": "unchanged", "unchanged_since": "2025-04-28"}}
    earlier = Earlier(SILENT, date(2025, 4, 28))
    assert missing(FORM, cited) == () and checks(FORM, cited, earlier, "2025") == ()
    first = said(missing(FORM, cited, initial=True)) + said(checks(FORM, cited, None, "2025", initial=True))
    assert first == [
        ("e", "standing", "The first report cannot say “unchanged”; answer the form."),
        ("e", "standing", "“Unchanged” may not be used in a first report."),
    ]
    other = checks(FORM, cited, Earlier(SILENT, date(2025, 4, 30)), "2025")
    assert said(other) == [("e", "unchanged_since", "The last report was received on 2025-04-30, and this cites 2025-04-28.")]


def test_tables_are_summed_in_whole_numbers():
    field = next(field for field in FORM.section("f").fields if field.id == "cleared")
    assert totals(field, CLEARED) == {"area": 20_000_000, "quantity": 42}
    assert totals(field, [*CLEARED, {"place": "Attapeu", "area": "about 3", "quantity": ""}]) == {"area": 20_000_000, "quantity": 42}


@pytest.mark.parametrize(
    ("text", "number"), [("1 200", 1200), ("1,200,000", 1_200_000), ("1.200", 1200), ("12.5", None), ("N/A", None), ("", None)]
)
def test_numbers_are_read_as_people_group_them(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(("text", "day"), [("31/01/2012", "2012-01-31"), ("2012", "2012"), ("01/31/2012", None), ("2012-02-30", None)])
def test_dates_are_read_day_first_and_never_guessed(text, day):
    found = day_typed(text)
    assert (str(found) if found else None) == day


DOUBTS = [
    ({"areas": CLEARED, "areas_total": "21000000"}, "areas_total", "The stated total is 21000000, the rows add up to 20000000."),
    ({"cleared_ever": "N/A"}, "cleared_ever", "“N/A” says too little; write a statement, or say that there is nothing to report."),
    ({"cleared_ever": "much"}, "cleared_ever", "“much” is not a whole number."),
    (
        {"cleared_ever": "900"},
        "cleared_ever",
        "This is 900, less than the 1000 of the last report; a count since the beginning does not fall.",
    ),
]


@pytest.mark.parametrize(("held", "field", "says"), DOUBTS)
def test_what_a_reader_would_doubt_is_said_and_blocks_nothing(held, field, says):
    earlier = Earlier(with_f(cleared_ever="1 000"), date(2025, 4, 28))
    assert said(checks(FORM, with_f(**held), earlier, "2025")) == [("f", field, says)]


def test_a_date_that_cannot_be_is_kept_and_doubted():
    answers = {**SILENT, "a": {"standing": "reported", "measures": [{"measure": "Decree", "day": "01/31/2012"}, {"day": "soon"}]}}
    assert said(checks(FORM, answers, None, "2025")) == [
        ("a", "measures", "“01/31/2012” cannot be a date: there is no month 31."),
        ("a", "measures", "“soon” cannot be read as a date; write year, month and day, as in 2025-12-31."),
    ]


def test_a_period_other_than_the_reports_is_doubted():
    wrong = {**SILENT, "cover": {**COVER, "period_from": "2024-01-01"}}
    assert said(checks(FORM, wrong, None, "2025")) == [
        ("cover", "period_from", "The period reported on is 2025, and this says 2024-01-01.")
    ]
    belize = {**SILENT, "cover": {**COVER, "period_from": "01/03/2015", "period_to": "31/10/2017"}}
    assert checks(FORM, belize, None, "2015-03-01/2017-10-31") == ()
