"""Writes a law and its record as a treaty folder: the plain files that `--treaty DIR` reads."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from servanda.treaty.errors import TextRefused, sentence
from servanda.treaty.law import Law
from servanda.treaty.record import TABLES, as_text
from servanda.treaty.texts import DATA

_TEXTS = ("provisions", "forms")
_SHARED = ("scales", "finance")


def write_folder(law: Law, folder: Path) -> list[Path]:
    """Write the texts as they are and one CSV file a table; returns the files written.

    Only a new, an empty, or an earlier exported folder is written to: raises TextRefused for any other.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "treaty.yaml").exists():
        raise TextRefused(str(folder), "folder", sentence("the folder holds other files"), sentence("name a new or an empty folder"))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(law.folder / "treaty.yaml", folder / "treaty.yaml")
    for name in _TEXTS:
        _copy(law.folder / name, folder / name)
    for name in _SHARED:
        own = law.folder / name
        _copy(own if own.is_dir() else DATA / name, folder / name)
    for table, (file, shape) in TABLES.items():
        _write_rows(folder / file, shape, getattr(law.record, table))
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and source.resolve() != target.resolve():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _write_rows(path: Path, shape: type, facts: Iterable[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(shape)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(as_text(fact) for fact in facts)
