"""OAI-PMH 2.0: public documents as Dublin Core, by six verbs, in pages that cost the same wherever they begin.

http://www.openarchives.org/OAI/openarchivesprotocol.html
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet, prefetch_related_objects
from lxml import etree
from lxml.builder import ElementMaker

from servanda.office.common.policies import ANYONE
from servanda.treaty.law import Law

from ..choices import DESTROYED, KINDS
from ..models import Work
from ..queries.document import author_text
from ..queries.visible import works_seen

PAGE = 100
_OAI, _DC, _WRAP = "http://www.openarchives.org/OAI/2.0/", "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_make = ElementMaker(namespace=_OAI, nsmap={None: _OAI, "xsi": _XSI})
_wrap = ElementMaker(namespace=_WRAP, nsmap={"oai_dc": _WRAP, "dc": _DC, "xsi": _XSI})
_dc = ElementMaker(namespace=_DC)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}


class Refused(Exception):
    """A condition the protocol names, with a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Place:
    """Where a list goes on: what was asked, and the last record given. What a resumption token holds."""

    since: str = ""
    until: str = ""
    meeting: str = ""
    at: str = ""
    number: int = 0

    def token(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(list(vars(self).values())).encode()).decode()

    @classmethod
    def read(cls, token: str) -> "Place":
        """Raises Refused for anything that is not a token of ours."""
        try:
            since, until, meeting, at, number = json.loads(base64.urlsafe_b64decode(token.encode()))
            datetime.fromisoformat(at)
            return cls(str(since), str(until), str(meeting), str(at), int(number))
        except (ValueError, TypeError):
            raise Refused("badResumptionToken", "This token is not one of ours; begin the list again.") from None


