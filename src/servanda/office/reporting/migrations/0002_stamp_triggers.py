from django.db import migrations

from servanda.office.common.triggers import unwatch, watch

TABLES = (
    "reporting_reportfile",
    "reporting_answer",
    "reporting_answerhistory",
    "reporting_revision",
    "reporting_question",
)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("common", "0004_stamp_of_pages")]
    operations = [migrations.RunPython(watch(*TABLES, column="pages"), unwatch(*TABLES))]
