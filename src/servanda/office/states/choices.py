"""The words for what the record holds, in the reader's language."""

from django.utils.translation import gettext_lazy

STATUSES = {
    "party": gettext_lazy("State Party"),
    "deposited": gettext_lazy("Consent deposited, not yet in force"),
    "signatory": gettext_lazy("Signatory"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "none": gettext_lazy("Not party"),
}
STATUS_FILTERS = {"consented": gettext_lazy("Consent deposited"), **STATUSES}
CONSENTS = {
    "ratification": gettext_lazy("Ratification"),
    "acceptance": gettext_lazy("Acceptance"),
    "approval": gettext_lazy("Approval"),
    "accession": gettext_lazy("Accession"),
    "succession": gettext_lazy("Succession"),
}
ACTS = {
    "signature": gettext_lazy("Signature"),
    **CONSENTS,
    "provisional-application": gettext_lazy("Provisional application"),
    "withdrawal": gettext_lazy("Notice of withdrawal"),
    "withdrawal-revoked": gettext_lazy("Notice of withdrawal revoked"),
    "instrument-withdrawn": gettext_lazy("Instrument taken back"),
    "conflict-begins": gettext_lazy("Armed conflict began"),
    "conflict-ends": gettext_lazy("Armed conflict ended"),
}
GROUPS = {
    "African": gettext_lazy("African States"),
    "Asia-Pacific": gettext_lazy("Asia-Pacific States"),
    "Eastern European": gettext_lazy("Eastern European States"),
    "GRULAC": gettext_lazy("Latin American and Caribbean States"),
    "WEOG": gettext_lazy("Western European and other States"),
    "": gettext_lazy("Outside the regional groups"),
}
REGIONS = {key: text for key, text in GROUPS.items() if key}
REPORTS = {
    "initial": gettext_lazy("First report"),
    "annual": gettext_lazy("Annual report"),
    "voluntary": gettext_lazy("Voluntary report"),
    "listed-as-missing": gettext_lazy("Listed as missing"),
}
THEMES = {
    "general-status": gettext_lazy("General status and operation"),
    "universalization": gettext_lazy("Universalization"),
    "victim-assistance": gettext_lazy("Victim assistance"),
    "clearance": gettext_lazy("Clearance"),
    "stockpile-destruction": gettext_lazy("Stockpile destruction"),
    "cooperation-and-assistance": gettext_lazy("Cooperation and assistance"),
    "transparency": gettext_lazy("Transparency measures"),
    "national-implementation": gettext_lazy("National implementation"),
}
MEMBERSHIPS = {
    "ldc": gettext_lazy("Least developed countries"),
    "lldc": gettext_lazy("Landlocked developing countries"),
    "sids": gettext_lazy("Small island developing States"),
}
