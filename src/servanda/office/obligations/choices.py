"""The words for decisions and for what a date was computed from, in the reader's language."""

from django.utils.translation import gettext_lazy

DECISIONS = {
    "requested": gettext_lazy("Extension requested"),
    "granted": gettext_lazy("Extension granted"),
    "refused": gettext_lazy("Extension refused"),
    "declared-compliant": gettext_lazy("Declared that it has finished"),
    "completed": gettext_lazy("Finished"),
    "contamination-found": gettext_lazy("Remnants found later"),
    "no-obligation": gettext_lazy("No obligation arises"),
    "obligation-known": gettext_lazy("The obligation is known to exist"),
    "hostilities-ended": gettext_lazy("Active hostilities ended"),
    "published-original": gettext_lazy("Deadline as published"),
}
INPUTS = {
    "entry_into_force": gettext_lazy("Entry into force for the State"),
    "deposit": gettext_lazy("Deposit of the instrument"),
    "treaty_in_force": gettext_lazy("Entry into force of the treaty"),
    "received": gettext_lazy("Received by the depositary"),
    "expires": gettext_lazy("End of the notice period"),
    "initial_due": gettext_lazy("Initial report due"),
    "original_due": gettext_lazy("The treaty’s own date"),
    "covers": gettext_lazy("Calendar year covered"),
    "extensions": gettext_lazy("Extended until (by)"),
    "days": gettext_lazy("Days counted"),
    "months": gettext_lazy("Months counted"),
    "years": gettext_lazy("Years counted"),
}
