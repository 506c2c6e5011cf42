from django.db import migrations, models
from django.db.models.functions import Lower

from servanda.office.common.triggers import unwatch, watch
from servanda.treaty import symbols


def fill(apps, editor):
    work = apps.get_model("archive", "Work")
    for row in work.objects.exclude(symbol="").only("symbol").iterator():
        work.objects.filter(pk=row.pk).update(symbol_base=symbols.parse(row.symbol).base)


class Migration(migrations.Migration):
    """SQLite makes the table anew to add a column, and its triggers go with the old one; so they are put back."""

    dependencies = [("archive", "0005_a_page_waits_for_the_index")]
    operations = [
        migrations.RunPython(unwatch("archive_work"), watch("archive_work", column="pages")),
        migrations.AddField(
            "work", "symbol_base", models.CharField(blank=True, default="", editable=False, max_length=80), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("work", models.Index(fields=["symbol_base"], name="archive_work_symbol_base")),
        migrations.AddIndex("work", models.Index(Lower("symbol"), name="archive_work_symbol_lower")),
        migrations.RemoveIndex("work", name="archive_work_standing"),
        migrations.AddIndex("work", models.Index(fields=["id"], condition=models.Q(standing="review"), name="archive_work_review")),
        migrations.RunPython(watch("archive_work", column="pages"), unwatch("archive_work")),
    ]
