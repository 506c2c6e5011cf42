"""`servanda …`: law commands answer from treaty and data without loading Django; the others call the office."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from servanda import __version__
from servanda.treaty.dates import parse_day
from servanda.treaty.errors import TreatyError, WrongUse

MODELS = "assessed,voluntary,hybrid"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to read more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=lambda prog: argparse.HelpFormatter(prog, width=100), **options)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"servanda: {message}; see “{self.prog} --help”.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused by a rule, 2 wrong use."""
    arguments = build_parser().parse_args(argv)
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()
        return int(code or 0)
    except TreatyError as refusal:
        print(f"servanda: {refusal}", file=sys.stderr)
        return 2 if isinstance(refusal, WrongUse) else 1
    except FileNotFoundError as missing:
        print(f"servanda: there is no {missing.filename}; check the path.", file=sys.stderr)
        return 2
    except OSError as problem:
        if isinstance(problem, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"servanda: {problem.filename or 'the file'} cannot be used ({problem.strerror}); check the path.", file=sys.stderr)
        return 2


def build_parser() -> _Parser:
    """The whole command line, with every command and its help."""
    parser = _Parser(prog="servanda", description=__doc__)
    parser.add_argument("--version", action="version", version=f"servanda {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _law_commands(commands)
    _office_commands(commands)
    return parser


def _law(commands: argparse._SubParsersAction[_Parser], name: str, text: str) -> _Parser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--treaty", default="ccm", metavar="ID|DIR", help="ccm (default), apmbc, or the path of a treaty folder")
    command.add_argument("--format", default="table", choices=("table", "json", "csv"), help="table for people (default), json or csv")
    command.add_argument("--on", type=_day, default=None, metavar="DATE", help="the day asked about, as in 2026-11-23 (default: today)")
    command.set_defaults(run=lambda arguments: _answer(name, arguments))
    return command


def _law_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    status = _law(commands, "status", "Who has signed, consented, is bound or has withdrawn, on any day.")
    status.add_argument("--state", metavar="ISO3", help="one State only")
    owed = _law(commands, "obligations", "What each State owes, by when, and why.")
    owed.add_argument("--state", metavar="ISO3", help="one State only")
    owed.add_argument("--article", metavar="A", help="one article only, such as 4")
    scale = _law(commands, "scale", "A United Nations scale of assessments.")
    scale.add_argument("scale", nargs="?", metavar="RESOLUTION | YEAR", help="such as A/RES/79/249 or 2013 (default: the year of --on)")
    scale.add_argument("--state", metavar="ISO3", help="one State only")
    apportion = _law(commands, "apportion", "Share one amount among States under one rule, with its working.")
    apportion.add_argument("--pool", required=True, metavar="AMOUNT", help="the amount to share, such as 500000.00")
    apportion.add_argument("--currency", required=True, metavar="CUR", help="an ISO 4217 code, such as CHF")
    apportion.add_argument("--model", default="plain-scale", metavar="ID|FILE", help="a shipped model or a model file (plain-scale)")
    apportion.add_argument("--scale", metavar="RES|YEAR", help="instead of the model's own scale")
    apportion.add_argument(
        "--payers", metavar="in-force|deposited|FILE", help="instead of the model's own payers; a file holds one ISO3 a line"
    )
    compare = _law(commands, "compare", "Financing models side by side on one budget.")
    compare.add_argument("--budget", required=True, metavar="FILE", help="a budget file")
    compare.add_argument("--models", default=MODELS, metavar="ID,ID,…", help=f"models or model files (default: {MODELS})")
    compare.add_argument("--output", metavar="FILE", help="write a file instead: .xlsx, .docx, .csv or .json")
    risk = _law(commands, "risk", "What might be in the till each quarter, under one model.")
    risk.add_argument("--budget", required=True, metavar="FILE", help="a budget file")
    risk.add_argument("--model", required=True, metavar="ID", help="a shipped model or a model file")
    risk.add_argument("--scenarios", type=int, default=10_000, metavar="N", help="how many years to draw (10000)")
    risk.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed gives the same answer (0)")
    symbol = _law(commands, "symbol", "Read document symbols, put them right, and explain each part.")
    symbol.add_argument("text", nargs="+", metavar="TEXT", help="a symbol, such as CCM/MSP/2011/WP.3/Rev.1")


def _office(commands: argparse._SubParsersAction[_Parser], name: str, text: str) -> _Parser:
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=lambda arguments: _office_command(name, arguments))
    return command


