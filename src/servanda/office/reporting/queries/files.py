"""The list of reports written here, as its reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from servanda.office.common.policies import Viewer, may
from servanda.office.common.queries import day_text, number_text
from servanda.office.obligations.queries import current_law, state_choices

from ..choices import KINDS, READERS, STANDINGS
from ..models import ReportFile
from ..policies import own_state, reports_seen

_PAGE = 100


@dataclass(frozen=True)
class FileRow:
    number: int
    iso3: str
    state: str
    kind: str
    period: str
    standing: str
    standing_text: str
    received: str
    readers: str


@dataclass(frozen=True)
class FilesPage:
    """Rows, the filters as they are set, and what a viewer may start: `writable` States, its own for a delegation, any for the Unit."""

    rows: tuple[FileRow, ...]
    shown: str
    asked: Mapping[str, str]
    states: list[tuple[str, str]]
    standings: tuple[tuple[str, str], ...]
    writable: list[tuple[str, str]]
    may_start: bool
    reviews: bool


def files_page(viewer: Viewer, asked: Mapping[str, str], language: str) -> FilesPage:
    """The latest reports the viewer sees, narrowed by State, standing and period."""
    law, reviews = current_law(), may(viewer, "review-report")
    chosen = {name: asked.get(name, "").strip() for name in ("state", "standing", "period")}
    wanted = {"state": chosen["state"].upper(), "standing": chosen["standing"], "period": chosen["period"]}
    found = list(reports_seen(viewer).filter(**{name: value for name, value in wanted.items() if value})[:_PAGE])
    own = own_state(viewer)
    return FilesPage(
        rows=tuple(_row(report, law.name(report.state_id, language)) for report in found),
        shown=ngettext("%(count)s report", "%(count)s reports", len(found)) % {"count": number_text(len(found))},
        asked=chosen,
        states=state_choices(language),
        standings=tuple(STANDINGS.items()),
        writable=state_choices(language) if reviews else [(own, law.name(own, language))],
        may_start=may(viewer, "write-report") and (reviews or bool(own)),
        reviews=reviews,
    )


def _row(report: ReportFile, state: str) -> FileRow:
    return FileRow(
        number=report.pk,
        iso3=report.state_id,
        state=state,
        kind=str(KINDS[report.kind]),
        period=report.period,
        standing=report.standing,
        standing_text=str(STANDINGS[report.standing]),
        received=day_text(report.received),
        readers=str(READERS[report.visibility]),
    )


def report_name(report: ReportFile, language: str) -> str:
    """“Lao PDR: Annual report 2025”."""
    values = {"state": current_law().name(report.state_id, language), "kind": KINDS[report.kind], "period": report.period}
    return gettext("%(state)s: %(kind)s, %(period)s") % values
