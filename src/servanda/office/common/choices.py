"""Roles, what a record's visibility means, and who may do what: one table that people can read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

PUBLIC, STATES_PARTIES, COMMITTEE, UNIT_ONLY = "public", "states-parties", "committee", "unit"
VISIBILITIES = {
    PUBLIC: gettext_lazy("Public"),
    STATES_PARTIES: gettext_lazy("For States Parties"),
    COMMITTEE: gettext_lazy("For the Coordination Committee"),
    UNIT_ONLY: gettext_lazy("For the Unit"),
}

DELEGATION, COORDINATOR, PRESIDENCY, UNIT, ADMINISTRATOR = "delegation", "coordinator", "presidency", "unit", "administrator"
ROLES = {
    "public": gettext_lazy("Anyone: reads what is public, without signing in."),
    DELEGATION: gettext_lazy("A State Party's focal point or mission: also reads what is meant for States Parties."),
    COORDINATOR: gettext_lazy("Coordinates a theme: also reads what is meant for the Coordination Committee."),
    PRESIDENCY: gettext_lazy("The President's team: reads what coordinators read, and prepares the meeting."),
    UNIT: gettext_lazy("The Implementation Support Unit: keeps the record, files and publishes documents."),
    ADMINISTRATOR: gettext_lazy("Keeps the installation: what the Unit may do, and who has which role."),
}
ROLE_NAMES = {
    "public": gettext_lazy("Public"),
    DELEGATION: gettext_lazy("Delegation"),
    COORDINATOR: gettext_lazy("Coordinator"),
    PRESIDENCY: gettext_lazy("President’s team"),
    UNIT: gettext_lazy("Unit"),
    ADMINISTRATOR: gettext_lazy("Administrator"),
}
STAFF = frozenset({UNIT, ADMINISTRATOR})
_STAFF = (UNIT, ADMINISTRATOR)
_COMMITTEE = (COORDINATOR, PRESIDENCY, *_STAFF)


@dataclass(frozen=True)
class Policy:
    """One act: the sentence that names it, and the roles that may. `public` among the roles means anyone."""

    says: Any
    roles: tuple[str, ...]


POLICIES: Mapping[str, Policy] = {
    "read-public": Policy(gettext_lazy("Read public records"), ("public", DELEGATION, *_COMMITTEE)),
    "read-states-parties": Policy(gettext_lazy("Read records for States Parties"), (DELEGATION, *_COMMITTEE)),
    "read-committee": Policy(gettext_lazy("Read records for the Coordination Committee"), _COMMITTEE),
    "read-unit": Policy(gettext_lazy("Read records of the Unit, those under review included"), _STAFF),
    "file-documents": Policy(gettext_lazy("File, describe and publish documents"), _STAFF),
    "destroy-documents": Policy(gettext_lazy("Destroy a file by a recorded decision"), (ADMINISTRATOR,)),
    "record-facts": Policy(gettext_lazy("Record instruments, extensions, declarations and reports"), _STAFF),
    "write-report": Policy(gettext_lazy("Write transparency reports: a delegation those of its own State"), (DELEGATION, *_STAFF)),
    "submit-report": Policy(
        gettext_lazy("Submit, correct and withdraw reports and say who reads them: a delegation those of its own State"),
        (DELEGATION, *_STAFF),
    ),
    "review-report": Policy(gettext_lazy("Read drafts of reports, compare reports and ask about them"), _STAFF),
    "read-audit-trail": Policy(gettext_lazy("Read the audit trail"), _STAFF),
    "read-contacts": Policy(gettext_lazy("Read people’s addresses and the posts they hold"), _STAFF),
    "keep-contacts": Policy(gettext_lazy("Keep people, posts and mailing lists, and remove a person’s data"), _STAFF),
    "give-roles": Policy(gettext_lazy("Give and take roles"), (ADMINISTRATOR,)),
}
READING = {PUBLIC: "read-public", STATES_PARTIES: "read-states-parties", COMMITTEE: "read-committee", UNIT_ONLY: "read-unit"}
