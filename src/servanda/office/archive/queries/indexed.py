"""The pages of the record as a search engine takes them: each page of each standing version, and a cover with titles and symbol."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from servanda.office.common.choices import UNIT_ONLY
from servanda.treaty.dates import PartialDate

from ..choices import DESTROYED, REVIEW
from ..models import Author, Page, Title, Version, Work
from ..search.engine import IndexedPage, analysed


def indexed_pages(documents: Collection[int], *, on: date) -> Iterator[IndexedPage]:
    """Every page of these works, seen as on a day; none for a work that is gone or destroyed. Six queries."""
    works = Work.objects.exclude(standing=DESTROYED).in_bulk(list(documents))
    titles = _grouped(Title.objects.filter(work__in=works))
    authors = _grouped(Author.objects.filter(work__in=works))
    versions = _grouped(Version.objects.filter(work__in=works, file__destroyed_at=None))
    texts = {number: standing(versions.get(number, [])) for number in works}
    first = dict(Page.objects.filter(file__in=_files(texts), number=1).values_list("file_id", "text"))
    of_file: dict[int, list[_Text]] = {}
    for number, work in works.items():
        fields = _fields(work, authors.get(number, []), on)
        beginnings = " ".join(first.get(version.file_id, "") for version in texts[number])
        yield _cover(work, titles.get(number, []), authors.get(number, []), fields, " ".join(beginnings.split()))
        for version in texts[number]:
            of_file.setdefault(version.file_id, []).append(_Text(work, version.language, fields | {"part": ("page",)}))
    yield from _pages(of_file)


@dataclass(frozen=True, slots=True)
class _Text:
    """A work in a language, as one file has it."""

    work: Work
    language: str
    fields: dict[str, tuple[str, ...]]


def _files(texts: dict[int, list[Version]]) -> list[int]:
    return [version.file_id for versions in texts.values() for version in versions]


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


def _pages(of_file: dict[int, list[_Text]]) -> Iterator[IndexedPage]:
    pages = Page.objects.filter(file__in=of_file).order_by("file_id", "id").values_list("file_id", "pk", "text", "language")
    for file, number, text, language in pages.iterator(chunk_size=500):
        for one in of_file[file]:
            words, keys = analysed(text, language or one.language)
            named = one.fields | ({"language": (one.language,)} if one.language else {})
            yield IndexedPage(number, one.work.pk, words, keys, _day(one.work), named)


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
