from django.db import migrations

from servanda.office.common.triggers import unwatch, watch

TABLES = ("states_state", "states_name", "states_membership", "states_instrument", "states_coordinator", "states_contradiction")


class Migration(migrations.Migration):
    dependencies = [("states", "0001_initial"), ("common", "0002_one_stamp")]
    operations = [migrations.RunPython(watch(*TABLES), unwatch(*TABLES))]
