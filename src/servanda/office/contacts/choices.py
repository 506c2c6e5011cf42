"""The words for what people do, for whom, about what, and how they are reached."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from servanda.office.states.choices import THEMES as THEMES_OF_THE_CONVENTION

FOCAL_POINT, MISSION = "focal-point", "mission"
ROLES = {
    FOCAL_POINT: gettext_lazy("Focal point"),
    MISSION: gettext_lazy("Permanent mission"),
    "ambassador": gettext_lazy("Ambassador"),
    "delegate": gettext_lazy("Delegate"),
    "coordinator": gettext_lazy("Coordinator"),
    "head-of-organisation": gettext_lazy("Head of an organisation"),
}
GENERAL = "general"
_OWN_WORDS = ("general-status", "transparency")
THEMES = {
    GENERAL: gettext_lazy("All themes"),
    "reporting": gettext_lazy("Reporting"),
    **{key: text for key, text in THEMES_OF_THE_CONVENTION.items() if key not in _OWN_WORDS},
}
ORGANISATIONS = {
    "mission": gettext_lazy("Mission"),
    "ministry": gettext_lazy("Ministry"),
    "international": gettext_lazy("International organisation"),
    "ngo": gettext_lazy("Non-governmental organisation"),
    "operator": gettext_lazy("Operator"),
    "other": gettext_lazy("Other"),
}
CHANNELS = {
    "mail": gettext_lazy("Electronic mail"),
    "post": gettext_lazy("Letter by post"),
    "mission": gettext_lazy("Through the mission"),
}
LANGUAGES = dict(settings.LANGUAGES)

# What stands where the name of somebody stood whose data were removed; written in the database, translated on pages.
REMOVED = "removed person"
ADDRESSEE = "the addressee"  # who opts out by the link of a letter, in the audit trail
FRESH_DAYS = 365  # a focal point that nobody confirmed for longer is asked again
