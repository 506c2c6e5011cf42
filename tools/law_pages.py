"""Writes docs/law/ and docs/commands.md from the data files and the command line's own help; `--check` only compares.

.venv/bin/python tools/law_pages.py [--check]
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from servanda.cli import build_parser
from servanda.treaty.law import Law, load_law
from servanda.treaty.model import FinancingModel

DOCS = Path(__file__).resolve().parent.parent / "docs"


def provisions(law: Law) -> str:
    """One treaty's provisions: the rule, its numbers by the day from which they hold, the place."""
    lines = [f"# {law.treaty.title['en']}: the provisions computed", "", f"Source: {law.treaty.cite}. Made from the data files.", ""]
    for provision in law.provisions.values():
        heading = f"Article {provision.article}" + (f"({provision.paragraph})" if provision.paragraph else "")
        lines += [f"## {provision.title} (`{provision.id}`)", "", f"{heading}. {provision.says}", ""]
        for version in provision.versions:
            values = ", ".join(f"{key} = {value}" for key, value in version.values.items()) or "no number"
            lines.append(f"- from {version.since}: {values} ({version.cite})")
        lines += ["", f"Last checked on {provision.checked_on}.", ""]
    return "\n".join(lines)


def models(law: Law) -> str:
    """The financing models shipped, with the switches they set."""
    lines = ["# Financing models", "", "No model is recommended. Made from the data files.", ""]
    for model in law.models.values():
        lines += [
            f"## {model.title} (`{model.id}`, {model.standing})",
            "",
            f"Source: {model.cite}. Last checked on {model.checked_on}.",
            "",
        ]
        lines += [f"- {switch}" for switch in _switches(model)]
        lines += ["", model.note, ""] if model.note else [""]
    return "\n".join(lines)


def _switches(model: FinancingModel) -> list[str]:
    parts = [f"{name}: {'assessed' if part.assessed else 'not assessed'}" for name, part in model.parts.items()]
    less = [f"{name} less {', '.join(part.less)}" for name, part in model.parts.items() if part.less]
    found = ["; ".join(parts + less), f"payers: {model.basis}", f"scale: {model.resolution or 'of the budget year'}"]
    found.append(f"weights: {model.weights if isinstance(model.weights, str) else 'classes'}")
    for name in ("exempt_below", "floor", "ceiling", "minimum", "reserve"):
        value = getattr(model, name)
        if value is not None:
            found.append(f"{name}: {value}")
    if model.factor is not None:
        found.append(f"factor: {float(model.factor)}")
    if model.ldc:
        found.append(f"least developed countries: at most {model.ldc.cap} per cent")
    found += [f"fixed share: {iso3} {rate} per cent" for iso3, rate in model.fixed.items()]
    found += [f"notional rate: {iso3} {held.rate} ({held.cite})" for iso3, held in model.notional.items()]
    return [*found, f"rounding: {model.rounding.stage}, {model.rounding.mode}"]


def commands() -> str:
    """The help of every command."""
    lines = ["# Commands", "", "Exit codes: 0 done, 1 refused by a rule, 2 wrong use. Made from the command line's own help.", ""]
    for command in every_command(build_parser()):
        lines += [f"## {command.prog}", "", "```", command.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def every_command(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The commands of a command line, each followed by its own."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield command
                yield from every_command(command)


def pages() -> dict[Path, str]:
    convention, other = load_law("ccm"), load_law("apmbc")
    return {
        DOCS / "law" / "ccm.md": provisions(convention),
        DOCS / "law" / "apmbc.md": provisions(other),
        DOCS / "law" / "financing-models.md": models(convention),
        DOCS / "commands.md": commands(),
    }


def main() -> int:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(DOCS.parent)} is not what the data gives; run “make docs”.")
        return 1 if stale else 0
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
