"""The words for what a date was computed from, in the reader's language."""

from django.utils.translation import gettext_lazy

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
