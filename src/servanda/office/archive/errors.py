"""Refusals of the archive."""

from servanda.treaty.errors import TreatyError, sentence


class NothingSent(TreatyError):
    says = sentence("No file was sent; choose files, or drop them on the field.")


class NothingChosen(TreatyError):
    says = sentence("No document was chosen; tick those you mean.")


class NoSuchDocument(TreatyError):
    says = sentence("No document has the symbol or identifier “{text}”.")


class NotADocument(TreatyError):
    says = sentence("“{name}” is not one document that can be kept; send the one file that the fact stands in.")
