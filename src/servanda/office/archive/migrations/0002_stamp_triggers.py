from django.db import migrations

from servanda.office.common.triggers import unwatch, watch

TABLES = ("archive_work", "archive_title", "archive_author", "archive_link", "archive_version", "archive_doubt", "archive_file")


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial"), ("common", "0004_stamp_of_pages")]
    operations = [migrations.RunPython(watch(*TABLES, column="pages"), unwatch(*TABLES))]
