"""The engine inside PostgreSQL: one table of vectors beside the record, for several machines that share one collection.

A page's words stand in its vector as `w…` with their places, its keys as `k…` without: PostgreSQL splits nothing itself.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from rapidfuzz.distance import Levenshtein

from .engine import FACETS, Found, IndexedPage, Sight
from .question import Clause, Question

_PLAIN = ("seen", "part", "kind", "meeting", "theme", "year", "symbol")
_MANY = ("language", "state")
_COLUMNS = ("page", "document", "day", "vector", *_PLAIN, *_MANY)
_MOST_PLACES = 16_383
_BATCH = 200


class PostgresEngine:
    def write(self, pages: Iterable[IndexedPage], *, documents: Collection[int]) -> None:
        row = f"({', '.join(['%s'] * len(_COLUMNS))})"
        insert = f"INSERT INTO archive_vector ({', '.join(_COLUMNS)}) VALUES "
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("DELETE FROM archive_vector WHERE document = ANY(%s)", [list(documents)])
            for batch in _batches(pages):
                values = [value for page in batch for value in _row(page)]
                cursor.execute(insert + ", ".join([row] * len(batch)), values)

    def is_empty(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM archive_vector)")
            return not cursor.fetchone()[0]

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE archive_vector")

    def find(self, question: Question, sight: Sight, *, limit: int, start: int = 0, newest: bool = False) -> Found:
        where, values = self._where(question, sight)
        words = " & ".join(self._clause(clause, sight) for clause in question.clauses)
        ranked = f"ts_rank(vector, {_QUERY}) DESC, page" if words and not newest else "day DESC, page"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT page FROM archive_vector WHERE {where} ORDER BY {ranked} LIMIT %s OFFSET %s",
                [*values, *([words] if words and not newest else []), limit, start],
            )
            pages = tuple(page for (page,) in cursor.fetchall())
            count, facets = _counts(cursor, where, values)
        return Found(count, pages, facets)

    def count(self, question: Question, sight: Sight) -> int:
        where, values = self._where(question, sight)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM archive_vector WHERE {where}", values)
            return int(cursor.fetchone()[0])

    def beginning(self, start: str, sight: Sight, *, limit: int) -> list[str]:
        return self._lexemes("lexeme LIKE %s", [f"w{_escaped(start)}%"], f"{_lexeme('w', start)}:*", sight, limit)

    def near(self, word: str, sight: Sight) -> int | None:
        prefix = word[:1]
        for alike in self._lexemes("lexeme LIKE %s", [f"w{_escaped(prefix)}%"], f"{_lexeme('w', prefix)}:*", sight, 5_000):
            if 0 < _distance(word, alike) <= 2:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT page FROM archive_vector WHERE vector @@ {_QUERY} AND {_SEEN} LIMIT 1",
                        [_lexeme("w", alike), *_seen(sight)],
                    )
                    found = cursor.fetchone()
                    return int(found[0]) if found else None
        return None

    def _lexemes(self, like: str, values: list[Any], query: str, sight: Sight, limit: int) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT substr(lexeme, 2) FROM archive_vector, unnest(vector) WHERE vector @@ {_QUERY} AND {_SEEN} AND {like}"
                " GROUP BY lexeme ORDER BY count(*) DESC, lexeme LIMIT %s",
                [query, *_seen(sight), *values, limit],
            )
            return [word for (word,) in cursor.fetchall()]

    def _where(self, question: Question, sight: Sight) -> tuple[str, list[Any]]:
        parts, values = [_SEEN], _seen(sight)
        for clause in question.clauses:
            parts.append(f"vector @@ {_QUERY}")
            values.append(self._clause(clause, sight))
        for clause in question.without:
            parts.append(f"NOT vector @@ {_QUERY}")
            values.append(self._clause(clause, sight))
        for name, wanted in question.fields.items():
            parts.append(f"{name} && %s" if name in _MANY else f"{name} = ANY(%s)")
            values.append(list(wanted))
        if question.years:
            parts.append("year BETWEEN %s AND %s")
            values += [str(year) for year in question.years]
        return " AND ".join(parts), values

    def _clause(self, clause: Clause, sight: Sight) -> str:
        any_of = _keys(clause.keys) + [_phrase(phrase, clause.cut) for phrase in clause.phrases]
        if clause.together:
            any_of.append("(" + " & ".join(f"({' | '.join(_keys(keys))})" for keys in clause.together) + ")")
        if clause.loose and not self._stands(" | ".join(any_of), sight):
            any_of = _keys(clause.loose)
        return "(" + " | ".join(any_of) + ")"

    def _stands(self, query: str, sight: Sight) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM archive_vector WHERE vector @@ {_QUERY} AND {_SEEN})", [query, *_seen(sight)])
            return bool(cursor.fetchone()[0])


_QUERY = "%s::tsquery"
_SEEN = "seen = ANY(%s) AND document <> ALL(%s)"


def _seen(sight: Sight) -> list[Any]:
    return [list(sight.kinds), list(sight.hidden)]


def _keys(keys: Collection[str]) -> list[str]:
    return [_lexeme("k", key) for key in sorted(keys)]


def _lexeme(kind: str, text: str) -> str:
    """A word (`w`) or a key (`k`) as PostgreSQL reads it, quoted."""
    inside = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{kind}{inside}'"


def _phrase(phrase: tuple[str, ...], cut: bool) -> str:
    last = _lexeme("w", phrase[-1]) + (":*" if cut else "")
    return "(" + " <-> ".join([*(_lexeme("w", word) for word in phrase[:-1]), last]) + ")"


def _row(page: IndexedPage) -> list[Any]:
    words = (f"{_lexeme('w', word)}:{min(place, _MOST_PLACES)}" for place, word in enumerate(page.words.split(), 1))
    vector = " ".join([*words, *_keys(set(page.keys.split()))])
    plain = [" ".join(page.fields.get(name, ()))[:300] for name in _PLAIN]
    return [page.page, page.document, page.day, vector, *plain, *(list(page.fields.get(name, ())) for name in _MANY)]


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
    counted = " UNION ALL ".join(
        f"SELECT '{name}', one, count(*) FROM found, unnest({name}) AS one GROUP BY one"
        if name in _MANY
        else f"SELECT '{name}', {name}, count(*) FROM found WHERE {name} <> '' GROUP BY {name}"
        for name in FACETS
    )
    cursor.execute(
        f"WITH found AS MATERIALIZED (SELECT {', '.join(FACETS)} FROM archive_vector WHERE {where})"
        f" SELECT '', '', count(*) FROM found UNION ALL {counted}",
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
