from django.db import migrations


def begin(apps, editor):
    apps.get_model("common", "Stamp").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
