"""The office with the real record loaded, once for all tests; each test sees it in a transaction of its own."""

from datetime import UTC, datetime

import pytest

from servanda.office.obligations.operations import load_record
from servanda.treaty.law import load_law

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_record(law=load_law("ccm"), by="tests", at=NOW)
