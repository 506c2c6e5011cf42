"""What the Unit records about a State with its document; and backup and restore.

A backup is one zip file: every row of every room as JSON lines, a checksum of each table, and every kept file.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connection, models, transaction

from servanda import __version__
from servanda.office.archive.models import File, Work
from servanda.office.archive.operations.indexing import mark_unindexed
from servanda.office.archive.operations.sources import file_source
from servanda.office.archive.queries.visible import store
from servanda.office.common.models import AuditLine, Stamp
from servanda.office.obligations.operations import record_fact
from servanda.treaty.errors import Remark, TextRefused, TreatyError, sentence

_CONTENTS = "contents.json"
_FILES = "files/"
# The search index is not in it: it is made again from the record.
_APPS = (*settings.ROOMS, "mfa")


class DatabaseNotEmpty(TreatyError):
    says = sentence("This installation already holds a record; restore into a new SERVANDA_HOME or an empty database.")


def record(iso3: str, table: str, said: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Record a fact about a State; its source document, if one was sent, is filed for review and named in the source."""
    values = {name: value for name, value in said.items() if name != "document"}
    if said.get("document"):
        origin = f"source of a fact about {iso3}"
        values["source"] = f"{values['source']} (documents/{file_source(said['document'], origin=origin, by=by, at=at)})"
    record_fact(table=table, values={**values, "iso3": iso3}, by=by, at=at)


def _models() -> list[type[models.Model]]:
    """Every model of the rooms and the second factors, in an order in which rows can be put back."""
    return [model for app in _APPS for model in apps.get_app_config(app).get_models() if model is not Stamp]


def write_backup(path: Path, *, at: datetime) -> int:
    """Write the backup and return the number of rows. The file appears only when it is complete."""
    part = path.with_name(path.name + ".part")
    contents: dict[str, Any] = {"servanda": __version__, "at": at.isoformat(), "tables": {}}
    with transaction.atomic(), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in _models():
            rows = serializers.serialize("jsonl", model._default_manager.order_by("pk").iterator())
            archive.writestr(f"{model._meta.label_lower}.jsonl", rows)
            contents["tables"][model._meta.label_lower] = {"rows": rows.count("\n"), "sha256": _sum(rows)}
        for sha256 in File.objects.filter(destroyed_at=None).values_list("sha256", flat=True).iterator():
            if store().path(sha256).exists():  # a missing file is named by “archive verify”; it does not keep the rest from being saved
                archive.write(store().path(sha256), f"{_FILES}{sha256}", zipfile.ZIP_STORED)
        archive.writestr(_CONTENTS, json.dumps(contents, indent=1))
    part.replace(path)
    return sum(table["rows"] for table in contents["tables"].values())


@transaction.atomic
def read_backup(path: Path) -> int:
    """Put every row of a backup back and return their number; refuses a damaged file and a database that holds rows."""
    tables = _read(path)
    if any(model._default_manager.exists() for model in _models()):
        raise DatabaseNotEmpty()
    count = 0
    for model in _models():
        objects = [found.object for found in serializers.deserialize("jsonl", tables.get(model._meta.label_lower, ""))]
        model._default_manager.bulk_create(objects, batch_size=400)
        count += len(objects)
    _continue_numbering()
    _restore_files(path)
    mark_unindexed(*Work.objects.values_list("pk", flat=True))
    return count


def _restore_files(path: Path) -> None:
    """Put the kept files back; each is checked against the name it has by its content."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith(_FILES):
                with archive.open(name) as source:
                    kept = store().keep(source)
                if kept.sha256 != name.removeprefix(_FILES):
                    problem = Remark(sentence("the file {name} is not what was kept"), {"name": name})
                    raise TextRefused(path.name, name, problem, sentence("use another copy of it"))


def _read(path: Path) -> dict[str, str]:
    damaged = TextRefused(path.name, "backup", sentence("this is not a whole backup"), sentence("use another copy of it"))
    try:
        with zipfile.ZipFile(path) as archive:
            contents = json.loads(archive.read(_CONTENTS))
            tables = {name: archive.read(f"{name}.jsonl").decode() for name in contents["tables"]}
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise damaged from None
    for name, rows in tables.items():
        if _sum(rows) != contents["tables"][name]["sha256"]:
            problem = Remark(sentence("the rows of {table} are not those that were written"), {"table": name})
            raise TextRefused(path.name, name, problem, sentence("use another copy of it"))
    return tables


def _sum(rows: str) -> str:
    return hashlib.sha256(rows.encode()).hexdigest()


def _continue_numbering() -> None:
    """On PostgreSQL, rows put back with their numbers leave the counters behind; bring them up."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in [*_models(), AuditLine]:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT COALESCE(MAX(id), 1) FROM {table}))", [table])
