"""Triggers that change the stamp: no write to a watched table, bulk or by hand, can leave an old page standing.

The stamp is drawn anew, not counted up: after a transaction that was rolled back, a count would come again for other data.
"""

from collections.abc import Callable
from typing import Any

_SQLITE = """CREATE TRIGGER stamp_{table}_{event} AFTER {event} ON {table}
BEGIN UPDATE common_stamp SET {column} = random(); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION change_stamp_{column}() RETURNS trigger AS $$
BEGIN UPDATE common_stamp SET {column} = floor(random() * 9e15)::bigint; RETURN NULL; END $$ LANGUAGE plpgsql"""
_POSTGRES = """CREATE TRIGGER stamp_{table}_{event} AFTER {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION change_stamp_{column}()"""
_EVENTS = ("insert", "update", "delete")


def watch(*tables: str, column: str = "value") -> Callable[[Any, Any], None]:
    """A migration step that puts the triggers on these tables; `column` is the stamp they change."""

    def step(apps: Any, editor: Any) -> None:
        postgres = editor.connection.vendor == "postgresql"
        if postgres:
            editor.execute(_POSTGRES_FUNCTION.format(column=column))
        for table in tables:
            for event in _EVENTS:
                editor.execute((_POSTGRES if postgres else _SQLITE).format(table=table, event=event, column=column))

    return step


def unwatch(*tables: str) -> Callable[[Any, Any], None]:
    """The reverse of `watch`."""

    def step(apps: Any, editor: Any) -> None:
        on = " ON {table}" if editor.connection.vendor == "postgresql" else ""
        for table in tables:
            for event in _EVENTS:
                editor.execute(f"DROP TRIGGER stamp_{table}_{event}" + on.format(table=table))

    return step
