"""Refusals of the archive."""

from servanda.treaty.errors import TreatyError, sentence


class DateUnreadable(TreatyError):
    says = sentence("“{text}” is not a date; write 2011, 2011-09 or 2011-09-12.")


class NothingSent(TreatyError):
    says = sentence("No file was sent; choose files, or drop them on the field.")


class NothingChosen(TreatyError):
    says = sentence("No document was chosen; tick those you mean.")
