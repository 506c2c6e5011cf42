"""Refusals when the Unit records a fact."""

from servanda.treaty.errors import TreatyError, sentence


class AlreadyRecorded(TreatyError):
    says = sentence("The same fact is on record already; end that one first if it is wrong.")


class ReasonMissing(TreatyError):
    says = sentence("A fact is ended only for a reason; write it.")


class NoSuchFact(TreatyError):
    says = sentence("The office recorded no such fact of this State, or it was ended already.")
