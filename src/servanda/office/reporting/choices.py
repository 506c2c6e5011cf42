"""The words for a report: its kind, where it stands, how it came, who may read it."""

from django.utils.translation import gettext_lazy

from servanda.office.common.choices import PUBLIC, STATES_PARTIES, VISIBILITIES

INITIAL, ANNUAL, VOLUNTARY = "initial", "annual", "voluntary"
KINDS = {
    ANNUAL: gettext_lazy("Annual report"),
    INITIAL: gettext_lazy("First report"),
    VOLUNTARY: gettext_lazy("Voluntary report"),
}
ROLES_OF_KINDS = {INITIAL: "report-initial", ANNUAL: "report-annual"}
DRAFT, SUBMITTED, WITHDRAWN, SUPERSEDED = "draft", "submitted", "withdrawn", "superseded"
STANDINGS = {
    DRAFT: gettext_lazy("Draft"),
    SUBMITTED: gettext_lazy("Submitted"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
    SUPERSEDED: gettext_lazy("Replaced by another"),
}
WRITABLE = (DRAFT, SUBMITTED)
PUBLISHED = (SUBMITTED, SUPERSEDED)
WEB = "web"
CHANNELS = {
    WEB: gettext_lazy("On line"),
    "mail": gettext_lazy("By e-mail"),
    "post": gettext_lazy("By post"),
    "fax": gettext_lazy("By fax"),
}
SENT = {key: text for key, text in CHANNELS.items() if key != WEB}
READERS = {key: VISIBILITIES[key] for key in (PUBLIC, STATES_PARTIES)}
SECTION_STANDINGS = {
    "reported": gettext_lazy("Reported below"),
    "nothing": gettext_lazy("Nothing to report"),
    "unchanged": gettext_lazy("Unchanged since the last report"),
}
SAVED, CONFLICT = "saved", "conflict"
FIELD_LABELS = {
    "standing": gettext_lazy("What there is to report here"),
    "unchanged_since": gettext_lazy("If unchanged: date of the last report"),
}