def answer(asked: Mapping[str, list[str]], base: str, law: Law, *, at: datetime) -> bytes:
    """The answer to a request, as XML; a refusal is an answer too. `base` is the address of /oai with its host."""
    request = _make("request", base)
    root = _make("OAI-PMH", _make("responseDate", _stamp(at)), request)
    root.set(f"{{{_XSI}}}schemaLocation", f"{_OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    try:
        verb, one = _checked(asked)
        body = _VERBS[verb](one, base, law, at.date())
        for name, value in {"verb": verb, **one}.items():
            request.set(name, _clean(value))
        root.append(body)
    except Refused as refusal:
        root.append(_make("error", str(refusal), code=refusal.code))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _checked(asked: Mapping[str, list[str]]) -> tuple[str, dict[str, str]]:
    verbs = asked.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        raise Refused("badVerb", "Ask with one verb of the protocol, such as ListRecords.")
    required, allowed = _ARGUMENTS[verbs[0]]
    one = {name: values[0] for name, values in asked.items() if name != "verb"}
    if any(len(values) > 1 for values in asked.values()) or not one.keys() <= required | allowed:
        raise Refused("badArgument", "An argument is given twice or does not belong to this verb.")
    if any(_NOT_IN_XML.search(value) for value in one.values()):
        raise Refused("badArgument", "An argument holds a character that XML has not.")
    if "resumptionToken" in one and len(one) > 1:
        raise Refused("badArgument", "A resumption token stands alone.")
    if "resumptionToken" not in one and not required <= one.keys():
        raise Refused("badArgument", f"This verb needs {' and '.join(sorted(required - one.keys()))}.")
    if one.get("metadataPrefix", "oai_dc") != "oai_dc":
        raise Refused("cannotDisseminateFormat", "Records are given as oai_dc.")
    return verbs[0], one


def _identify(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    first = works_seen(ANYONE, on).order_by("changed_at").values_list("changed_at", flat=True).first()
    return _make(
        "Identify",
        _make("repositoryName", f"Servanda: {law.treaty.title['en']}"),
        _make("baseURL", base),
        _make("protocolVersion", "2.0"),
        _make("adminEmail", f"servanda@{_host(base)}"),
        _make("earliestDatestamp", _stamp(first or datetime(2008, 1, 1, tzinfo=UTC))),
        _make("deletedRecord", "transient"),
        _make("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )


def _formats(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    if "identifier" in one:
        _work(one["identifier"], base, on)
    held = (
        _make("metadataPrefix", "oai_dc"),
        _make("schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
        _make("metadataNamespace", _WRAP),
    )
    return _make("ListMetadataFormats", _make("metadataFormat", *held))


def _sets(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    if "resumptionToken" in one:
        raise Refused("badResumptionToken", "The sets come in one answer.")
    found = (_make("set", _make("setSpec", meeting.id), _make("setName", _clean(meeting.title))) for meeting in law.meetings)
    return _make("ListSets", *found)


def _get(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    return _make("GetRecord", _record(_work(one["identifier"], base, on), base, law))


def _identifiers(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    works, token = _listed(one, on)
    return _make("ListIdentifiers", *(_header(work, base) for work in works), *token)


def _records(one: Mapping[str, str], base: str, law: Law, on: date) -> etree._Element:
    works, token = _listed(one, on)
    return _make("ListRecords", *(_record(work, base, law) for work in works), *token)


_VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": _identifiers,
    "ListRecords": _records,
}


def _listed(one: Mapping[str, str], on: date) -> tuple[list[Work], list[etree._Element]]:
    """A page of works after a place in the order (changed, number), and the token to go on, if there is more."""
    resumed = "resumptionToken" in one
    place = Place.read(one["resumptionToken"]) if resumed else Place(one.get("from", ""), one.get("until", ""), one.get("set", ""))
    found = _after(_within(works_seen(ANYONE, on), place).order_by("changed_at", "pk"), place)
    prefetch_related_objects(found, "titles", "authors", "versions__file")
    if not found:
        raise Refused("noRecordsMatch", "No document fits; ask with other dates or another set.")
    page, more = found[:PAGE], len(found) > PAGE
    if not more:
        return page, [_make("resumptionToken")] if resumed else []
    return page, [_make("resumptionToken", replace(place, at=page[-1].changed_at.isoformat(), number=page[-1].pk).token())]


def _after(works: QuerySet[Work], place: Place) -> list[Work]:
    """A page and one more. Two questions, each a stretch of the index: databases read all that lies before for one with an “or” in it."""
    last = datetime.fromisoformat(place.at) if place.at else datetime(1, 1, 1, tzinfo=UTC)
    same = list(works.filter(changed_at=last, pk__gt=place.number)[: PAGE + 1])
    return same + list(works.filter(changed_at__gt=last)[: PAGE + 1 - len(same)])


def _within(works: QuerySet[Work], place: Place) -> QuerySet[Work]:
    since, until = _moment(place.since), _moment(place.until)
    if place.since and place.until and (len(place.since) != len(place.until) or since > until):
        raise Refused("badArgument", "“from” and “until” are of one form, and “from” is the earlier.")
    if since:
        works = works.filter(changed_at__gte=since)
    if until:
        works = works.filter(changed_at__lt=until + (timedelta(days=1) if len(place.until) == 10 else timedelta(seconds=1)))
    return works.filter(meeting=place.meeting) if place.meeting else works


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise Refused("badArgument", "Dates are written 2026-11-23 or 2026-11-23T12:00:00Z.")


def _work(identifier: str, base: str, on: date) -> Work:
    found = works_seen(ANYONE, on).filter(identifier=identifier.removeprefix(f"oai:{_host(base)}:")).first()
    if found is None or not identifier.startswith("oai:"):
        raise Refused("idDoesNotExist", "No document has this identifier.")
    return found


def _header(work: Work, base: str) -> etree._Element:
    sets = [_make("setSpec", work.meeting)] if work.meeting else []
    stands = {"status": "deleted"} if work.standing == DESTROYED else {}
    name = _make("identifier", f"oai:{_host(base)}:{work.identifier}")
    return _make("header", name, _make("datestamp", _stamp(work.changed_at)), *sets, **stands)


def _record(work: Work, base: str, law: Law) -> etree._Element:
    if work.standing == DESTROYED:
        return _make("record", _header(work, base))
    return _make("record", _header(work, base), _make("metadata", _dublin_core(work, base, law)))


def _dublin_core(work: Work, base: str, law: Law) -> etree._Element:
    site = base.removesuffix("/oai")
    found: list[tuple[str, str]] = [("title", title.text) for title in work.titles.all()]
    found += [("creator", author_text(author, law, "en")) for author in work.authors.all()]
    found += [("date", work.dated), ("type", str(KINDS.get(work.kind, work.kind))), ("subject", work.theme)]
    found += [("identifier", site + work.address), ("identifier", work.symbol), ("source", work.source)]
    found += [("language", version.language) for version in work.versions.all()]
    found += [("format", media) for media in sorted({version.file.media for version in work.versions.all()})]
    root = _wrap("dc", *(getattr(_dc, name)(_clean(value)) for name, value in found if value))
    root.set(f"{{{_XSI}}}schemaLocation", f"{_WRAP} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    return root


def _host(base: str) -> str:
    return base.partition("//")[2].partition("/")[0].partition(":")[0]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_IN_XML.sub(" ", text)
