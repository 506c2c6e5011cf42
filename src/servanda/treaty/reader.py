"""Reads YAML 1.2, JSON and CSV strictly and checks them against a JSON Schema; every refusal names file, key and remedy.

Files may come from strangers: no aliases (so no bombs), no duplicate keys, bounded size and depth. A bare number never becomes
a float, so that unquoted money can be told from quoted.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from .errors import Remark, TextRefused, sentence
from .schema import check, unknown_key

MAX_BYTES = 1_000_000
MAX_DEPTH = 12

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,30}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,30}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def decode(data: bytes | str, name: str) -> str:
    """The text of `data`; refuses what is too large or is not UTF-8 text (an archive, an image)."""
    if len(data) > MAX_BYTES:
        raise TextRefused(name, "size", sentence("the file is larger than one megabyte"), sentence("send a smaller file"))
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        text = "\0"
    if any(ord(char) < 32 and char not in "\t\n\r" for char in text):
        raise TextRefused(name, "content", sentence("this is not a text file"), sentence("save it as YAML or JSON in UTF-8"))
    return text


def read_yaml(data: bytes | str, name: str) -> Any:
    """The value of a YAML 1.2 or JSON text, judged by content: dict, list, str, int, Decimal, bool or None.

    Raises TextRefused for syntax errors, aliases, duplicate keys and nesting deeper than 12.
    """
    text = decode(data, name)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, name), parse_float=Decimal)
        except (json.JSONDecodeError, RecursionError, ValueError):
            pass  # YAML's flow style looks like JSON too; the YAML reader says what is wrong
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _document(events, name)
    except yaml.YAMLError as error:
        raise _syntax(error, name) from None


def _syntax(error: yaml.YAMLError, name: str) -> TextRefused:
    mark = getattr(error, "problem_mark", None)
    where = str(Remark(sentence("line {line}"), {"line": mark.line + 1})) if mark else "text"
    problem = Remark(sentence("this is not valid YAML ({detail})"), {"detail": getattr(error, "problem", None) or "unreadable"})
    return TextRefused(name, where, problem, sentence("correct that line"))


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _duplicate(key, name)
        found[key] = value
    return found


def _duplicate(key: str, name: str) -> TextRefused:
    return TextRefused(name, key, sentence("the key stands twice"), sentence("keep one of the two"))


def _document(events: Iterator[yaml.Event], name: str) -> Any:
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            value = _node(event, events, name, 0)
            rest = [later for later in events if isinstance(later, yaml.NodeEvent)]
            if rest:
                raise TextRefused(name, "---", sentence("the file holds more than one document"), sentence("keep one"))
            return value
    return None


def _node(event: yaml.Event, events: Iterator[yaml.Event], name: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise TextRefused(name, "depth", sentence("the values are nested too deeply"), sentence("flatten them"))
    if isinstance(event, yaml.AliasEvent):
        raise TextRefused(name, f"*{event.anchor}", sentence("aliases are not accepted"), sentence("write the value out"))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(events, name, depth)
    return _mapping(events, name, depth)


def _list(events: Iterator[yaml.Event], name: str, depth: int) -> list[Any]:
    values = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        values.append(_node(event, events, name, depth + 1))
    return values


def _mapping(events: Iterator[yaml.Event], name: str, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise TextRefused(name, "key", sentence("a key must be a plain word"), sentence("write the key as text"))
        if event.value in found:
            raise _duplicate(event.value, name)
        found[event.value] = _node(next(events), events, name, depth + 1)
    return found


def _scalar(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or tagged: it is text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return text


def read_csv(text: str, schema: dict[str, Any], name: str) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries of text, each checked against `schema` (which describes one row)."""
    reader = csv.DictReader(io.StringIO(text), strict=True)
    columns = list(schema["properties"])
    _header(reader.fieldnames or [], columns, schema.get("required", columns), name)
    checks = [(column, _cell_check(schema["properties"][column])) for column in reader.fieldnames or []]
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise TextRefused(
                name, f"row {reader.line_num}", sentence("the row has too few or too many cells"), sentence("match the header")
            )
        for column, accepts in checks:
            if not accepts(row[column]):
                check(row[column], schema["properties"][column], name, f"row {reader.line_num}, {column}")
        rows.append(row)
    return rows


def _header(found: Any, columns: list[str], required: list[str], name: str) -> None:
    for column in found:
        if column not in columns:
            raise unknown_key(column, columns, name, column)
    for column in required:
        if column not in found:
            raise TextRefused(
                name, column, sentence("the column is missing"), sentence("add it to the header, even if its cells are empty")
            )


def _cell_check(schema: dict[str, Any]) -> Any:
    choices = frozenset(schema["enum"]) if "enum" in schema else None
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    least = schema.get("minLength", 0)
    if choices is not None:
        return choices.__contains__
    return lambda text: len(text) >= least and (pattern is None or pattern.search(text) is not None)
