"""The engine this installation uses, by settings: the embedded one, or the one inside PostgreSQL where several machines share it."""

from functools import cache

from django.conf import settings

from .engine import Engine
from .postgres_engine import PostgresEngine
from .tantivy_engine import TantivyEngine


@cache
def engine() -> Engine:
    return PostgresEngine() if settings.SEARCH == "postgresql" else TantivyEngine(settings.HOME)
