"""Makes the office ready: settings, database, tables. Every command that needs the office calls this first; it is safe to repeat."""

import os

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def set_up() -> None:
    """Load the settings, make the home folder, and bring the database's tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servanda.office.config.settings")
    django.setup()
    from django.conf import settings

    settings.HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print(f"Preparing the database in {settings.HOME} …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
