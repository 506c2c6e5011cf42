"""The office commands on a clean folder, as a person would run them: load, audit, backup, restore, export."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def servanda(tmp_path):
    def run(*words: str, home: str = "home"):
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("SERVANDA_", "DJANGO_"))}
        environment["SERVANDA_HOME"] = str(tmp_path / home)
        return subprocess.run([sys.executable, "-m", "servanda.cli", *words], capture_output=True, text=True, env=environment, cwd=tmp_path)

    return run


def test_a_drill_restores_a_backup_in_a_clean_folder_and_finds_the_same_record(servanda, tmp_path):
    assert "states: 197 added" in servanda("load").stdout
    assert "is up to date" in servanda("load").stdout
    assert servanda("audit").stdout == "No findings.\n"
    assert "Wrote unit.zip" in servanda("backup", "unit.zip").stdout
    assert "Restored" in servanda("restore", "unit.zip", home="elsewhere").stdout
    again = servanda("restore", "unit.zip", home="elsewhere")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    for home, folder in (("home", "one"), ("elsewhere", "two")):
        assert servanda("export", folder, home=home).returncode == 0
    files = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*") if path.is_file()}
    copies = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").rglob("*") if path.is_file()}
    assert files == copies
    for command in ("status", "obligations"):
        shipped = servanda(command, "--on", "2026-11-23", "--format", "json").stdout
        assert json.loads(servanda(command, "--treaty", "one", "--on", "2026-11-23", "--format", "json").stdout) == json.loads(shipped)


def test_export_does_not_write_into_a_folder_of_other_files(servanda, tmp_path):
    servanda("load")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    refused = servanda("export", "mine")
    assert (refused.returncode, refused.stderr) == (
        1,
        "servanda: mine: folder: the folder holds other files; name a new or an empty folder.\n",
    )


def test_a_missing_backup_is_one_sentence(servanda):
    refused = servanda("restore", "nothing.zip")
    assert (refused.returncode, refused.stderr) == (2, "servanda: there is no nothing.zip; check the path.\n")


def test_check_says_what_would_change_and_changes_nothing(servanda):
    assert "states: 197 would be added" in servanda("load", "--check").stdout
    assert "states: 197 added" in servanda("load").stdout
