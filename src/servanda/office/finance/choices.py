"""The words for how a model stands and for the parts of its rule, in the reader's language."""

from django.utils.translation import gettext_lazy

STANDINGS = {
    "proposed": gettext_lazy("proposed"),
    "adopted": gettext_lazy("adopted"),
    "superseded": gettext_lazy("superseded"),
    "example": gettext_lazy("example"),
}
RULE = {
    "model": gettext_lazy("Model"),
    "title": gettext_lazy("Title"),
    "standing": gettext_lazy("Standing"),
    "cite": gettext_lazy("Source"),
    "scale": gettext_lazy("Scale"),
    "payers": gettext_lazy("Payers"),
    "weights": gettext_lazy("Shared by"),
    "rounding": gettext_lazy("Rounding"),
    "ties": gettext_lazy("Ties"),
    "reserve": gettext_lazy("Added for the reserve"),
}
