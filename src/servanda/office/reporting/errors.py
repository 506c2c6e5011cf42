"""Refusals while a report is written, submitted or read."""

from servanda.treaty.errors import TreatyError, sentence


class AlreadyStarted(TreatyError):
    says = sentence("A report of this kind for {period} is here already; open it and go on there.")


class PeriodRefused(TreatyError):
    says = sentence("“{period}” is no period; write a year, or two dates with a slash, as in 2015-03-01/2017-10-31.")


class NotWritable(TreatyError):
    says = sentence("A report that was withdrawn or replaced is not changed any more; start a new one.")


class NoSuchField(TreatyError):
    says = sentence("The form has no such field; open the page again.")


class NotInThisStanding(TreatyError):
    says = sentence("This cannot be done with the report as it stands; open it again and see.")


class ConflictsOpen(TreatyError):
    says = sentence("Two people wrote the same answer; choose which one stays, then submit.")


class NothingChanged(TreatyError):
    says = sentence("Nothing was changed since the last revision, so there is nothing to correct.")


class ReasonNeeded(TreatyError):
    says = sentence("Write the reason; it is kept with the report.")


class QuestionEmpty(TreatyError):
    says = sentence("Nothing is written; write the question or the answer.")


class DayAhead(TreatyError):
    says = sentence("A report cannot have been received on {day}, which is still to come; check the date.")


class BookUnreadable(TreatyError):
    says = sentence("This is not the Excel form of a report; download the form from the report’s page and fill that one in.")


class BookOfAnother(TreatyError):
    says = sentence("This is the form of {state}, edition {edition}, report {report}; send it on the page of that report.")
