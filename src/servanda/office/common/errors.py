"""Refusals of the office as a whole."""

from servanda.treaty.errors import TreatyError, sentence


class NotAllowed(TreatyError):
    says = sentence("Your roles do not include this: {act}; sign in with an account that may, or ask the Unit.")
