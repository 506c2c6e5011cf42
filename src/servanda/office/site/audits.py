"""What rows cannot know by themselves, checked over the whole record."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from servanda.office.archive.choices import KEPT
from servanda.office.archive.models import File, Unindexed, Work
from servanda.office.archive.queries.visible import store
from servanda.office.common.audits import Finding
from servanda.office.contacts.audits import findings as findings_of_contacts
from servanda.office.obligations.queries import current_law
from servanda.treaty.law import Law
from servanda.treaty.obligations import obligations
from servanda.treaty.record import CONSENTS, TABLES
from servanda.treaty.status import status_table


def findings() -> Iterator[Finding]:
    """Every finding of every check, on the record as it stands."""
    law = current_law()
    for check in (_states, _parties, _meetings, _chronology, _sources, _documents):
        yield from check(law)
    yield from findings_of_contacts()
    if law.states:
        obligations(law, date.today())  # raises on a record that the rules cannot compute


def _states(law: Law) -> Iterator[Finding]:
    if not law.states:
        yield Finding("states", "no State is recorded.", "Run “servanda load”.")
    short = {(name.iso3, name.language) for name in law.names if name.kind == "short" and name.until is None}
    for state in law.states:
        for language in ("ar", "en", "es", "fr", "ru", "zh"):
            if (state.iso3, language) not in short:
                yield Finding(f"states/{state.iso3}", f"no short name in {language}.", "Pages fall back to English.")


def _parties(law: Law) -> Iterator[Finding]:
    """Every State that is bound has a deposit, and one that stands."""
    deposits = Counter(act.iso3 for act in law.instruments if act.act in CONSENTS)
    if not law.states:
        return
    for state in status_table(law, date.today()).states:
        if state.status == "party" and not deposits[state.iso3]:
            yield Finding(f"instruments/{state.iso3}", "bound without a deposit.", "Record the instrument.")


def _meetings(law: Law) -> Iterator[Finding]:
    known = {meeting.id for meeting in law.meetings}
    for decision in law.decisions:
        if decision.meeting and decision.meeting not in known:
            yield Finding(f"decisions/{decision.iso3}", f"names the meeting {decision.meeting}, which is not recorded.", "Record it.")
    items = {(item.meeting, item.item) for item in law.agenda}
    for item in law.agenda:
        if item.meeting not in known:
            yield Finding(f"agenda/{item.meeting}", f"item {item.item} is of a meeting that is not recorded.", "Record the meeting.")
    for found in law.interventions:
        if (found.meeting, found.item) not in items:
            yield Finding(f"interventions/{found.meeting}", f"number {found.number} is under no item of the agenda.", "Record the item.")


def _chronology(law: Law) -> Iterator[Finding]:
    """Nothing before the treaty was adopted; no withdrawal without consent."""
    consents = {act.iso3 for act in law.instruments if act.act in CONSENTS}
    for act in law.instruments:
        if act.date.last < law.treaty.adopted:
            yield Finding(f"instruments/{act.iso3}", f"{act.act} of {act.date} is before adoption.", "Correct the date.")
        if act.act == "withdrawal" and act.iso3 not in consents:
            yield Finding(f"instruments/{act.iso3}", "a withdrawal without consent.", "Record the consent.")


def _documents(law: Law) -> Iterator[Finding]:
    """Every kept document has a title and a file, its symbol to itself, a meeting that is on record, and stands in the index."""
    kept = Work.objects.filter(standing=KEPT)
    for work in kept.filter(Q(titles=None) | Q(versions=None)).distinct():
        yield Finding(f"documents/{work.identifier}", "is kept without a title or without a file.", "Describe it, or file its text.")
    for symbol in kept.exclude(symbol="").values_list("symbol", flat=True).annotate(held=Count("pk")).filter(held__gt=1):
        yield Finding(f"documents/{symbol}", "two kept documents have this symbol.", "Correct one, or join them.")
    for work in Work.objects.exclude(meeting__in=["", *(meeting.id for meeting in law.meetings)]):
        yield Finding(f"documents/{work.identifier}", f"names the meeting {work.meeting}, which is not recorded.", "Correct it.")
    for sha256 in File.objects.filter(destroyed_at=None).values_list("sha256", flat=True).iterator():
        if not store().path(sha256).exists():
            yield Finding(f"files/{sha256}", "is missing from the store.", "Put it back from a backup.")
    if Unindexed.objects.exists():
        yield Finding("documents", "some changes are not in the search index yet.", "Run “servanda archive reindex”.")


def _sources(law: Law) -> Iterator[Finding]:
    for table in sorted(TABLES.keys() - {"contradictions"}):
        for number, fact in enumerate(getattr(law, table)):
            if not fact.source:
                yield Finding(f"{table}[{number}]", "a fact without a source.", "Every fact carries its source.")
