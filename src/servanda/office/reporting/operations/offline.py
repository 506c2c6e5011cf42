"""Accepting what was filled in off line, after its sender has seen what it changes."""

from datetime import datetime

from django.core import signing
from django.db import transaction

from ..errors import BookUnreadable
from ..models import ReportFile
from ..queries.offline import SALT
from .answers import Saved, save_answer

_SECONDS = 24 * 3600


@transaction.atomic
def accept(*, report: ReportFile, sealed: str, by: str, at: datetime) -> list[Saved]:
    """Save the answers that were shown; where another was saved since the form left, both are kept. Raises BookUnreadable."""
    try:
        number, changed = signing.loads(sealed, salt=SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise BookUnreadable() from None
    if number != report.pk:
        raise BookUnreadable()
    who = {"report": report, "by": by, "at": at}
    return [save_answer(section=section, field=field, value=value, based_on=version, **who) for section, field, value, version in changed]
