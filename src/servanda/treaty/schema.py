"""Checks a value against a JSON Schema. The files of data/schema/ are the one description of every format.

Only the keywords that those schemas use are known here; a test holds this checker against the `jsonschema` library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from .errors import Remark, TextRefused, sentence

_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, Decimal)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
_WRITE = sentence("write {expected}")
_BELONGS = sentence("what belongs here: {expected}")


def check(value: Any, schema: dict[str, Any], name: str, key: str = "") -> None:
    """Raise TextRefused, naming the file and the key, at the first thing in `value` that `schema` does not allow."""
    for keyword in ("type", "enum", "const", "pattern", "minLength", "anyOf"):
        if keyword in schema:
            _KEYWORDS[keyword](value, schema, name, key or "content")
    if isinstance(value, dict):
        _check_object(value, schema, name, key)
    elif isinstance(value, list):
        _check_array(value, schema, name, key or "content")


def unknown_key(word: str, known: Iterable[str], name: str, key: str) -> TextRefused:
    """The refusal of a key that the format does not have, with the nearest one that it has."""
    known = sorted(known)
    near = get_close_matches(word, known, n=1)
    if near:
        remedy = Remark(sentence("write “{near}” if that is meant"), {"near": near[0]})
    else:
        remedy = Remark(sentence("use one of {known}"), {"known": ", ".join(known)})
    return TextRefused(name, key, Remark(sentence("unknown key “{word}”"), {"word": word}), remedy)


def _type(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if any(_TYPES[kind](value) for kind in wanted):
        return
    if "string" in wanted and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        problem = Remark(sentence("{value} is a bare number"), {"value": value})
        raise TextRefused(name, key, problem, Remark(sentence('put it in quotes, as in "{value}"'), {"value": value}))
    if value is None and key == "content":
        raise TextRefused(name, key, sentence("nothing is written here"), sentence("fill it in"))
    if wanted == ["integer"] and isinstance(value, str):
        raise TextRefused(name, key, _not_a_value(value), sentence("write a whole number, without quotes"))
    found = next((kind for kind, test in _TYPES.items() if test(value)), type(value).__name__)
    problem = Remark(sentence("this is {found}"), {"found": found})
    raise TextRefused(name, key, problem, Remark(_WRITE, {"expected": " / ".join(wanted)}))


def _enum(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    if value not in schema["enum"]:
        choices = ", ".join(str(choice) or "nothing" for choice in schema["enum"])
        raise TextRefused(name, key, _not_a_value(value), Remark(sentence("use one of {known}"), {"known": choices}))


def _const(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    if value != schema["const"]:
        raise TextRefused(name, key, _not_a_value(value), Remark(_WRITE, {"expected": schema["const"]}))


def _pattern(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    if isinstance(value, str) and not re.search(schema["pattern"], value):
        expected = schema.get("description") or schema["pattern"]
        raise TextRefused(name, key, _not_a_value(value), Remark(_BELONGS, {"expected": str(expected).rstrip(".")}))


def _min_length(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    if isinstance(value, str) and len(value) < schema["minLength"]:
        raise TextRefused(name, key, sentence("nothing is written here"), sentence("fill it in"))


def _any_of(value: Any, schema: dict[str, Any], name: str, key: str) -> None:
    refusals = []
    for choice in schema["anyOf"]:
        try:
            check(value, choice, name, key)
        except TextRefused as refusal:
            refusals.append(refusal)
        else:
            return
    deepest = max(refusals, key=lambda refusal: len(str(refusal.facts["key"])))
    raise deepest


def _not_a_value(value: Any) -> Remark:
    return Remark(sentence("“{value}” is not accepted here"), {"value": str(value)[:80]})


_KEYWORDS: dict[str, Callable[[Any, dict[str, Any], str, str], None]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _min_length,
    "anyOf": _any_of,
}


def _check_object(value: dict[str, Any], schema: dict[str, Any], name: str, key: str) -> None:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for word in schema.get("required", ()):
        if word not in value:
            raise TextRefused(name, _join(key, word), sentence("the key is missing"), sentence("add it"))
    if len(value) < schema.get("minProperties", 0):
        raise TextRefused(name, key or "content", sentence("nothing is written here"), sentence("fill it in"))
    for word, inner in value.items():
        if "propertyNames" in schema:
            check(word, schema["propertyNames"], name, _join(key, word))
        if word in properties:
            check(inner, properties[word], name, _join(key, word))
        elif others is False:
            raise unknown_key(word, properties, name, _join(key, word))
        elif isinstance(others, dict):
            check(inner, others, name, _join(key, word))


def _check_array(value: list[Any], schema: dict[str, Any], name: str, key: str) -> None:
    if len(value) < schema.get("minItems", 0):
        raise TextRefused(name, key, sentence("nothing is written here"), sentence("fill it in"))
    if schema.get("uniqueItems") and any(item in value[:index] for index, item in enumerate(value)):
        twice = next(item for index, item in enumerate(value) if item in value[:index])
        raise TextRefused(name, key, Remark(sentence("“{value}” stands twice"), {"value": twice}), sentence("keep one of the two"))
    for index, item in enumerate(value):
        if "items" in schema:
            check(item, schema["items"], name, f"{key}[{index}]")


def _join(key: str, word: str) -> str:
    return f"{key}.{word}" if key else word
