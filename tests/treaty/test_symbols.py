"""The grammar of document symbols, clean and dirty, from the official lists."""

import pytest

from servanda.treaty import symbols

CLEAN = {
    "CCM/77": ("CCM", None, None, None, "77", ()),
    "CCM/MSP/2010/3": ("CCM", "MSP", 2010, None, "3", ()),
    "CCM/MSP/2011/WP.3": ("CCM", "MSP", 2011, "WP", "3", ()),
    "CCM/MSP/2011/WP.3/Rev.1/Amend.1": ("CCM", "MSP", 2011, "WP", "3", ("Rev.1", "Amend.1")),
    "CCM/CONF/2015/7": ("CCM", "CONF", 2015, None, "7", ()),
    "CCM/CONF/2015/WP.3": ("CCM", "CONF", 2015, "WP", "3", ()),
    "CCM/CONF/2015/PM.1/2": ("CCM", "CONF", 2015, "PM.1", "2", ()),
    "CCM/MSP/2010/PM/10": ("CCM", "MSP", 2010, "PM", "10", ()),
    "CCM/MSP/2012/INF.1": ("CCM", "MSP", 2012, "INF", "1", ()),
    "APLC/MSP.12/2024/WP.7": ("APLC", "MSP.12", 2024, "WP", "7", ()),
    "CCM/MSP/2012/5/Corr.1": ("CCM", "MSP", 2012, None, "5", ("Corr.1",)),
}


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_symbol_is_read_part_by_part(text):
    found = symbols.parse(text)
    assert (found.body, found.meeting, found.year, found.type, found.number, found.suffixes) == CLEAN[text]
    assert (found.canonical, found.malformed, found.notes) == (text, False, ())


DIRTY = {
    "(CCM/MSP/2011/WP.8": "CCM/MSP/2011/WP.8",
    "ccm/msp/2011/wp.3": "CCM/MSP/2011/WP.3",
    "CCM / MSP / 2011 / WP 3": "CCM/MSP/2011/WP.3",
    "CCM\\MSP\\2011\\WP.3": "CCM/MSP/2011/WP.3",
    "CCM/MSP/2011/WP3/rev1": "CCM/MSP/2011/WP.3/Rev.1",
    "CCM//MSP/2011/WP.3.": "CCM/MSP/2011/WP.3",
    "ＣＣＭ/MSP/2011/5": "CCM/MSP/2011/5",
    "CCM/MSP/2011/WP.1/Rev.2 EN": "CCM/MSP/2011/WP.1/Rev.2",
    "CCM/MSP/2011/5*": "CCM/MSP/2011/5",
}


@pytest.mark.parametrize("text", DIRTY)
def test_a_dirty_symbol_is_put_right_and_says_so(text):
    found = symbols.parse(text)
    assert (found.text, found.canonical, found.malformed) == (text, DIRTY[text], True)
    assert str(found.notes[0]) == f"Written “{text.strip()}”; read as {DIRTY[text]}."


def test_a_language_mark_is_noted():
    assert symbols.parse("CCM/MSP/2011/WP.1/Rev.2 EN").language == "en"
    assert symbols.parse("CCM/MSP/2011/WP.1 (F)").language == "fr"


def test_a_correction_of_nothing_is_not_guessed():
    found = symbols.parse("CCM/MSP/2013/Corr 1")
    assert (found.canonical, found.number, found.suffixes, found.malformed) == ("CCM/MSP/2013/Corr.1", None, ("Corr.1",), True)
    assert "does not say which document" in str(found.notes[-1])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a symbol"),
        ("hello", "is not a symbol"),
        ("GE.16-09217", "printing job"),
        ("CCM/MSP/2011", "No number follows"),
        ("CCM/MSP/2011/XYZ/9", "not a part of a symbol"),
        ("٢٠١١", "is not a symbol"),
        ("/" * 5000, "is not a symbol"),
    ],
)
def test_what_is_not_a_symbol_is_said_and_never_raises(text, words):
    found = symbols.parse(text)
    assert found.malformed and any(words in str(note) for note in found.notes)


def test_every_part_is_explained():
    means = [str(part) for part in symbols.parse("CCM/MSP/2011/WP.3/Rev.1/Amend.1").means]
    assert means == ["working paper 3", "revision 1, in place of what came before", "amendment 1"]
    assert [str(part) for part in symbols.parse("CCM/CONF/2015/PM.1/2").means] == ["document 2 of preparatory meeting 1"]


def test_base_parent_and_series():
    found = symbols.parse("CCM/MSP/2011/WP.3/Rev.1/Amend.1")
    assert (found.base, found.parent, found.series) == ("CCM/MSP/2011/WP.3", "CCM/MSP/2011/WP.3/Rev.1", "CCM/MSP/2011/WP")
    assert symbols.parse("CCM/MSP/2012/5").series == "CCM/MSP/2012"
    assert symbols.parse("CCM/CONF/2015/PM.1/2").series == "CCM/CONF/2015/PM.1"


HELD = ["CCM/MSP/2011/WP.1", "CCM/MSP/2011/WP.2", "CCM/MSP/2011/wp 2", "CCM/MSP/2011/WP.5/Rev.1", "CCM/MSP/2011/7"]


def test_gaps_the_next_number_and_duplicates_of_a_series():
    assert symbols.gaps("CCM/MSP/2011/WP", HELD) == [3, 4]
    assert symbols.next_symbol("CCM/MSP/2011/WP", HELD) == "CCM/MSP/2011/WP.6"
    assert symbols.next_symbol("CCM/MSP/2011", HELD) == "CCM/MSP/2011/8"
    assert symbols.next_symbol("CCM/MSP/2027/WP", []) == "CCM/MSP/2027/WP.1"
    assert symbols.duplicates(HELD) == {"CCM/MSP/2011/WP.2": ["CCM/MSP/2011/WP.2", "CCM/MSP/2011/wp 2"]}


def test_symbols_in_a_text_are_found():
    text = "See CCM/MSP/2011/WP.3/Rev.1 (p. 4), and CCM/77. The 50/50 split, A/RES/64/248 and 2011/12 are none of ours."
    assert list(symbols.find(text)) == ["CCM/MSP/2011/WP.3/Rev.1", "CCM/77"]


def test_documents_stand_before_their_revisions_and_numbers_count_as_numbers():
    texts = ["CCM/MSP/2011/WP.10", "CCM/MSP/2011/WP.2/Rev.1", "CCM/MSP/2011/WP.2", "CCM/MSP/2011/WP.2/Rev.1/Corr.1"]
    placed = sorted(texts, key=lambda text: symbols.order(symbols.parse(text)))
    assert placed == [texts[2], texts[1], texts[3], texts[0]]
