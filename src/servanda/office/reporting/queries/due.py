"""What the page of reports shows: frozen results, every cell already in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from servanda.office.common.queries import day_text, number_text, say
from servanda.office.common.sorting import sort_key
from servanda.office.obligations.queries import current_law, lateness_text
from servanda.office.states.choices import GROUPS, REGIONS
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation
from servanda.treaty.timeliness import Timeliness, reports_due, timeliness


@dataclass(frozen=True)
class Asked:
    """How the reports are narrowed: a form (an obligation's id), the year in which they were due, a regional group; empty means all."""

    form: str = ""
    year: str = ""
    group: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Asked":
        return cls(values.get("form", ""), values.get("year", ""), values.get("group", ""))


@dataclass(frozen=True)
class Line:
    """The counts of one year or one region; `rate` names what it is a part of."""

    name: str
    counts: Timeliness
    rate: str
    median: str


@dataclass(frozen=True)
class ReportRow:
    iso3: str
    state: str
    region: str
    what: str
    period: str
    due: date
    due_text: str
    received: str
    status: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ReportsPage:
    on: str
    on_text: str
    asked: Asked
    forms: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str], ...]
    groups: Mapping[str, str]
    summary: str
    partial: str
    by_region: tuple[Line, ...]
    by_year: tuple[Line, ...]
    rows: tuple[ReportRow, ...]
    shown: str


def reports_page(on: date, asked: Asked, language: str) -> ReportsPage:
    """The reports that were due before a day, narrowed, with their counts; raises BeforeAdoption. The law is computed once."""
    law = current_law()
    due = reports_due(law, on)
    groups = {state.iso3: state.regional_group for state in law.states}
    of_form = [item for item in due if asked.form in ("", item.id) and asked.group in ("", groups[item.iso3])]
    chosen = [item for item in of_form if asked.year in ("", str(item.due.last.year))]
    rows = [_row(law, item, on, language) for item in chosen]
    years = sorted({str(item.due.last.year) for item in due}, reverse=True)
    return ReportsPage(
        on=on.isoformat(),
        on_text=day_text(on),
        asked=asked,
        forms=tuple((one, gettext(law.provisions[one].title)) for one in sorted({item.id for item in due}, reverse=True)),
        years=tuple((year, year) for year in years),
        groups=REGIONS,
        summary=_summary(timeliness(chosen)),
        partial=gettext("Our list of reports is partial: a report that is not on record here may have been sent."),
        by_region=_lines(chosen, lambda item: str(GROUPS[groups[item.iso3]])),
        by_year=_lines(of_form, lambda item: str(item.due.last.year)),
        rows=tuple(sorted(rows, key=lambda row: (-row.due.toordinal(), sort_key(row.state, language)))),
        shown=ngettext("%(count)s report", "%(count)s reports", len(rows)) % {"count": number_text(len(rows))},
    )


def _summary(counts: Timeliness) -> str:
    says = gettext(
        "Of %(due)s reports due, %(held)s are on record here: %(in_time)s in time, %(late)s late, %(undated)s on a day that does not tell. "
        "%(absent)s are not on record here."
    )
    values = {"due": counts.due, "held": counts.on_record, "in_time": counts.in_time, "late": counts.late}
    values |= {"undated": counts.undated, "absent": counts.absent}
    return says % {name: number_text(value) for name, value in values.items()}


def _lines(items: Iterable[Obligation], name: Callable[[Obligation], str]) -> tuple[Line, ...]:
    found: dict[str, list[Obligation]] = {}
    for item in items:
        found.setdefault(name(item), []).append(item)
    return tuple(_line(key, timeliness(held)) for key, held in sorted(found.items()))


def _line(name: str, counts: Timeliness) -> Line:
    """The rate is rounded half up to a whole percent, in whole numbers."""
    percent = (200 * counts.on_record + counts.due) // (2 * counts.due)
    values = {"part": number_text(counts.on_record), "whole": number_text(counts.due), "percent": number_text(percent)}
    rate = gettext("%(part)s of %(whole)s due (%(percent)s %%)") % values
    late = counts.median_late
    median = "" if late is None else ngettext("%(count)s day", "%(count)s days", late) % {"count": number_text(late)}
    return Line(name, counts, rate, median)


def _row(law: Law, item: Obligation, on: date, language: str) -> ReportRow:
    return ReportRow(
        iso3=item.iso3,
        state=law.name(item.iso3, language, on=on),
        region=str(GROUPS[law.state(item.iso3).regional_group]),
        what=gettext(law.provisions[item.id].title),
        period=item.period or "",
        due=item.due.last,
        due_text=day_text(item.due),
        received=day_text(item.fulfilled) if item.fulfilled else "",
        status=_status(item),
        evidence=tuple(say(remark) for remark in item.evidence),
    )


def _status(item: Obligation) -> str:
    if item.state != "met":
        return gettext("not on record here")
    return lateness_text(item) or gettext("on record; its day does not tell whether in time")
