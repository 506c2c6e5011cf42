"""The engine inside PostgreSQL: one table of vectors beside the record, for several machines that share one collection.

A page's words stand in its vector as `w…` with their places, its keys as `k…` without: PostgreSQL splits nothing itself.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from rapidfuzz.distance import Levenshtein

from .engine import FACETS, Found, IndexedPage
from .question import Clause, Question

_PLAIN = ("seen", "language", "kind", "meeting", "theme", "year", "symbol")
_TABLE = f"""
CREATE TABLE IF NOT EXISTS archive_vector (
    page bigint PRIMARY KEY, document bigint NOT NULL, day integer NOT NULL, vector tsvector NOT NULL,
    {", ".join(f"{name} text NOT NULL" for name in _PLAIN)}, state text[] NOT NULL);
CREATE INDEX IF NOT EXISTS archive_vector_words ON archive_vector USING gin (vector);
CREATE INDEX IF NOT EXISTS archive_vector_document ON archive_vector (document);
CREATE INDEX IF NOT EXISTS archive_vector_day ON archive_vector (day);
"""
_COLUMNS = ("page", "document", "day", "vector", *_PLAIN, "state")
_MOST_PLACES = 16_383
_BATCH = 200


class PostgresEngine:
    @cached_property
    def _ready(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_TABLE)
        return True

    def write(self, pages: Iterable[IndexedPage], *, documents: Collection[int]) -> None:
        row = f"({', '.join(['%s'] * len(_COLUMNS))})"
        insert = f"INSERT INTO archive_vector ({', '.join(_COLUMNS)}) VALUES "
        with self._cursor() as cursor, transaction.atomic():
            cursor.execute("DELETE FROM archive_vector WHERE document = ANY(%s)", [list(documents)])
            for batch in _batches(pages):
                values = [value for page in batch for value in _row(page)]
                cursor.execute(insert + ", ".join([row] * len(batch)), values)

    def clear(self) -> None:
        with self._cursor() as cursor:
            cursor.execute("TRUNCATE archive_vector")

    def find(self, question: Question, seen: Collection[str], *, limit: int, start: int = 0, newest: bool = False) -> Found:
        where, values = self._where(question, seen)
        words = " & ".join(self._clause(clause, seen) for clause in question.clauses)
        ranked = f"ts_rank(vector, {_QUERY}) DESC, page" if words and not newest else "day DESC, page"
        with self._cursor() as cursor:
            cursor.execute(
                f"SELECT page FROM archive_vector WHERE {where} ORDER BY {ranked} LIMIT %s OFFSET %s",
                [*values, *([words] if words and not newest else []), limit, start],
            )
            pages = tuple(page for (page,) in cursor.fetchall())
            count, facets = _counts(cursor, where, values)
        return Found(count, pages, facets)

    def count(self, question: Question, seen: Collection[str]) -> int:
        where, values = self._where(question, seen)
        with self._cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM archive_vector WHERE {where}", values)
            return int(cursor.fetchone()[0])

    def beginning(self, start: str, seen: Collection[str], *, limit: int) -> list[str]:
        return self._lexemes("lexeme LIKE %s", [f"w{_escaped(start)}%"], f"w{start}:*", seen, limit)

    def near(self, word: str, seen: Collection[str]) -> int | None:
        prefix = word[:1]
        for alike in self._lexemes("lexeme LIKE %s", [f"w{_escaped(prefix)}%"], f"w{prefix}:*", seen, 5_000):
            if 0 < _distance(word, alike) <= 2:
                with self._cursor() as cursor:
                    cursor.execute(
                        f"SELECT page FROM archive_vector WHERE vector @@ {_QUERY} AND seen = ANY(%s) LIMIT 1", [f"'w{alike}'", list(seen)]
                    )
                    found = cursor.fetchone()
                    return int(found[0]) if found else None
        return None

    def _lexemes(self, like: str, values: list[Any], query: str, seen: Collection[str], limit: int) -> list[str]:
        with self._cursor() as cursor:
            cursor.execute(
                f"SELECT substr(lexeme, 2) FROM archive_vector, unnest(vector) WHERE vector @@ {_QUERY} AND seen = ANY(%s) AND {like}"
                " GROUP BY lexeme ORDER BY count(*) DESC, lexeme LIMIT %s",
                [query, list(seen), *values, limit],
            )
            return [word for (word,) in cursor.fetchall()]

    def _where(self, question: Question, seen: Collection[str]) -> tuple[str, list[Any]]:
        parts, values = ["seen = ANY(%s)"], [list(seen)]
        for clause in question.clauses:
            parts.append(f"vector @@ {_QUERY}")
            values.append(self._clause(clause, seen))
        for clause in question.without:
            parts.append(f"NOT vector @@ {_QUERY}")
            values.append(self._clause(clause, seen))
        for name, wanted in question.fields.items():
            parts.append("state && %s" if name == "state" else f"{name} = ANY(%s)")
            values.append(list(map(int, wanted)) if name == "document" else list(wanted))
        if question.years:
            parts.append("year BETWEEN %s AND %s")
            values += [str(year) for year in question.years]
        return " AND ".join(parts), values

    def _clause(self, clause: Clause, seen: Collection[str]) -> str:
        any_of = [f"'k{key}'" for key in sorted(clause.keys)] + [_phrase(phrase, clause.cut) for phrase in clause.phrases]
        if clause.loose and not self._stands(" | ".join(any_of), seen):
            any_of = [f"'k{key}'" for key in sorted(clause.loose)]
        return "(" + " | ".join(any_of) + ")"

    def _stands(self, query: str, seen: Collection[str]) -> bool:
        with self._cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM archive_vector WHERE vector @@ {_QUERY} AND seen = ANY(%s))", [query, list(seen)])
            return bool(cursor.fetchone()[0])

    def _cursor(self) -> Any:
        assert self._ready
        return connection.cursor()


_QUERY = "%s::tsquery"


def _phrase(phrase: tuple[str, ...], cut: bool) -> str:
    last = f"'w{phrase[-1]}'" + (":*" if cut else "")
    return "(" + " <-> ".join([*(f"'w{word}'" for word in phrase[:-1]), last]) + ")"


def _row(page: IndexedPage) -> list[Any]:
    words = (f"'w{word}':{min(place, _MOST_PLACES)}" for place, word in enumerate(page.words.split(), 1))
    vector = " ".join([*words, *(f"'k{key}'" for key in set(page.keys.split()))])
    plain = [" ".join(page.fields.get(name, ()))[:300] for name in _PLAIN]
    return [page.page, page.document, page.day, vector, *plain, list(page.fields.get("state", ()))]


def _batches(pages: Iterable[IndexedPage]) -> Iterator[list[IndexedPage]]:
    batch: list[IndexedPage] = []
    for page in pages:
        batch.append(page)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _counts(cursor: Any, where: str, values: list[Any]) -> tuple[int, dict[str, tuple[tuple[str, int], ...]]]:
    single = [name for name in FACETS if name != "state"]
    counted = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM found WHERE {name} <> '' GROUP BY {name}" for name in single)
    cursor.execute(
        f"WITH found AS MATERIALIZED (SELECT {', '.join(FACETS)} FROM archive_vector WHERE {where})"
        f" SELECT '', '', count(*) FROM found UNION ALL {counted}"
        " UNION ALL SELECT 'state', one, count(*) FROM found, unnest(state) AS one GROUP BY one",
        values,
    )
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    count = 0
    for name, value, number in cursor.fetchall():
        if name:
            facets[name].append((value, number))
        else:
            count = number
    return count, {name: tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))) for name, found in facets.items()}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _distance(one: str, other: str) -> int:
    return int(Levenshtein.distance(one, other, score_cutoff=2))
