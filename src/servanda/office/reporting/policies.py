"""Which reports a viewer sees, and which of them the viewer may write, submit or review."""

from django.db.models import Q, QuerySet

from servanda.office.common.choices import DELEGATION
from servanda.office.common.policies import Viewer, may, visible_to

from .choices import PUBLISHED
from .models import ReportFile


def own_state(viewer: Viewer) -> str:
    """The State whose reports a delegation writes; empty for everybody else."""
    return viewer.state if DELEGATION in viewer.roles else ""


def reports_seen(viewer: Viewer) -> QuerySet[ReportFile]:
    """Every report for the Unit; a delegation's own; what was submitted and is meant for the viewer. The rest does not exist."""
    if may(viewer, "review-report"):
        return ReportFile.objects.all()
    seen = Q(standing__in=PUBLISHED, visibility__in=visible_to(viewer))
    if own_state(viewer):
        seen |= Q(state=own_state(viewer))
    return ReportFile.objects.filter(seen)


def may_for(viewer: Viewer, act: str, iso3: str) -> bool:
    """Whether the viewer may do an act with reports of a State: the Unit with any, a delegation with its own."""
    return may(viewer, act) and (viewer.is_staff or own_state(viewer) == iso3)


def report_for(viewer: Viewer, number: int, act: str = "") -> ReportFile | None:
    """The report, if the viewer sees it and may do the act with it; absent and forbidden answer alike."""
    report = reports_seen(viewer).filter(pk=number).select_related("previous").first()
    return report if report is not None and (not act or may_for(viewer, act, report.state_id)) else None
