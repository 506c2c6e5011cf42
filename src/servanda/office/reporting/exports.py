"""The counts of reports and the reports themselves as files: the tables that a progress report prints."""

from collections.abc import Iterable

from django.utils.translation import gettext

from servanda.office.common.exports import Download, Section

from .queries.due import Line, ReportsPage


def reports_download(page: ReportsPage) -> Download:
    """Counts by region and by year, and every report chosen, as of the day of the page."""
    lines = (gettext("As of %(day)s.") % {"day": page.on_text}, page.summary, page.partial)
    columns = (
        ("iso3", "ISO3"),
        ("state", gettext("State")),
        ("region", gettext("Regional group")),
        ("report", gettext("Report")),
        ("covers", gettext("Covers")),
        ("due", gettext("Due")),
        ("received", gettext("Received")),
        ("status", gettext("Status")),
    )
    cells = [(row.iso3, row.state, row.region, row.what, row.period, row.due, row.received, row.status) for row in page.rows]
    sections = (
        _counts(gettext("By regional group"), gettext("Regional group"), page.by_region),
        _counts(gettext("By year in which they were due"), gettext("Year"), page.by_year),
        Section(gettext("Reports"), columns, cells),
    )
    return Download(f"reports-{page.on}", gettext("Reports"), lines, sections)


def _counts(heading: str, name: str, lines: Iterable[Line]) -> Section:
    columns = (
        ("name", name),
        ("due", gettext("Due")),
        ("on_record", gettext("On record")),
        ("in_time", gettext("In time")),
        ("late", gettext("Late")),
        ("undated", gettext("Day does not tell")),
        ("absent", gettext("Not on record here")),
        ("median_late", gettext("Median delay of the late, days")),
    )
    cells = [
        (line.name, held.due, held.on_record, held.in_time, held.late, held.undated, held.absent, held.median_late)
        for line in lines
        for held in [line.counts]
    ]
    return Section(heading, columns, cells)
