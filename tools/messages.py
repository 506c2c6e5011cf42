"""Collects every sentence of the pages, the law and its texts into the catalogues, and compiles them.

    .venv/bin/python tools/messages.py [--check]

Translations already made are kept; sentences no longer used are dropped. `--check` changes nothing and names what is stale, wrong
or not translated.
"""

import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from servanda.treaty.law import load_law

SOURCE = Path(__file__).resolve().parent.parent / "src" / "servanda"
LOCALE = SOURCE / "office" / "locale"
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
KEYWORDS = {name: None for name in ("sentence", "gettext", "gettext_lazy", "_", "ngettext", "pgettext")}


def messages() -> list[str | tuple[str, str]]:
    """Every sentence once, in the order of the files; a pair where a number decides."""
    found: dict[str | tuple[str, str], None] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        with path.open("rb") as file:
            for _, _, message, _ in extract_python(file, list(KEYWORDS), [], {}):
                found[tuple(part for part in message if part) if isinstance(message, tuple) else message] = None
    for path in sorted(SOURCE.rglob("*.html")):
        lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        code = "\n".join(line.strip() for line in lines).encode()
        for _, _, message, _ in extract_python(BytesIO(code), list(KEYWORDS), [], {}):
            found[tuple(part for part in message if part) if isinstance(message, tuple) else message] = None
    for treaty in ("ccm", "apmbc"):
        for provision in load_law(treaty).provisions.values():
            found[provision.title] = None
    for model in load_law().models.values():
        found[model.title] = None
        if model.note:
            found[model.note] = None
    return [message for message in found if message]


def merged(language: str) -> Catalog:
    """The catalogue of a language: all sentences of today, with the translations it has."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    held = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    catalog = Catalog(locale=language, project="Servanda", version="", fuzzy=False, creation_date=None, header_comment="")
    for message in messages():
        before = held.get(message if isinstance(message, str) else message[0])
        catalog.add(message, before.string if before else None)
    return catalog


def text(catalog: Catalog) -> bytes:
    """The catalogue as a file, without a date, so that it changes only when a sentence does."""
    out = BytesIO()
    write_po(out, catalog, width=120, omit_header=False)
    return re.sub(rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To)[^\n]*\n', b"", out.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """The compiled catalogue; its dates are fixed, so that it changes only when a sentence does."""
    out, source = BytesIO(), read_po(BytesIO(text(catalog)), locale=catalog.locale)
    source.creation_date = source.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, source)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Sentences that have no translation yet and are shown in English."""
    return [_english(message) for message in catalog if message.id and not all(_strings(message))]


def wrong(catalog: Catalog) -> list[str]:
    """Sentences whose translation loses or invents a fact."""
    translated = [message for message in catalog if message.id and all(_strings(message))]
    return [_english(message) for message in translated if any(_facts(text) != _facts(_english(message)) for text in _strings(message))]


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string or ""]


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _facts(sentence: str) -> set[str]:
    return set(re.findall(r"\{\w+\}|%\(\w+\)s", sentence))


def main() -> int:
    """Write or check the catalogues; 1 when `--check` finds something."""
    settings.configure(USE_I18N=True)
    problems = 0
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        catalog = merged(language)
        files = {folder / "django.po": text(catalog), folder / "django.mo": compiled(catalog)}
        for sentence in wrong(catalog):
            problems += 1
            print(f"{language}: the translation loses or invents a fact: {sentence}")
        for sentence in untranslated(catalog):
            problems += 1
            print(f"{language}: not translated: {sentence}")
        for path, content in files.items():
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                problems += 1
                print(f"{path.name} of {language} is stale; run tools/messages.py.")
    return 1 if problems and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
