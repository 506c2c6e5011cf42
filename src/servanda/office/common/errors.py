"""Refusals of the office as a whole."""

from servanda.treaty.errors import TreatyError, sentence


class NotAllowed(TreatyError):
    says = sentence("Your roles do not include this: {act}. Sign in with an account that may, or ask the Unit.")


class LinkSpent(TreatyError):
    says = sentence("This link was used already or is too old; ask for a new one on the sign-in page.")


class RoleUnknown(TreatyError):
    says = sentence("There is no role “{role}”; choose one from the list.")


class StateMissing(TreatyError):
    says = sentence("A delegation speaks for a State; choose which.")
