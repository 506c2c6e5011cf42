"""The office commands: run, load, audit, backup, restore, export, demo, tasks, copy."""

import os
import socket
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from servanda.treaty.errors import TreatyError, sentence

from .archive_commands import archive, require_languages
from .setup import set_up

BY = "command line"


def run(arguments: Namespace) -> int:
    """Create what is missing, load the data, serve until interrupted."""
    address = os.environ.get("SERVANDA_ADDRESS", "127.0.0.1")
    _require_free(address, arguments.port)
    _load_data()
    from django.db import connections

    from servanda.office.archive.operations.indexing import index_waiting

    index_waiting(at=datetime.now(UTC))  # what an interrupted process left, or everything if the index is new
    from granian import Granian
    from granian.constants import Interfaces

    connections.close_all()
    workers = int(os.environ.get("SERVANDA_WORKERS", "1"))
    print(f"Servanda is at http://127.0.0.1:{arguments.port} (stop with Ctrl-C).", flush=True)
    Granian(
        "servanda.office.config.wsgi:application",
        address=address,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
        log_level="warning",
    ).serve()
    return 0


class PortTaken(TreatyError):
    says = sentence("Port {port} cannot be used here ({problem}); choose another with --port.")


def _require_free(address: str, port: int) -> None:
    """The server shares ports with others of its kind, so a port in use would go unnoticed: try it first."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (OSError, OverflowError) as problem:
        raise PortTaken(port=port, problem=getattr(problem, "strerror", None) or "not a port") from None


def load(arguments: Namespace) -> int:
    """Bring data/ into the database; with --check only say what would change."""
    return _load_data(dry_run=arguments.check)


def _load_data(*, dry_run: bool = False) -> int:
    set_up()
    from django.conf import settings

    from servanda.office.obligations.operations import load_record
    from servanda.treaty.law import load_law

    law = load_law(settings.TREATY)
    now = datetime.now(UTC)
    for warning in law.stale(now.date()):
        print(f"servanda: note: {warning}", file=sys.stderr)
    found = load_record(law=law, by=BY, at=now, dry_run=dry_run)
    verb = "would be " if dry_run else ""
    for table in found:
        if table.touched:
            print(f"{table.table}: {table.added} {verb}added, {table.changed} corrected, {table.ended} ended, {table.same} the same")
    if not any(table.touched for table in found):
        print(f"The record of {law.treaty.title['en']} is up to date: {sum(table.same for table in found)} rows.")
    return 0


def audit(arguments: Namespace) -> int:
    """Check every invariant; 1 with findings."""
    set_up()
    from servanda.office.site.audits import findings

    count = 0
    for finding in findings():
        count += 1
        print(f"{finding.where}: {finding.what} {finding.why}")
    print(f"{count} findings." if count else "No findings.")
    return 1 if count else 0


def backup(arguments: Namespace) -> int:
    """Write the whole installation into one file."""
    path = Path(arguments.file)
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(2, "No such folder", str(path.parent))
    set_up()
    from servanda.office.site.operations import write_backup

    rows = write_backup(path, at=datetime.now(UTC))
    print(f"Wrote {arguments.file}: {rows} rows.")
    return 0


def restore(arguments: Namespace) -> int:
    """Bring an installation back from a backup file into an empty database."""
    path = Path(arguments.file)
    if not path.is_file():
        raise FileNotFoundError(2, "No such file", arguments.file)
    set_up()
    from servanda.office.site.operations import read_backup

    rows = read_backup(path)
    print(f"Restored {rows} rows from {arguments.file}.")
    return 0


def export(arguments: Namespace) -> int:
    """Write the whole record as plain files that --treaty reads."""
    set_up()
    from servanda.answers.folder import write_folder
    from servanda.office.obligations.queries import current_law

    load_when_empty()
    files = write_folder(current_law(), Path(arguments.folder))
    print(f"Wrote {len(files)} files to {arguments.folder}; “servanda status --treaty {arguments.folder}” reads them.")
    return 0


def copy(arguments: Namespace) -> int:
    """Write the public site as plain files."""
    languages = (arguments.languages or "en,ar,zh,fr,ru,es").split(",")
    require_languages(languages)
    set_up()
    from servanda.office.site.out.copy import write_copy

    load_when_empty()

    def show(count: int) -> None:
        if sys.stderr.isatty() and count % 50 == 0:
            print(f"\r{count} pages …", end="", file=sys.stderr, flush=True)

    count = write_copy(Path(arguments.folder), languages=languages, on=datetime.now(UTC).date(), progress=show)
    print(f"Wrote {count} files to {arguments.folder}; open {arguments.folder}/index.html in any browser.")
    return 0


def tasks(arguments: Namespace) -> int:
    """Do what is due."""
    set_up()
    from servanda.office.archive.tasks import run as due

    load_when_empty()
    for done in due():
        print(done)
    return 0


def demo(arguments: Namespace) -> int:
    """Make one sample account per role and print a sign-in link for each."""
    set_up()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from django.urls import reverse

    from servanda.office.common.choices import DELEGATION, ROLES, STAFF
    from servanda.office.common.operations import give_role, make_account, make_link

    load_when_empty()
    now = datetime.now(UTC)
    for role in [role for role in ROLES if role != "public"]:
        account = make_account(email=f"{role}@sample.example", name=f"Sample {role}", by=BY, at=now, sample=True)
        give_role(account=account, role=role, state="LAO" if role == DELEGATION else "", begins=now.date(), by=BY, at=now)
        print(f"{account.email}: http://127.0.0.1:{arguments.port}{reverse('sign-in-link', args=[make_link(account=account, at=now)])}")
        if role in STAFF:
            codes = RecoveryCodes.activate(account).get_unused_codes()
            print(f"  second factor, each code once: {' '.join(codes[:5])}")
    print("Each link signs in once, until the same hour of the next working day; run this again for new ones.")
    return 0


def load_when_empty() -> None:
    """Load the data into a new installation."""
    from servanda.office.obligations.queries import current_law

    if not current_law().states:
        _load_data()


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "run": run,
    "load": load,
    "audit": audit,
    "backup": backup,
    "restore": restore,
    "export": export,
    "demo": demo,
    "tasks": tasks,
    "copy": copy,
    "archive": archive,
}
