"""What the Unit asks about a report, and what the State answers."""

from datetime import datetime

from django.db import transaction

from servanda.office.common.operations import audit_line

from ..errors import NoSuchField, NotInThisStanding, QuestionEmpty
from ..models import Question, ReportFile
from ..queries.written import form_of
from .answers import on_audit


@transaction.atomic
def ask_question(*, report: ReportFile, section: str, text: str, by: str, at: datetime) -> Question:
    if form_of(report).section(section) is None:
        raise NoSuchField()
    if not text.strip():
        raise QuestionEmpty()
    question = Question.objects.create(report=report, section=section, text=text.strip(), asked_at=at, asked_by=by)
    audit_line(act="question asked", on=on_audit(report), by=by, at=at, after={"section": section, "text": question.text}).save()
    return question


@transaction.atomic
def answer_question(*, report: ReportFile, question: int, text: str, by: str, at: datetime) -> Question:
    """Answer a question once; raises NotInThisStanding for one that is not open, QuestionEmpty."""
    found = Question.objects.select_for_update().filter(report=report, pk=question, answered_at=None).first()
    if found is None:
        raise NotInThisStanding()
    if not text.strip():
        raise QuestionEmpty()
    found.answer, found.answered_at, found.answered_by = text.strip(), at, by
    found.save()
    audit_line(act="question answered", on=on_audit(report), by=by, at=at, after={"question": found.pk, "text": found.answer}).save()
    return found
