"""What is done with a report by one button: its policy, and how the operation is called with what was sent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..models import ReportFile
from .answers import settle_conflict
from .questions import answer_question, ask_question
from .submission import correct, publish, submit, withdraw

Sent = Mapping[str, str]
Act = Callable[[ReportFile, Sent, str, datetime], Any]


def _number(sent: Sent, name: str) -> int:
    text = sent.get(name, "")
    return int(text[:18]) if text.isdecimal() else 0


ACTS: Mapping[str, tuple[str, Act]] = {
    "submit": ("submit-report", lambda report, sent, by, at: submit(report=report, note=sent.get("note", ""), by=by, at=at)),
    "correct": ("submit-report", lambda report, sent, by, at: correct(report=report, note=sent.get("note", ""), by=by, at=at)),
    "withdraw": ("submit-report", lambda report, sent, by, at: withdraw(report=report, reason=sent.get("reason", ""), by=by, at=at)),
    "publish": ("submit-report", lambda report, sent, by, at: publish(report=report, visibility=sent.get("visibility", ""), by=by, at=at)),
    "settle": (
        "write-report",
        lambda report, sent, by, at: settle_conflict(
            report=report, conflict=_number(sent, "conflict"), keep=sent.get("keep", ""), by=by, at=at
        ),
    ),
    "ask": (
        "review-report",
        lambda report, sent, by, at: ask_question(report=report, section=sent.get("section", ""), text=sent.get("text", ""), by=by, at=at),
    ),
    "answer": (
        "write-report",
        lambda report, sent, by, at: answer_question(
            report=report, question=_number(sent, "question"), text=sent.get("text", ""), by=by, at=at
        ),
    ),
}
