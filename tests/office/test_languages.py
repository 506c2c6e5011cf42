"""Six languages: addresses, direction, the field's official terms, and catalogues that are what their sources say."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TERMS = {"ar": "دولة طرف", "es": "Estado parte", "fr": "État partie", "ru": "Государство-участник", "zh": "缔约国"}


@pytest.mark.parametrize(("language", "term"), TERMS.items())
def test_a_record_in_each_language_with_its_official_term(language, term):
    page = Client(headers={"accept-encoding": ""}).get(f"/{language}/states/LAO/").content.decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert term in page


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/", "1 August 2010"),
        ("/fr/", "1 août 2010"),
        ("/es/", "1 de agosto de 2010"),
        ("/ru/", "1 августа 2010"),
        ("/zh/", "2010年8月1日"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(path, day):
    assert day in Client(headers={"accept-encoding": ""}).get(f"{path}states/LAO/").content.decode()


def test_the_other_languages_lead_to_the_same_page_with_the_same_question():
    page = Client(headers={"accept-encoding": ""}).get("/fr/states/?status=signatory").content.decode()
    for address in ("/ar/states/?status=signatory", "/zh/states/?status=signatory", "/states/?status=signatory"):
        assert f'href="{address}"' in page


def test_a_refusal_is_said_in_the_readers_language():
    page = Client(headers={"accept-encoding": ""}).get("/fr/states/XYZ/").content.decode()
    assert "Aucun État n’a le code « XYZ »" in page


def test_the_catalogues_are_what_their_sources_say():
    top = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=top, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout
