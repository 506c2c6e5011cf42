"""What the house promises about its own shape."""

import ast
import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest

from servanda.office.obligations.queries import MODELS as TABLES_OF_ROWS
from servanda.treaty.errors import TextRefused
from servanda.treaty.law import load_law
from servanda.treaty.reader import read_yaml
from servanda.treaty.record import TABLES, as_text
from servanda.treaty.schema import check
from servanda.treaty.texts import DATA, schema

TOP = Path(__file__).parents[2]
SOURCE = TOP / "src" / "servanda"
MODULES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list(SOURCE.rglob("*.html"))
ROOM_FILES = set(
    [
        "choices",
        "models",
        "errors",
        "policies",
        "queries",
        "operations",
        "forms",
        "views",
        "urls",
        "tasks",
        "audits",
        "exports",
        "admin",
        "api",
        "apps",
        "__init__",
    ]
)


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\n")
    return [TOP / name for name in names if name]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_functions_and_templates_stay_short():
    long = [str(path) for path in MODULES if lines(path) > 300]
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40:
                long.append(f"{path}:{node.name}")
    long += [str(path) for path in TEMPLATES if lines(path) > (40 if "parts" in path.parts else 120)]
    assert long == []


def test_views_stay_thin():
    thick = []
    for path in (SOURCE / "office").rglob("views.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.body[0].lineno + 1 > 15:
                thick.append(f"{path}:{node.name}")
    assert thick == []


def test_rooms_hold_the_files_that_rooms_hold():
    strange = []
    for room in ("states", "contacts", "obligations", "finance", "archive", "reporting", "meetings", "site"):
        names = {path.stem for path in (SOURCE / "office" / room).glob("*.py")}
        strange += [f"{room}/{name}" for name in names - ROOM_FILES]
        assert len(names) <= 15
    assert strange == []


def test_there_are_no_drawers():
    assert [path for path in MODULES if re.fullmatch(r"(utils?|helpers?|misc|managers?)", path.stem)] == []


def test_the_clock_is_read_only_at_the_edges():
    edges = {
        "cli.py",
        "views.py",
        "commands.py",
        "forms.py",
        "api.py",
        "page_cache.py",
        "audits.py",
        "tasks.py",
        "accounts.py",
        "archive_commands.py",
        "refusals.py",
    }
    readers = {
        path.name for path in MODULES if re.search(r"date\.today\(\)|datetime\.now\(|timezone\.now\(", path.read_text(encoding="utf-8"))
    }
    assert readers - edges == {"states.py"}  # “today” is worded differently from another day


def test_no_committed_file_holds_an_index_address_or_a_path_of_a_machine():
    words = re.compile("|".join(("py" + "pi.org", "registry" + ".npm", "/" + "root/", "/wor" + "k/", "files.python" + "hosted")))
    kinds = {".py", ".md", ".lock", ".in", ".toml", ".html", ".yaml", ".csv", ""}
    texts = [path for path in tracked() if path.suffix in kinds and path.is_file()]
    found = [path for path in texts if words.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found == []


def test_every_setting_is_described():
    text = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")
    settings = (SOURCE / "office" / "config" / "settings.py").read_text(encoding="utf-8")
    used = {f"SERVANDA_{name}" for name in re.findall(r'env\("([A-Z_]+)"', settings)}
    for path in [*MODULES, TOP / "tools" / "test"]:
        used |= set(re.findall(r"SERVANDA_[A-Z]+[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert sorted(name for name in used if f"`{name}`" not in text) == []


def test_every_table_of_the_record_is_watched():
    watched = "".join(path.read_text() for path in SOURCE.rglob("0*_stamp_triggers*.py"))
    assert [model._meta.db_table for model in TABLES_OF_ROWS.values() if f'"{model._meta.db_table}"' not in watched] == []


KINDS = {"forms": "form", "scales": "scale", "finance": "model", "provisions": "provision", "ccm": "treaty", "apmbc": "treaty"}
EXCEPTIONS = {"sample-budget.yaml": "budget", "risk-calibration.yaml": "calibration"}
FILES = sorted(path for path in DATA.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_every_text_fits_its_schema_by_our_checker_and_by_the_library(path):
    kind = EXCEPTIONS.get(path.name) or KINDS[path.parent.name]
    value = read_yaml(path.read_bytes(), path.name)
    check(value, schema(kind), path.name)
    jsonschema.Draft202012Validator(schema(kind)).validate(value)
    assert kind == "budget" or value["checked_on"]
    for broken in mutations(value):
        ours = refuses(lambda broken=broken: check(broken, schema(kind), path.name), TextRefused)
        theirs = refuses(lambda broken=broken: jsonschema.Draft202012Validator(schema(kind)).validate(broken), jsonschema.ValidationError)
        assert ours == theirs, broken


def mutations(value: dict):
    """Copies with a key taken out, a key added, or a value of another type."""
    yield value | {"surprise": "yes"}
    for key in value:
        yield {other: held for other, held in value.items() if other != key}
        yield value | {key: 7}
        yield value | {key: ["x"]}
        yield value | {key: ""}


def refuses(run, error: type[Exception]) -> bool:
    try:
        run()
    except error:
        return True
    return False


@pytest.mark.parametrize("treaty", ["ccm", "apmbc"])
def test_every_row_fits_its_schema_and_has_a_source(treaty):
    law = load_law(treaty)
    for table in TABLES:
        validator = jsonschema.Draft202012Validator(schema(table))
        for fact in getattr(law, table):
            validator.validate(as_text(fact))
        assert all(getattr(fact, "source", "") or getattr(fact, "source_a", "") for fact in getattr(law, table))


def test_every_property_of_a_schema_is_described():
    silent = []
    for path in (DATA / "schema").glob("*.json"):
        for name, body in json.loads(path.read_text(encoding="utf-8")).get("properties", {}).items():
            if "description" not in body and path.stem != "map.schema":
                silent.append(f"{path.stem}: {name}")
    assert silent == []


def test_every_provision_model_and_command_is_described():
    law_pages = {name: (TOP / "docs" / "law" / f"{name}.md").read_text(encoding="utf-8") for name in ("ccm", "apmbc", "financing-models")}
    for treaty in ("ccm", "apmbc"):
        assert [id for id in load_law(treaty).provisions if f"`{id}`" not in law_pages[treaty]] == []
    assert [id for id in load_law().model_ids() if f"`{id}`" not in law_pages["financing-models"]] == []


def test_the_readme_names_the_two_commands_and_only_pages_that_are_there():
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme and "make test" in readme
    assert [link for link in re.findall(r"\]\(([^)]+)\)", readme) if not (TOP / link).exists()] == []
