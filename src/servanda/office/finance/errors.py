"""Refusals of the finance room."""

from servanda.treaty.errors import TreatyError, sentence


class FileTooLarge(TreatyError):
    says = sentence("The file is larger than 64 KB; a financing model is a short text, send that.")


class NoFile(TreatyError):
    says = sentence("No file was sent; choose a model file and send it again.")


class OwnModelGone(TreatyError):
    says = sentence("No model is kept under this link any more (unused for 30 days, or never sent); send the file again.")
