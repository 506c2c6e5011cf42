"""Extensions of a deadline: how grants stack, whether a request is still unanswered, and by when the next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .dates import PartialDate, add_months
from .errors import Remark, sentence
from .law import Law
from .provisions import Version
from .record import Decision, Meeting

_EARLIEST = PartialDate("0001")
_FORMAL = ("msp", "rc")


@dataclass(frozen=True)
class Extended:
    """The deadline that stands after the grants known, the steps to it, and whether a later request waits for an answer."""

    due: PartialDate
    steps: tuple[str, ...]
    pending: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class RequestBy:
    """The day by which a request for (more) time is due: so many months before the meeting that will consider it."""

    day: date
    meeting: str
    opens: str
    months: int
    cite: str


_GRANTED = sentence("Extended until {until}, {when} ({source}).")
_REFUSED = sentence("A request was refused, {when} ({source}).")
_REQUESTED = sentence("Extension requested until {until}, {when}; decision not known to us ({source}).")
_REQUESTED_OPEN = sentence("Extension requested, {when}; decision not known to us ({source}).")
_SHORTER = sentence("The extension granted is shorter than the one requested ({asked}).")


def extend(law: Law, original: date, known: Sequence[Decision]) -> Extended:
    """Apply the grants among `known` to the treaty's date, in the order in which they were decided.

    A grant states its new deadline, or a length in months that is added to the deadline standing then. Of two grants of
    unknown date the later deadline stands.
    """
    due, steps, remarks = PartialDate(original.isoformat()), [], []
    grants = sorted(
        (found for found in known if found.kind == "granted"), key=lambda found: (_decided(law, found), found.until or _EARLIEST)
    )
    requests = sorted((found for found in known if found.kind == "requested"), key=lambda found: _decided(law, found))
    for grant in grants:
        due = grant.until or PartialDate(add_months(due.last, grant.months or 0).isoformat())
        steps.append(f"{due} ({_when(grant)})")
        remarks.append(Remark(_GRANTED, {"until": str(due), "when": _when(grant), "source": grant.source}))
        asked = [request.until for request in requests if request.meeting and request.meeting == grant.meeting and request.until]
        if asked and due < max(asked):
            remarks.append(Remark(_SHORTER, {"asked": str(max(asked))}))
    refusals = [found for found in known if found.kind == "refused"]
    remarks += [Remark(_REFUSED, {"when": _when(found), "source": found.source}) for found in refusals]
    waiting = [request for request in requests if not _answered(law, request, [*grants, *refusals])]
    for request in waiting:
        says = _REQUESTED if request.until else _REQUESTED_OPEN
        remarks.append(Remark(says, {"until": str(request.until), "when": _when(request), "source": request.source}))
    return Extended(due, tuple(steps), bool(waiting), tuple(remarks))


def request_by(law: Law, due: PartialDate, version: Version) -> RequestBy | None:
    """When a request must reach the States Parties: months before the last formal meeting that opens before `due`.

    The day is computed from the meeting's date as it stands in the record, so that it moves when the meeting moves.
    """
    months = version.values["submit_months_before_meeting"]
    before = [meeting for meeting in law.meetings if meeting.kind in _FORMAL and meeting.opens and meeting.opens.last <= due.last]
    after_last = [meeting for meeting in law.meetings if meeting.kind in _FORMAL and meeting.opens and meeting.opens.last > due.last]
    if not before or (not after_last and (due.last - before[-1].opens.last).days > 366):  # type: ignore[union-attr]
        return None  # the meeting that will consider it is not in the record yet
    last = max(before, key=lambda meeting: meeting.opens or _EARLIEST)
    assert last.opens is not None
    return RequestBy(add_months(last.opens.first, -months), last.title or last.id, str(last.opens), months, str(version.cite))


def _meeting(law: Law, decision: Decision) -> Meeting | None:
    return next((meeting for meeting in law.meetings if meeting.id == decision.meeting), None)


def _decided(law: Law, decision: Decision) -> PartialDate:
    """When the meeting named took it up, else the decision's own date; unknown sorts first."""
    meeting = _meeting(law, decision)
    return (meeting.opens if meeting else None) or decision.date or _EARLIEST


def _answered(law: Law, request: Decision, answers: Sequence[Decision]) -> bool:
    """A request is answered by a decision of the same meeting or a later one, or by a grant that reaches at least as far."""
    asked = _decided(law, request)
    for answer in answers:
        if _decided(law, answer) >= asked and asked != _EARLIEST:
            return True
        if request.until and answer.until and answer.until >= request.until:
            return True
    return False


def _when(decision: Decision) -> str:
    return str(decision.date or decision.meeting or "—")
