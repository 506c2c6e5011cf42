from decimal import Decimal

import pytest

from servanda.treaty.errors import TextRefused
from servanda.treaty.reader import read_csv, read_yaml
from servanda.treaty.schema import check


def refusal(data) -> str:
    with pytest.raises(TextRefused) as caught:
        read_yaml(data, "model.yaml")
    return str(caught.value)


def test_yaml_is_read_as_version_1_2():
    text = 'a: "1.0"\nb: 1.50\nc: [7, NO, yes, true, ~]\nd: {since: 2026-11-23}\n'
    assert read_yaml(text, "x") == {"a": "1.0", "b": Decimal("1.50"), "c": [7, "NO", "yes", True, None], "d": {"since": "2026-11-23"}}


def test_json_is_recognised_by_its_content():
    assert read_yaml(b'{"a": {"b": 1.5}, "c": "2"}', "x.yaml") == {"a": {"b": Decimal("1.5")}, "c": "2"}


def test_a_key_that_stands_twice_is_refused_in_both_languages():
    assert refusal("a: 1\na: 2") == "model.yaml: a: the key stands twice; keep one of the two."
    assert refusal('{"a": 1, "a": 2}') == "model.yaml: a: the key stands twice; keep one of the two."


def test_a_yaml_bomb_is_refused_at_its_first_alias():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{('*' + old + ',') * 9}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refusal(bomb) == "model.yaml: *a: aliases are not accepted; write the value out."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x: 1\n" * 2_100_000, "larger than one megabyte"),
        (b"PK\x03\x04\x14\x00\x00\x00", "not a text file"),
        (b"\xff\xfe\x00a", "not a text file"),
        ("[" * 5000, "nested too deeply"),
        ("{" * 5000, "a key must be a plain word"),
        ("a: [1", "not valid YAML"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        ("? [a]\n: 1\n", "a key must be a plain word"),
    ],
)
def test_hostile_or_broken_files_get_one_sentence(data, words):
    assert words in refusal(data)


SCHEMA = {
    "type": "object",
    "required": ["amount"],
    "additionalProperties": False,
    "properties": {"amount": {"type": "string"}, "kind": {"enum": ["a", "b"]}, "many": {"type": "array", "items": {"type": "integer"}}},
}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"amount": Decimal("5.00")}, 'f: amount: 5.00 is a bare number; put it in quotes, as in "5.00".'),
        ({"amount": "5", "knd": "a"}, "f: knd: unknown key “knd”; write “kind” if that is meant."),
        ({"amount": "5", "kind": "c"}, "f: kind: “c” is not accepted here; use one of a, b."),
        ({"amount": "5", "many": [1, "x"]}, "f: many[1]: “x” is not accepted here; write a whole number, without quotes."),
        ({}, "f: amount: the key is missing; add it."),
        ([], "f: content: this is array; write object."),
    ],
)
def test_a_schema_refusal_names_file_key_and_remedy(value, says):
    with pytest.raises(TextRefused) as caught:
        check(value, SCHEMA, "f")
    assert str(caught.value) == says


CSV = {
    "required": ["iso3", "source"],
    "properties": {"iso3": {"pattern": "^[A-Z]{3}$", "description": "three letters"}, "source": {"minLength": 1}},
}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("iso3,source\nLAO,\n", "f: row 2, source: nothing is written here; fill it in."),
        ("iso3,source\nlao,x\n", "f: row 2, iso3: “lao” is not accepted here; what belongs here: three letters."),
        ("iso3\nLAO\n", "f: source: the column is missing; add it to the header, even if its cells are empty."),
        ("iso3,sauce\nLAO,x\n", "f: sauce: unknown key “sauce”; write “source” if that is meant."),
        ("iso3,source\nLAO\n", "f: row 2: the row has too few or too many cells; match the header."),
    ],
)
def test_a_csv_refusal_names_row_column_and_remedy(text, says):
    with pytest.raises(TextRefused) as caught:
        read_csv(text, CSV, "f")
    assert str(caught.value) == says
