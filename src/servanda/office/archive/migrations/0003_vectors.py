"""The table of the search engine inside PostgreSQL; the embedded engine needs none."""

from django.db import migrations

TABLE = """
CREATE TABLE archive_vector (
    page bigint PRIMARY KEY, document bigint NOT NULL, day integer NOT NULL, vector tsvector NOT NULL,
    seen text NOT NULL, part text NOT NULL, kind text NOT NULL, meeting text NOT NULL, theme text NOT NULL, year text NOT NULL,
    symbol text NOT NULL, language text[] NOT NULL, state text[] NOT NULL);
CREATE INDEX archive_vector_words ON archive_vector USING gin (vector);
CREATE INDEX archive_vector_document ON archive_vector (document);
CREATE INDEX archive_vector_day ON archive_vector (day);
"""


def make(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(TABLE)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE archive_vector")


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_stamp_triggers")]
    operations = [migrations.RunPython(make, drop)]
