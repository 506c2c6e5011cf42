"""The addresses of every public page, for search engines (sitemaps.org); documents in stretches of their numbers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from lxml import etree
from lxml.builder import ElementMaker

from servanda.office.common.policies import ANYONE
from servanda.treaty.law import Law

from ..queries.visible import works_seen

STRETCH = 10_000
_make = ElementMaker(namespace="http://www.sitemaps.org/schemas/sitemap/0.9", nsmap={None: "http://www.sitemaps.org/schemas/sitemap/0.9"})


def index(site: str, on: date) -> bytes:
    """The list of sitemaps: the record's pages first, then the stretches of documents."""
    last = works_seen(ANYONE, on).aggregate(last=Max("pk"))["last"]
    stretches = 0 if last is None else last // STRETCH + 1
    places = [f"{site}/sitemap-record.xml", *(f"{site}/sitemap-{number}.xml" for number in range(stretches))]
    return _text(_make("sitemapindex", *(_make("sitemap", _make("loc", place)) for place in places)))


def of_record(site: str, law: Law) -> bytes:
    """The pages of the record: lists, States, meetings."""
    paths = ["/", "/states/", "/deadlines/", "/reports/", "/meetings/", "/documents/", "/contradictions/"]
    paths += [f"/states/{state.iso3}/" for state in law.states] + [f"/meetings/{meeting.id}/" for meeting in law.meetings]
    return _urls(f"{site}{path}" for path in paths)


def of_documents(site: str, stretch: int, on: date) -> bytes:
    """The public documents of one stretch of numbers."""
    works = works_seen(ANYONE, on).filter(pk__gte=stretch * STRETCH, pk__lt=(stretch + 1) * STRETCH).only("symbol", "identifier")
    return _urls(f"{site}{work.address}" for work in works.iterator(chunk_size=2_000))


def _urls(places: Iterable[str]) -> bytes:
    return _text(_make("urlset", *(_make("url", _make("loc", place)) for place in places)))


def _text(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
