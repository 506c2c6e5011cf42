"""The words for kinds of meetings, in the reader's language."""

from django.utils.translation import gettext_lazy

KINDS = {
    "msp": gettext_lazy("Meeting of States Parties"),
    "rc": gettext_lazy("Review Conference"),
    "preparatory": gettext_lazy("Preparatory meeting"),
    "intersessional": gettext_lazy("Intersessional meeting"),
    "consultation": gettext_lazy("Open-ended consultation"),
}
