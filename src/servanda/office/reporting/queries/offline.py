"""What a form that was filled in off line would change, shown before anything is accepted."""

from dataclasses import dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from servanda.treaty.forms import asked_of

from ..errors import BookOfAnother
from ..forms import read_book
from ..models import ReportFile
from .files import report_name
from .section import Pair
from .shown import field_label, section_name, value_line
from .written import form_of, written

SALT = "reporting.offline"


@dataclass(frozen=True)
class BookPage:
    """The fields that differ, and the answers sealed so that what is accepted is what was shown."""

    number: int
    name: str
    pairs: tuple[Pair, ...]
    sealed: str


def book_page(report: ReportFile, sent: UploadedFile | None, language: str) -> BookPage:
    """Raises BookUnreadable, and BookOfAnother for the form of another State, edition or report."""
    form, held = form_of(report), written(report)
    book = read_book(sent, form)
    if (book.edition, book.state, book.report) != (report.edition, report.state_id, str(report.pk)):
        raise BookOfAnother(state=book.state or "?", edition=book.edition or "?", report=book.report or "?")
    pairs, changed = [], []
    for section in form.sections:
        for field in asked_of(section):
            now, new = held.value(section.id, field.id), book.answers.get((section.id, field.id), "")
            if (new and new != now) or (not new and now and (section.id, field.id) in book.answers):
                texts = (value_line(field, value, language) for value in (now, new))
                pairs.append(Pair(section_name(section, language), field_label(field, language), *texts))
                changed.append([section.id, field.id, new, book.version(section.id, field.id)])
    return BookPage(report.pk, report_name(report, language), tuple(pairs), signing.dumps([report.pk, changed], salt=SALT, compress=True))
