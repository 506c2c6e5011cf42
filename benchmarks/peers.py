"""The same kind of page of two peers that install from the index: a public list of the 197 States, beside ours.

Datasette serves the table of our own database; a fresh Wagtail site lists 197 child pages. Each is installed into a folder of its own
that is thrown away, and served on one process.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

TEMPLATE = """{% load wagtailcore_tags %}<html><body><table>{% for child in page.get_children %}
<tr><td><a href="{% pageurl child %}">{{ child.title }}</a></td></tr>{% endfor %}</table></body></html>"""
PAGES = """
from home.models import HomePage
from wagtail.models import Site
import sqlite3
root = Site.objects.get(is_default_site=True).root_page
for (name,) in sqlite3.connect(DATABASE).execute(
    "SELECT name FROM states_name WHERE language = 'en' AND kind = 'short' AND until = ''"
):
    root.add_child(instance=HomePage(title=name))
"""


def install(folder: Path, *packages: str) -> Path:
    """A virtual environment with these packages; the newest that fit."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    uv = Path(sys.executable).parent / "uv"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python", *packages], check=True)
    return folder / "bin"


def datasette(folder: Path, database: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Datasette on the States of our database; the process and the address of the page."""
    copy = folder / "unit.db"
    folder.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(database) as ours, sqlite3.connect(copy) as theirs:
        ours.backup(theirs)
    commands = install(folder / "datasette", "datasette")
    served = subprocess.Popen([commands / "datasette", "serve", copy, "--port", str(port), "--setting", "default_page_size", "200"])
    return served, "/unit/states_state"


def wagtail(folder: Path, database: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """A fresh Wagtail site whose home page lists 197 pages; the process and the address of the page."""
    commands = install(folder / "wagtail", "wagtail", "granian")
    site = folder / "site"
    site.mkdir(parents=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO")}
    subprocess.run([commands / "wagtail", "start", "mysite", site], check=True, env=environment, stdout=subprocess.DEVNULL)
    (site / "home" / "templates" / "home" / "home_page.html").write_text(TEMPLATE)
    manage = [commands / "python", site / "manage.py"]
    subprocess.run([*manage, "migrate", "-v", "0"], check=True, cwd=site, env=environment)
    code = PAGES.replace("DATABASE", repr(str(database)))
    subprocess.run([*manage, "shell", "-c", code], check=True, cwd=site, env=environment, stdout=subprocess.DEVNULL)
    command = [commands / "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--log-level", "error"]
    return subprocess.Popen([*command, "--port", str(port), "mysite.wsgi:application"], cwd=site, env=environment), "/"
