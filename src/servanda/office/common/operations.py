"""The audit line, written in the same transaction as the change it tells of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .models import AuditLine


def audit_line(
    *, act: str, on: str, by: str, at: datetime, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None
) -> AuditLine:
    """An unsaved line; the operation that changes the record saves it with the change."""
    return AuditLine(act=act, on=on, by=by, at=at, before=before, after=after)
