"""The embedded engine: a tantivy index in a folder beside the database."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

import tantivy
from tantivy import Occur, Order, Query

from .engine import FACETS, EngineBusy, Found, IndexedPage, Sight
from .question import Clause, Question

# Written into the folder's name: another shape of the index is another folder, built anew from the record.
SHAPE = 2
_WRITER_MEMORY = 64_000_000
_RAW = {"tokenizer_name": "raw", "index_option": "basic"}


def _schema() -> tantivy.Schema:
    build = tantivy.SchemaBuilder()
    build.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("keys", tokenizer_name="whitespace", index_option="freq")
    for name in (*FACETS, "seen", "part", "symbol"):
        build.add_text_field(name, fast=name in FACETS, **_RAW)
    build.add_integer_field("page", fast=True)
    build.add_integer_field("document", indexed=True)
    build.add_integer_field("day", fast=True)
    return build.build()


class TantivyEngine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / f"search-{SHAPE}"
        self.read = (0, 0)

    @cached_property
    def index(self) -> tantivy.Index:
        self.folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(self.folder))
        index.config_reader("manual")
        return index

    def write(self, pages: Iterable[IndexedPage], *, documents: Collection[int]) -> None:
        with self._writer() as writer:
            for document in documents:
                writer.delete_documents_by_term("document", document)
            for page in pages:
                writer.add_document(_document(page))
            writer.commit()
            writer.wait_merging_threads()

    def is_empty(self) -> bool:
        return self._searcher().num_docs == 0

    def clear(self) -> None:
        with self._writer() as writer:
            writer.delete_all_documents()
            writer.commit()
            writer.wait_merging_threads()

    def find(self, question: Question, sight: Sight, *, limit: int, start: int = 0, newest: bool = False) -> Found:
        searcher = self._searcher()
        query = self._query(searcher, question, sight)
        order = {"order_by_field": "day", "order": Order.Desc} if newest or not question.asks_words else {}
        result = searcher.search(query, limit=max(limit, 1), offset=start, **order)
        pages = searcher.fast_field_values("page", [address for _, address in result.hits[:limit]])
        return Found(result.count, tuple(pages), _facets(searcher, query))

    def count(self, question: Question, sight: Sight) -> int:
        searcher = self._searcher()
        return searcher.search(self._query(searcher, question, sight), limit=1).count

    def beginning(self, start: str, sight: Sight, *, limit: int) -> list[str]:
        searcher = self._searcher()
        found = searcher.terms_with_prefix("words", start, filter_query=self._seen(sight), limit=2_000)
        return [word for word, _ in sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]]

    def near(self, word: str, sight: Sight) -> int | None:
        searcher = self._searcher()
        for distance in (1, 2):
            alike = Query.fuzzy_term_query(self.index.schema, "words", word, distance=distance)
            query = Query.boolean_query([(Occur.Must, alike), (Occur.Must, self._seen(sight))])
            hits = searcher.search(query, limit=1, count=False).hits
            if hits:
                return searcher.fast_field_values("page", [hits[0][1]])[0]
        return None

    def _writer(self) -> tantivy.IndexWriter:
        try:
            return self.index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        except ValueError as problem:
            raise EngineBusy() from problem

    def _searcher(self) -> tantivy.Searcher:
        """On the index as it was last written, by this process or another."""
        index = self.index
        written = (self.folder / "meta.json").stat()
        if (written.st_mtime_ns, written.st_ino) != self.read:
            index.reload()
            self.read = (written.st_mtime_ns, written.st_ino)
        return index.searcher()

    def _query(self, searcher: tantivy.Searcher, question: Question, sight: Sight) -> Query:
        must = [self._clause(searcher, clause, sight) for clause in question.clauses]
        must += [self._any_of(name, values) for name, values in question.fields.items()]
        if question.years:
            first, last = question.years
            years = [str(year) for year in range(first, min(last, first + 200) + 1)]
            must.append(self._any_of("year", years))
        must.append(self._seen(sight))
        parts = [(Occur.Must, query) for query in must]
        return Query.boolean_query(parts + [(Occur.MustNot, self._clause(searcher, clause, sight)) for clause in question.without])

    def _seen(self, sight: Sight) -> Query:
        allowed = self._any_of("seen", sight.kinds)
        if not sight.hidden:
            return allowed
        hidden = Query.term_set_query(self.index.schema, "document", list(sight.hidden))
        return Query.boolean_query([(Occur.Must, allowed), (Occur.MustNot, hidden)])

    def _any_of(self, name: str, values: Collection[str]) -> Query:
        """One of these values in a field, which counts nothing for the order. A set query reads every page; terms skip."""
        terms = [(Occur.Should, Query.term_query(self.index.schema, name, value, index_option="basic")) for value in values]
        return Query.const_score_query(Query.boolean_query(terms), 0)

    def _clause(self, searcher: tantivy.Searcher, clause: Clause, sight: Sight) -> Query:
        any_of = self._keys(clause.keys) + [self._phrase(phrase, clause.cut) for phrase in clause.phrases]
        if clause.together:
            any_of.append(Query.boolean_query([(Occur.Must, Query.disjunction_max_query(self._keys(keys))) for keys in clause.together]))
        if clause.loose and not self._stands(searcher, any_of, sight):
            any_of = self._keys(clause.loose)
        return any_of[0] if len(any_of) == 1 else Query.disjunction_max_query(any_of)

    def _stands(self, searcher: tantivy.Searcher, any_of: list[Query], sight: Sight) -> bool:
        query = Query.boolean_query([(Occur.Must, Query.disjunction_max_query(any_of)), (Occur.Must, self._seen(sight))])
        return bool(searcher.search(query, limit=1, count=False).hits)

    def _keys(self, keys: Collection[str]) -> list[Query]:
        return [Query.term_query(self.index.schema, "keys", key, index_option="freq") for key in sorted(keys)]

    def _phrase(self, phrase: tuple[str, ...], cut: bool) -> Query:
        schema = self.index.schema
        if cut and len(phrase) == 1:
            return Query.regex_query(schema, "words", re.escape(phrase[0]) + ".*")
        if cut:
            return Query.phrase_prefix_query(schema, "words", list(phrase))
        if len(phrase) == 1:
            return Query.term_query(schema, "words", phrase[0])
        return Query.phrase_query(schema, "words", list(phrase))


def _document(page: IndexedPage) -> tantivy.Document:
    document = tantivy.Document(words=page.words, keys=page.keys, page=page.page, document=page.document, day=page.day)
    for name, values in page.fields.items():
        for value in values:
            document.add_text(name, value)
    return document


def _facets(searcher: tantivy.Searcher, query: Query) -> dict[str, tuple[tuple[str, int], ...]]:
    asked = {name: {"terms": {"field": name, "size": 300}} for name in FACETS}
    found = searcher.aggregate(query, asked)
    return {name: tuple((bucket["key"], bucket["doc_count"]) for bucket in found[name]["buckets"]) for name in FACETS}
