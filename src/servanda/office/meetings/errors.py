"""Refusals of the meetings room."""

from servanda.treaty.errors import TreatyError, sentence


class UnknownMeeting(TreatyError):
    says = sentence("No meeting “{meeting}” is recorded; choose one from the list of meetings.")
