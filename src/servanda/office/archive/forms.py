"""Reads what the Unit filled in about a document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from servanda.office.common.choices import VISIBILITIES
from servanda.office.common.forms import PartialDateField
from servanda.office.obligations.queries import agenda_choices, meeting_choices, state_choices
from servanda.office.states.choices import THEMES

from .choices import KINDS, LANGUAGES
from .models import Work

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
_WIDE = forms.TextInput({"dir": "auto"})
_CODES = forms.TextInput({"dir": "ltr"})
_ADDRESSES = gettext_lazy("symbols or identifiers, separated by semicolons")


@dataclass(frozen=True)
class Description:
    """What somebody says a document is; None leaves a thing as it stands.

    `states` are codes, `bodies` names, `links` symbols or identifiers by relation; `language` and `advance` are said of its newest file.
    """

    values: Mapping[str, str | date | None] = field(default_factory=dict)
    titles: Mapping[str, str] | None = None
    states: tuple[str, ...] | None = None
    bodies: tuple[str, ...] | None = None
    links: Mapping[str, tuple[str, ...]] | None = None
    language: str | None = None
    advance: bool | None = None


def _pairs(values: Any) -> list[tuple[str, str]]:
    return [("", "–"), *values]


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；]", text) if part.strip()]


class DescriptionForm(forms.Form):
    """Everything a person may say of a document; titles in six languages."""

    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=120, required=False, widget=_CODES)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the file"), required=False)
    original_language = forms.ChoiceField(label=gettext_lazy("Original language"), required=False)
    dated = PartialDateField(label=gettext_lazy("Dated"), required=False, help_text=gettext_lazy("2011, 2011-09 or 2011-09-12"))
    distributed = PartialDateField(label=gettext_lazy("Distributed"), required=False)
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"), required=False)
    agenda_item = forms.CharField(
        label=gettext_lazy("Agenda item"), max_length=20, required=False, widget=forms.TextInput({"list": "agenda-items"})
    )
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    states = forms.MultipleChoiceField(label=gettext_lazy("States that wrote it"), required=False)
    bodies = forms.CharField(label=gettext_lazy("Bodies that wrote it, separated by semicolons"), required=False, widget=_WIDE)
    visibility = forms.ChoiceField(label=gettext_lazy("Seen by"), choices=list(VISIBILITIES.items()))
    embargo = forms.DateField(label=gettext_lazy("Under embargo until"), required=False, widget=_DAY)
    retain_until = forms.DateField(label=gettext_lazy("Keep at least until"), required=False, widget=_DAY)
    job_number = forms.CharField(label=gettext_lazy("Job number"), max_length=30, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), widget=_WIDE)
    answers = forms.CharField(label=gettext_lazy("This answers"), required=False, help_text=_ADDRESSES, widget=_CODES)
    see_also = forms.CharField(label=gettext_lazy("See also"), required=False, help_text=_ADDRESSES, widget=_CODES)
    advance = forms.BooleanField(label=gettext_lazy("The newest file is an advance copy"), required=False)

    def __init__(self, *values: Any, reader_language: str, **options: Any) -> None:
        super().__init__(*values, **options)
        languages = [pair for pair in settings.LANGUAGES if pair[0] in LANGUAGES]
        self.fields["kind"].choices = list(KINDS.items())
        self.fields["theme"].choices = _pairs(THEMES.items())
        self.fields["meeting"].choices = _pairs(meeting_choices())
        self.agenda_items = agenda_choices(self.initial.get("meeting", ""))
        self.fields["language"].choices = self.fields["original_language"].choices = _pairs(languages)
        self.fields["states"].choices = state_choices(reader_language)
        for code, name in languages:
            widget = forms.TextInput({"lang": code, "dir": "auto"})
            self.fields[f"title_{code}"] = forms.CharField(
                label=gettext("Title (%(language)s)") % {"language": name}, required=False, widget=widget
            )

    def description(self) -> Description:
        """What was said, as the operation takes it."""
        said = dict(self.cleaned_data)
        titles = {code: said.pop(f"title_{code}").strip() for code in LANGUAGES}
        links = {relation: tuple(_split(said.pop(name))) for name, relation in _LINKS.items()}
        own = {"bodies": tuple(_split(said.pop("bodies"))), "states": tuple(said.pop("states"))}
        return Description(titles=titles, links=links, **own, language=said.pop("language"), advance=said.pop("advance"), values=said)


def described(work: Work) -> dict[str, Any]:
    """The form's first values: the document as it is described now."""
    fields = [name for name in DescriptionForm.base_fields if hasattr(work, name)]
    values = {name: getattr(work, name) for name in fields}
    versions = list(work.versions.all())
    values["language"] = versions[0].language if len(versions) == 1 else ""
    values["advance"] = bool(versions) and versions[-1].advance
    for name, relation in _LINKS.items():
        others = [link.other for link in work.links.filter(relation=relation).select_related("other")]
        values[name] = "; ".join(other.symbol or other.identifier for other in others)
    values["states"] = list(work.authors.exclude(state="").values_list("state", flat=True))
    values["bodies"] = "; ".join(work.authors.exclude(body="").values_list("body", flat=True))
    return values | {f"title_{title.language}": title.text for title in work.titles.all()}


_LINKS = {"answers": "answers", "see_also": "see-also"}
_BULK = ("kind", "meeting", "theme", "visibility")


class BulkForm(DescriptionForm):
    """One thing said of many documents; what is left empty stays as it is."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name in [name for name in self.fields if name not in _BULK]:
            del self.fields[name]
        for name in _BULK:
            self.fields[name].required = False
            self.fields[name].choices = _pairs(pair for pair in self.fields[name].choices if pair[0])

    def description(self) -> Description:
        return Description(values={name: value for name, value in self.cleaned_data.items() if value})
