"""The files of data/ as checked values: each kind of file has a JSON Schema beside the data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .reader import read_csv, read_yaml
from .schema import check
from .shares import Citation

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    found: dict[str, Any] = json.loads((DATA / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return found


def read_text(path: Path, kind: str) -> dict[str, Any]:
    """A YAML file's value, checked against its schema."""
    value: dict[str, Any] = read_yaml(path.read_bytes(), path.name)
    check(value, schema(kind), path.name)
    return value


def read_rows(path: Path, kind: str) -> list[dict[str, str]]:
    """A CSV file's rows of text, each checked against its schema."""
    return read_csv(path.read_text(encoding="utf-8"), schema(kind), f"{path.parent.name}/{path.name}")


def read_cite(value: Mapping[str, str]) -> Citation:
    """A citation from its mapping."""
    return Citation(value["document"], value.get("place", ""), value.get("url", ""))
