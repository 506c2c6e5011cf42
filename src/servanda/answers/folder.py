"""Folders of plain files: a law and its record as `--treaty DIR` reads them, and any folder that appears whole or not at all."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from servanda.treaty.errors import TextRefused, sentence
from servanda.treaty.law import Law
from servanda.treaty.record import TABLES, as_text
from servanda.treaty.texts import DATA

_TEXTS = ("provisions", "forms")
_SHARED = ("scales", "finance")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which stands under its name only once it is filled. Raises TextRefused where files stand already."""
    if folder.exists() and any(folder.iterdir()):
        raise _other_files(folder)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=folder.absolute().parent))
    try:
        yield part
        if folder.exists():
            folder.rmdir()
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _other_files(folder: Path) -> TextRefused:
    return TextRefused(str(folder), "folder", sentence("the folder holds other files"), sentence("name a new or an empty folder"))


def write_folder(law: Law, folder: Path) -> list[Path]:
    """Write the texts as they are and one CSV file a table; returns the files written.

    Only a new, an empty, or an earlier exported folder is written to: raises TextRefused for any other.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "treaty.yaml").exists():
        raise _other_files(folder)
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
