"""What is done without being asked: mail swept in, scans read, the index written, every checksum proven once a week.

A scheduler runs `servanda tasks` every few minutes; each task may be interrupted and repeated.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from servanda.office.obligations.queries import current_law

from .files.unpack import new_messages
from .operations.describing import Given
from .operations.indexing import index_waiting
from .operations.intake import take_in
from .operations.recognition import read_scans
from .operations.saved import tell_of_news
from .operations.trust import last_verified, verify
from .queries.visible import store

BY = "the calendar"
_PROVEN_EVERY = timedelta(days=7)


def run() -> Iterator[str]:
    """Do what is due, and say in a sentence what was done."""
    at, given = datetime.now(UTC), Given(law=current_law())
    if settings.MAILDIR:
        found = new_messages(Path(settings.MAILDIR))
        summary = take_in(found=found, given=given, origin="mail", by=BY, at=at, store=store())
        yield gettext("Mail: %(filed)s filed for review, %(known)s here already.") % {"filed": summary.filed, "known": summary.known}
    yield gettext("Scans read: %(count)s.") % {"count": read_scans(given=given, by=BY, at=at)}
    yield gettext("Documents indexed: %(count)s.") % {"count": index_waiting(at=at)}
    yield gettext("Letters about saved searches: %(count)s.") % {"count": tell_of_news(at=at)}
    last = last_verified()
    if last is None or last.at < at - _PROVEN_EVERY:
        result = verify(by=BY, at=at)
        yield gettext("Files proven: %(count)s, findings: %(findings)s.") % {"count": result.checked, "findings": len(result.findings)}
        yield from (f"{finding.where}: {finding.what} {finding.why}" for finding in result.findings)
