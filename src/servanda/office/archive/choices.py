"""The words for documents: what kind, in what state, how read, how related."""

from django.utils.translation import gettext_lazy

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

KINDS = {
    "provisional-agenda": gettext_lazy("Provisional agenda"),
    "programme-of-work": gettext_lazy("Programme of work"),
    "rules-of-procedure": gettext_lazy("Rules of procedure"),
    "estimated-costs": gettext_lazy("Estimated costs"),
    "work-plan": gettext_lazy("Work plan and budget"),
    "annual-report": gettext_lazy("Annual report"),
    "progress-report": gettext_lazy("Progress report"),
    "extension-request": gettext_lazy("Extension request"),
    "draft-decision": gettext_lazy("Analysis or draft decision"),
    "working-paper": gettext_lazy("Working paper"),
    "non-paper": gettext_lazy("Non-paper"),
    "letter": gettext_lazy("Letter"),
    "note-verbale": gettext_lazy("Note verbale"),
    "invitation": gettext_lazy("Invitation"),
    "list-of-participants": gettext_lazy("List of participants"),
    "declaration": gettext_lazy("Declaration"),
    "action-plan": gettext_lazy("Action plan"),
    "final-report": gettext_lazy("Final report"),
    "statement": gettext_lazy("Statement"),
    "minutes": gettext_lazy("Minutes"),
    "summary": gettext_lazy("Summary of a meeting"),
    "right-of-reply": gettext_lazy("Right of reply"),
    "transparency-report": gettext_lazy("Transparency report"),
    "treaty-text": gettext_lazy("Treaty text"),
    "other": gettext_lazy("Other document"),
}

REVIEW, KEPT, DESTROYED = "review", "kept", "destroyed"
STANDINGS = {
    REVIEW: gettext_lazy("Under review"),
    KEPT: gettext_lazy("Kept"),
    DESTROYED: gettext_lazy("Destroyed by decision"),
}

WAITING, READ, MACHINE_READ, SCAN, UNREADABLE = "waiting", "read", "machine-read", "scan", "unreadable"
READINGS = {
    WAITING: gettext_lazy("Waiting to be read"),
    READ: gettext_lazy("Text read"),
    MACHINE_READ: gettext_lazy("Scan, its text recognised by machine"),
    SCAN: gettext_lazy("Scan, not yet readable"),
    UNREADABLE: gettext_lazy("Cannot be read"),
}

RELATIONS = {
    "revises": gettext_lazy("This revises"),
    "corrects": gettext_lazy("This corrects"),
    "adds": gettext_lazy("This adds to"),
    "amends": gettext_lazy("This amends"),
    "answers": gettext_lazy("This answers"),
    "see-also": gettext_lazy("See also"),
}
REVERSED = {
    "revises": gettext_lazy("Revised by"),
    "corrects": gettext_lazy("Corrected by"),
    "adds": gettext_lazy("Added to by"),
    "amends": gettext_lazy("Amended by"),
    "answers": gettext_lazy("Answered by"),
    "see-also": gettext_lazy("See also"),
}
