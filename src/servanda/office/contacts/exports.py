"""Contacts and the addressees of a list as files."""

from django.utils.translation import gettext

from servanda.office.common.exports import Download, Section

from .queries.lists import ListPage, opt_out_path
from .queries.people import ContactsPage


def contacts_download(page: ContactsPage) -> Download:
    """The gaps, and then every contact chosen."""
    state = (("iso3", "ISO3"), ("state", gettext("State")))
    columns = (
        ("person", gettext("Number")),
        ("name", gettext("Name")),
        ("email", gettext("Mail address")),
        ("language", gettext("Language")),
        ("iso3", "ISO3"),
        ("place", gettext("State or organisation")),
        ("role", gettext("Post")),
        ("theme", gettext("Theme")),
        ("confirmed", gettext("Last confirmed")),
        ("doubts", gettext("Not written to because")),
    )
    cells = [
        (row.id, row.name, row.email, row.language, row.iso3, row.place, row.role, row.theme, row.confirmed, ", ".join(row.doubts))
        for row in page.rows
    ]
    sections = (
        Section(gettext("States Parties without a focal point"), state, [(line.iso3, line.state) for line in page.without]),
        Section(gettext("Not confirmed for a year"), state, [(line.iso3, line.state) for line in page.stale]),
        Section(gettext("Contacts"), columns, cells),
    )
    return Download("contacts", gettext("Contacts"), (gettext("As of %(day)s.") % {"day": page.on_text},), sections)


def list_download(page: ListPage, site: str) -> Download:
    """Addressees for a mail merge, each with the address under which they opt out."""
    columns = (
        ("salutation", gettext("Salutation")),
        ("name", gettext("Name")),
        ("email", gettext("Mail address")),
        ("language", gettext("Language")),
        ("iso3", "ISO3"),
        ("place", gettext("State or organisation")),
        ("role", gettext("Post")),
        ("theme", gettext("Theme")),
        ("opt_out", gettext("Link to opt out")),
    )
    cells = [
        (one.salutation, one.name, one.email, one.language, one.iso3, one.place, one.role, one.theme, site + opt_out_path(one.person))
        for one in page.members
    ]
    lines = (gettext("As of %(day)s.") % {"day": page.on_text}, "; ".join(page.choices))
    return Download(f"list-{page.list.pk}-{page.on.isoformat()}", page.list.name, lines, (Section(page.list.name, columns, cells),))
