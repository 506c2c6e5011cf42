"""Xapian beside us, in the system's own Python: indexes pages from a file, then answers questions with counts, facets and snippets.

python3 xapian_peer.py FOLDER PAGES.jsonl, then a question a line on stdin; answers milliseconds and count.
"""

import json
import sys
import time
from pathlib import Path

import xapian

FIELDS = ("meeting", "year", "kind", "language", "state", "theme")
PREFIXES = xapian.QueryParser.FLAG_WILDCARD | xapian.QueryParser.FLAG_PHRASE


def index(folder, path):
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    with open(path, encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(page["text"])
            document.set_data(page["text"])
            for number, name in enumerate(FIELDS):
                document.add_value(number, page[name])
            database.add_document(document)
    database.commit()
    database.close()


def answer(database, text):
    parser = xapian.QueryParser()
    parser.set_database(database)
    parser.set_default_op(xapian.Query.OP_AND)
    enquire = xapian.Enquire(database)
    enquire.set_query(parser.parse_query(text, parser.FLAG_DEFAULT | PREFIXES))
    spies = [xapian.ValueCountMatchSpy(number) for number in range(len(FIELDS))]
    for spy in spies:
        enquire.add_matchspy(spy)
    found = enquire.get_mset(0, 20, database.get_doccount())
    for match in found:
        found.snippet(match.document.get_data().decode(), 240)
    for spy in spies:
        list(spy.top_values(12))
    return found.get_matches_estimated()


def main():
    folder, path = sys.argv[1:]
    made = Path(f"{folder}-made")
    if not made.exists():
        index(folder, path)
        made.touch()
    print("ready", flush=True)
    database = xapian.Database(folder)
    for line in sys.stdin:
        started = time.perf_counter()
        count = answer(database, line.strip())
        print((time.perf_counter() - started) * 1000, count, flush=True)


main()
