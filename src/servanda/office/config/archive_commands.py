"""`servanda archive`: files brought in, found, and proven to be what they were."""

import json
import sys
import textwrap
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from servanda.treaty.errors import WrongUse, sentence

from .setup import set_up

BY = "command line"


class NoSuchPath(WrongUse):
    says = sentence("There is no {path}; check the path.")


class NoSuchLanguage(WrongUse):
    says = sentence("“{language}” is not one of ar, zh, en, fr, ru, es; name one of them.")


def archive(arguments: Namespace) -> int:
    """Run one of the archive's commands."""
    return _COMMANDS[arguments.act](arguments)


def _add(arguments: Namespace) -> int:
    paths = [Path(path) for path in arguments.paths]
    for path in paths:
        if not path.exists():
            raise NoSuchPath(path=path)
    _require_language(arguments.language)
    _ready()
    from servanda.office.archive.files.unpack import files
    from servanda.office.archive.operations.describing import Given
    from servanda.office.archive.operations.intake import take_in
    from servanda.office.archive.queries.visible import store
    from servanda.office.meetings.queries import require_meeting
    from servanda.office.obligations.queries import current_law

    law = current_law()
    if arguments.meeting:
        require_meeting(law, arguments.meeting)
    given = Given(arguments.language or "", arguments.meeting or "", law)
    at = datetime.now(UTC)
    origin = ", ".join(path.name for path in paths)[:200]
    summary = take_in(found=files(paths), given=given, origin=origin, by=BY, at=at, store=store(), progress=_progress())
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for remark in summary.remarks:
        print(f"servanda: {remark}", file=sys.stderr)
    print(
        f"{summary.filed} files filed for review, {summary.known} were here already, {summary.refused} refused; "
        f"{summary.pages} pages of text read, {summary.unreadable} files could not be read, {summary.indexed} documents indexed."
    )
    if summary.filed:
        print("Review them at /documents/review/, or find them with “servanda archive search”.")
    return 1 if summary.refused else 0


def _progress() -> Callable[[object], None]:
    """Says how far the intake is, at most four times a second, where somebody watches."""
    last = [0.0]

    def show(summary: object) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - last[0] > 0.25:
            last[0] = now
            print(f"\r{summary.filed} filed, {summary.read} read, {summary.pages} pages …", end="", file=sys.stderr, flush=True)

    return show


def _search(arguments: Namespace) -> int:
    _require_language(arguments.language)
    _ready()
    from servanda.office.archive.operations.indexing import index_waiting
    from servanda.office.archive.queries.search import search
    from servanda.office.common.policies import COMMAND_LINE

    now = datetime.now(UTC)
    index_waiting(at=now)
    narrowed = {"language": arguments.language, "state": arguments.state, "year": arguments.year}
    chosen = {name: (value,) for name, value in narrowed.items() if value}
    answer = search(arguments.text, COMMAND_LINE, on=now.date(), narrowed=chosen, limit=arguments.limit)
    if arguments.format == "json":
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
    elif arguments.format == "csv":
        _csv([[hit.symbol or hit.identifier, hit.language, hit.date, hit.number or "", hit.title, hit.words] for hit in answer.hits])
    else:
        _print_passages(answer)
    return 0


def _print_passages(answer: Any) -> None:
    """A block for each passage: which document and page, then the words around the answer."""
    for hit in answer.hits:
        about = [hit.symbol or hit.identifier, hit.language, hit.date, f"page {hit.number}" if hit.number else ""]
        print(" · ".join(filter(None, [*about, "under review" if hit.standing == "review" else ""])))
        print(f"  {hit.title}")
        print(textwrap.fill(hit.words, 98, initial_indent="    ", subsequent_indent="    "), end="\n\n")
    print(f"{answer.count} passages." if answer.hits else f"Nothing is found for “{answer.query}”.")
    if answer.suggestion:
        print(f"Did you mean “{answer.suggestion}”?")


_COLUMNS = ["document", "language", "date", "page", "title", "passage"]


def _csv(rows: list[list[Any]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)


def _verify(arguments: Namespace) -> int:
    _ready()
    from servanda.office.archive.operations.trust import verify

    result = verify(at=datetime.now(UTC), by=BY)
    for finding in result.findings:
        print(f"{finding.where}: {finding.what} {finding.why}")
    print(f"{result.checked} files checked, {result.bytes} bytes; {len(result.findings) or 'no'} findings.")
    return 1 if result.findings else 0


def _reindex(arguments: Namespace) -> int:
    _ready()
    from servanda.office.archive.operations.indexing import rebuild_index

    print(f"{rebuild_index(at=datetime.now(UTC))} documents indexed anew.")
    return 0


def _bag(arguments: Namespace) -> int:
    _ready()
    from servanda.office.archive.models import Work
    from servanda.office.archive.out.packages import write_bag
    from servanda.office.meetings.queries import require_meeting
    from servanda.office.obligations.queries import current_law

    law, works = current_law(), Work.objects.prefetch_related("titles", "authors")
    title = law.treaty.title["en"]
    if arguments.meeting:
        title = require_meeting(law, arguments.meeting).title
        works = works.filter(meeting=arguments.meeting)
    count = write_bag(works.iterator(chunk_size=500), Path(arguments.folder), title=title)
    print(f"Wrote {count} documents to {arguments.folder}, a bag that any BagIt tool can verify.")
    return 0


def _ready() -> None:
    """Set up, and load the data where none is: meetings and names of States are asked for."""
    set_up()
    from servanda.office.config.commands import load_when_empty

    load_when_empty()


def _require_language(language: str | None) -> None:
    if language:
        require_languages([language])


def require_languages(languages: Iterable[str]) -> None:
    """Raises NoSuchLanguage for the first that is not one of the six."""
    from servanda.office.archive.choices import LANGUAGES

    for language in languages:
        if language not in LANGUAGES:
            raise NoSuchLanguage(language=language)


_COMMANDS: Mapping[str, Callable[[Namespace], int]] = {"add": _add, "search": _search, "verify": _verify, "reindex": _reindex, "bag": _bag}
