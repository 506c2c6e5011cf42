"""Prints an answer in the form asked for; warnings go to stderr."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import as_json


def warn(warnings: Sequence[str]) -> None:
    for warning in dict.fromkeys(warnings):
        print(f"servanda: note: {warning}", file=sys.stderr)


def say(
    arguments: Namespace,
    answer: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    people: Callable[[], str],
) -> int:
    """Print the answer in the form asked for."""
    if arguments.format == "json":
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    elif arguments.format == "csv":
        as_json.write_csv(rows, sys.stdout)
    else:
        print(people())
    return 0
