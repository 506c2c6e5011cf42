"""The office with the real record loaded, once for all tests; each test sees it in a transaction of its own."""

import pytest
from django.core.cache import cache

from servanda.office.archive.models import Work
from servanda.office.archive.operations.indexing import index_waiting
from servanda.office.archive.operations.records import confirm
from servanda.office.archive.search.engines import engine
from servanda.office.obligations.operations import load_record
from servanda.treaty.law import load_law

from .samples import NOW, WP3, WP3_FR, bring_in, paper, sign_in_staff


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_record(law=load_law("ccm"), by="tests", at=NOW)


@pytest.fixture(autouse=True)
def no_sign_ins_counted():
    """Limits on sign-ins are counted in the cache, by account: no test counts for another."""
    cache.clear()


@pytest.fixture
def an_empty_archive(settings, tmp_path_factory):
    settings.FILES = tmp_path_factory.mktemp("files")
    engine().clear()
    yield
    engine().clear()


@pytest.fixture
def plan(an_empty_archive, tmp_path):
    """One document in two languages, confirmed."""
    bring_in(paper(tmp_path / "e.docx", *WP3), paper(tmp_path / "f.docx", *WP3_FR))
    confirm(works=Work.objects.all(), by="tests", at=NOW)
    index_waiting(at=NOW)
    return Work.objects.get()


@pytest.fixture
def unit(an_empty_archive, client):
    """The browser of somebody of the Unit."""
    return sign_in_staff(client, "unit")