def _office_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = _office(commands, "run", "Create what is missing, load the data, and serve.")
    run.add_argument("--port", type=int, default=8000, metavar="N", help="the port to serve on (8000)")
    load = _office(commands, "load", "Bring data/ into the database and print what changed.")
    load.add_argument("--check", action="store_true", help="only check the files and say what would change")
    _office(commands, "audit", "Check every invariant of every room; 1 with findings.")
    _office(commands, "backup", "Write the whole installation into one file.").add_argument("file", metavar="FILE")
    _office(commands, "restore", "Bring an installation back from a backup file.").add_argument("file", metavar="FILE")
    _office(commands, "export", "Write the whole record as plain files that --treaty reads.").add_argument("folder", metavar="DIR")
    copy = _office(commands, "copy", "Write the public site as plain files that work without a server.")
    copy.add_argument("folder", metavar="DIR", help="a new or an empty folder")
    copy.add_argument("--languages", metavar="XX,XX", help="the languages, English first (default: all six)")
    _office(commands, "tasks", "Do what is due: sweep mail in, read scans, write the index, prove checksums; for a scheduler.")
    demo = _office(commands, "demo", "Make one sample account per role and print how to sign in.")
    demo.add_argument("--port", type=int, default=8000, metavar="N", help="the port that “servanda run” serves on (8000)")
    _archive_commands(commands)


def _archive_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    archive = commands.add_parser("archive", help="The documents: bring files in, find them, prove them.")
    acts = archive.add_subparsers(required=True, metavar="ACT", parser_class=_Parser)
    add = _archive(acts, "add", "Bring in folders, zips and files for review; safe to interrupt and to repeat.")
    add.add_argument("paths", nargs="+", metavar="PATH", help="a folder, a zip, a mail folder (maildir) or a file")
    add.add_argument("--meeting", metavar="ID", help="the meeting they all belong to, such as 2msp")
    add.add_argument("--language", metavar="XX", help="the language they are all in: ar, zh, en, fr, ru or es")
    search = _archive(acts, "search", 'Find passages: words, "phrases", prefix*, symbols, state:LAO, type:statement, 2012..2015.')
    search.add_argument("text", metavar="TEXT", help="what to find")
    search.add_argument("--language", metavar="XX", help="only in this language")
    search.add_argument("--state", metavar="ISO3", help="only by this State")
    search.add_argument("--year", metavar="Y", help="only of this year")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="how many passages to print (20)")
    search.add_argument("--format", default="table", choices=("table", "json", "csv"), help="table (default), json or csv")
    _archive(acts, "verify", "Recompute every checksum and name every file that is not what it was; 1 with findings.")
    bag = _archive(acts, "bag", "Write documents with their metadata as a BagIt bag.")
    bag.add_argument("folder", metavar="DIR", help="a new or an empty folder")
    bag.add_argument("--meeting", metavar="ID", help="only the documents of this meeting")
    _archive(acts, "reindex", "Empty the search index and write it again from the record.")


def _archive(acts: argparse._SubParsersAction[_Parser], act: str, text: str) -> _Parser:
    command = acts.add_parser(act, help=text, description=text)
    command.set_defaults(run=lambda arguments: _office_command("archive", arguments), act=act)
    return command


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except TreatyError as refusal:
        raise argparse.ArgumentTypeError(str(refusal).rstrip(".")) from None


def _answer(name: str, arguments: argparse.Namespace) -> int:
    """A law command loads only the half of the law that it needs."""
    if name in ("status", "obligations", "scale", "symbol"):
        from servanda.answers.facts import COMMANDS
    else:
        from servanda.answers.money import COMMANDS
    arguments.on = arguments.on or date.today()
    return COMMANDS[name](arguments)


def _office_command(name: str, arguments: argparse.Namespace) -> int:
    from servanda.office.config import commands  # Django is loaded for office commands only

    return commands.COMMANDS[name](arguments)


if __name__ == "__main__":
    sys.exit(main())
