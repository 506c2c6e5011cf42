from django.db import migrations

from servanda.office.common.triggers import unwatch, watch

TABLES = ("obligations_agendaitem", "obligations_intervention")


class Migration(migrations.Migration):
    dependencies = [("obligations", "0003_agenda_and_interventions")]
    operations = [migrations.RunPython(watch(*TABLES), unwatch(*TABLES))]
