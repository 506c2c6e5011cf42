from django.db import migrations

from servanda.office.common.triggers import unwatch, watch


class Migration(migrations.Migration):
    """A page made while the index lags is made anew once the index is written."""

    dependencies = [("archive", "0004_saved_searches_are_told")]
    operations = [migrations.RunPython(watch("archive_unindexed", column="pages"), unwatch("archive_unindexed"))]
