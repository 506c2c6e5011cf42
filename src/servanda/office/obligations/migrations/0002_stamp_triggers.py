from django.db import migrations

from servanda.office.common.triggers import unwatch, watch

TABLES = ("obligations_meeting", "obligations_decision", "obligations_report")


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial"), ("common", "0002_one_stamp")]
    operations = [migrations.RunPython(watch(*TABLES), unwatch(*TABLES))]
