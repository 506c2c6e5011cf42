"""Refusals of contacts."""

from servanda.treaty.errors import TreatyError, sentence


class NoSuchPerson(TreatyError):
    says = sentence("Nobody here has the number or mail address “{text}”; open the person to look it up.")


class SeveralPeople(TreatyError):
    says = sentence("Several people here have the mail address “{text}”; give the number of the one you mean.")


class PersonGone(TreatyError):
    says = sentence("This record was merged or its data removed; work on the record that it leads to.")


class SamePerson(TreatyError):
    says = sentence("A record cannot be merged into itself; give the number or mail address of the other one.")


class PostWithoutPlace(TreatyError):
    says = sentence("A post is held for a State or for an organisation; choose at least one.")


class PostEnded(TreatyError):
    says = sentence("This post has ended already; add a new one.")


class EndsBeforeItBegins(TreatyError):
    says = sentence("A post that began on {begins} cannot end on {ends}; give a later day.")


class NameMissing(TreatyError):
    says = sentence("Write the name of the person.")


class RemovalNotConfirmed(TreatyError):
    says = sentence("Removing a person’s data cannot be undone; tick the box to say that it is meant.")


class ListNameTaken(TreatyError):
    says = sentence("A list is called “{name}” already; choose another name.")


class LinkUnreadable(TreatyError):
    says = sentence("This link is not whole; copy it from the letter again, or answer the letter.")


class NotADay(TreatyError):
    says = sentence("“{text}” is not a day; write 2011, 2011-09 or 2011-09-12.")
