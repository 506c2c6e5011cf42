"""The pages of the record as a search engine takes them: each page of each standing version, and a cover with titles and symbol."""

from collections.abc import Collection, Iterator
from datetime import date

from servanda.office.common.choices import UNIT_ONLY
from servanda.treaty.dates import PartialDate

from ..choices import DESTROYED, REVIEW
from ..models import Author, Page, Title, Version, Work
from ..search.engine import IndexedPage, analysed


def indexed_pages(documents: Collection[int], *, on: date) -> Iterator[IndexedPage]:
    """Every page of these works, seen as on a day; none for a work that is gone or destroyed.

    Four queries, and two for each work and one for each version.
    """
    works = Work.objects.exclude(standing=DESTROYED).in_bulk(list(documents))
    titles = _grouped(Title.objects.filter(work__in=works))
    authors = _grouped(Author.objects.filter(work__in=works))
    versions = _grouped(Version.objects.filter(work__in=works, file__destroyed_at=None))
    for number, work in works.items():
        fields = _fields(work, authors.get(number, []), on)
        texts = standing(versions.get(number, []))
        yield _cover(work, titles.get(number, []), authors.get(number, []), fields, _beginnings(texts))
        for version in texts:
            yield from _pages(work, version, fields | {"part": ("page",)})


def _beginnings(versions: list[Version]) -> str:
    """The first page of each language, as one line."""
    first = Page.objects.filter(file__in=[version.file_id for version in versions], number=1).values_list("text", flat=True)
    return " ".join(" ".join(first).split())


def standing(versions: list[Version]) -> list[Version]:
    """The newest version of each language."""
    newest: dict[str, Version] = {}
    for version in sorted(versions, key=lambda version: (version.added_at, version.pk)):
        newest[version.language] = version
    return list(newest.values())


def seen_as(work: Work, today: date) -> str:
    """Who may find a work today: the Unit alone while it is under review or embargoed."""
    embargoed = work.embargo is not None and work.embargo > today
    return UNIT_ONLY if work.standing == REVIEW or embargoed else work.visibility


def _grouped(rows: object) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.work_id, []).append(row)
    return found


def _fields(work: Work, authors: list[Author], on: date) -> dict[str, tuple[str, ...]]:
    year = (work.dated or work.distributed)[:4]
    one = {
        "seen": seen_as(work, on),
        "kind": work.kind,
        "meeting": work.meeting,
        "theme": work.theme,
        "year": year,
        "symbol": work.symbol.casefold(),
    }
    return {name: (value,) for name, value in one.items() if value} | {"state": tuple(author.state for author in authors if author.state)}


def _pages(work: Work, version: Version, fields: dict[str, tuple[str, ...]]) -> Iterator[IndexedPage]:
    named = fields | ({"language": (version.language,)} if version.language else {})
    pages = Page.objects.filter(file_id=version.file_id).values_list("pk", "text", "language")
    for number, text, language in pages.iterator(chunk_size=500):
        words, keys = analysed(text, language or version.language)
        yield IndexedPage(number, work.pk, words, keys, _day(work), named)


def _cover(work: Work, titles: list[Title], authors: list[Author], fields: dict[str, tuple[str, ...]], text: str) -> IndexedPage:
    """The entry that lists a work, and finds it by what its first pages do not say themselves; numbered minus the work.

    A title that stands in the text is found there, with its page, and not a second time here.
    """
    said = [(title.text, title.language) for title in titles]
    said += [(one, "") for one in (work.symbol, work.symbol_written, work.job_number)]
    said += [(author.body, "en") for author in authors]
    found = [analysed(one, language) for one, language in said if one and " ".join(one.split()) not in text]
    words, keys = (" ".join(parts) for parts in zip(*found, strict=True)) if found else ("", "")
    languages = tuple(sorted({title.language for title in titles if title.language}))
    return IndexedPage(-work.pk, work.pk, words, keys, _day(work), fields | {"language": languages, "part": ("cover",)})


def _day(work: Work) -> int:
    text = work.dated or work.distributed
    return PartialDate(text).first.toordinal() if text else 0
