"""What the pages of meetings show: frozen results, every cell already in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from servanda.office.archive.queries.of_meeting import DocumentRow, documents_of_meeting
from servanda.office.common.policies import Viewer
from servanda.office.common.queries import day_text, days_text, number_text
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import THEMES
from servanda.treaty.law import Law
from servanda.treaty.record import AgendaItem, Contradiction, Intervention, Meeting

from .choices import KINDS
from .errors import UnknownMeeting


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list; `doubt` says what sources dispute about it."""

    meeting: Meeting
    kind: str
    when: str

    @property
    def doubt(self) -> str:
        return self.meeting.doubtful_note


@dataclass(frozen=True)
class MeetingsPage:
    rows: tuple[MeetingRow, ...]
    kinds: Mapping[str, str]
    kind: str
    shown: str


@dataclass(frozen=True)
class InterventionRow:
    who: str
    iso3: str
    theme: str
    what: str


@dataclass(frozen=True)
class AgendaRow:
    item: AgendaItem
    interventions: tuple[InterventionRow, ...]
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class MeetingPage:
    row: MeetingRow
    agenda: tuple[AgendaRow, ...]
    annexes: tuple[AgendaItem, ...]
    decisions: tuple[tuple[str, str, str], ...]
    contradictions: tuple[Contradiction, ...]
    documents: tuple[DocumentRow, ...]
    tongues: tuple[str, ...]


def chosen_meetings(law: Law, kind: str) -> list[Meeting]:
    """The meetings of a kind, or all; the latest first."""
    held = [meeting for meeting in law.meetings if not kind or meeting.kind == kind]
    return sorted(held, key=lambda meeting: (meeting.opens.first if meeting.opens else date.min, meeting.id), reverse=True)


def meetings_page(kind: str) -> MeetingsPage:
    """Every meeting of the record, the latest first."""
    kind = kind if kind in KINDS else ""
    rows = tuple(_row(meeting) for meeting in chosen_meetings(current_law(), kind))
    shown = ngettext("%(count)s meeting", "%(count)s meetings", len(rows)) % {"count": number_text(len(rows))}
    return MeetingsPage(rows, KINDS, kind, shown)


def require_meeting(law: Law, id: str) -> Meeting:
    """The meeting of this id; raises UnknownMeeting."""
    for meeting in law.meetings:
        if meeting.id == id:
            return meeting
    raise UnknownMeeting(meeting=id)


def meeting_page(id: str, language: str, viewer: Viewer, on: date) -> MeetingPage:
    """All that is known of one meeting; raises UnknownMeeting."""
    law = current_law()
    meeting = require_meeting(law, id)
    agenda = [item for item in law.agenda if item.meeting == id]
    documents = documents_of_meeting(id, viewer, on, language)
    items = {item.item for item in agenda}
    return MeetingPage(
        row=_row(meeting),
        agenda=tuple(_agenda_row(law, item, language, documents) for item in agenda if item.kind == "item"),
        annexes=tuple(item for item in agenda if item.kind == "annex"),
        decisions=tuple(
            (found.iso3, law.name(found.iso3, language), _decided(found.kind, found.article, day_text(found.until)))
            for found in law.decisions
            if found.meeting == id and found.kind != "published-original"
        ),
        contradictions=tuple(row for row in law.contradictions if row.id.startswith(f"{id}-")),
        documents=tuple(row for row in documents if row.agenda_item not in items),
        tongues=tuple(sorted({code for row in documents for code in row.languages})),
    )


def _row(meeting: Meeting) -> MeetingRow:
    when = days_text(meeting.opens, meeting.closes)
    return MeetingRow(meeting, str(KINDS.get(meeting.kind, meeting.kind)), when)


def _agenda_row(law: Law, item: AgendaItem, language: str, documents: tuple[DocumentRow, ...]) -> AgendaRow:
    under = tuple(row for row in documents if row.agenda_item == item.item)
    return AgendaRow(item, _interventions(law, item.meeting, item.item, language), under)


def _interventions(law: Law, meeting: str, item: str, language: str) -> tuple[InterventionRow, ...]:
    held = [found for found in law.interventions if found.meeting == meeting and found.item == item]
    return tuple(_intervention(law, found, language) for found in sorted(held, key=lambda found: int(found.number)))


def _intervention(law: Law, found: Intervention, language: str) -> InterventionRow:
    who = law.name(found.iso3, language) if found.iso3 else found.speaker
    return InterventionRow(who, found.iso3, str(THEMES.get(found.theme, found.theme)), found.what)


def _decided(kind: str, article: str, until: str) -> str:
    if kind == "requested":
        return gettext("Extension under Article %(article)s requested") % {"article": article}
    if kind == "granted":
        return gettext("Extension under Article %(article)s granted until %(until)s") % {"article": article, "until": until}
    return gettext("Declaration under Article %(article)s") % {"article": article}
