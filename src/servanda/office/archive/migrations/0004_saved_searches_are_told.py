from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_vectors")]
    operations = [
        migrations.RenameField(model_name="savedsearch", old_name="made_at", new_name="told_at"),
        migrations.RemoveField(model_name="savedsearch", name="last_page"),
    ]
