"""A copy of the public site as plain files that a browser reads from a USB stick, without a server.

Pages are asked for as a visitor without an account asks for them, so the copy holds what the public may see and nothing else. Forms and
links with a question are left out: nothing could answer them.
"""

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from wsgiref.util import setup_testing_defaults

import lxml.html
from django.core.wsgi import get_wsgi_application

from servanda.office.archive.out.packages import FolderNotEmpty
from servanda.office.archive.queries.document import address_of
from servanda.office.archive.queries.visible import works_seen
from servanda.office.common.policies import ANYONE

_NOT_COPIED = ("/account", "/sign-in", "/api", "/audit-trail", "/accounts", "/documents/review", "/documents/saved")

_PREFIXES = ("ar", "zh", "fr", "ru", "es")


def write_copy(folder: Path, *, languages: Iterable[str], on: date, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write the copy and return how many files it has; the folder appears whole. Raises FolderNotEmpty."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)
    part = Path(tempfile.mkdtemp(prefix=".copy-", dir=folder.absolute().parent))
    try:
        count = _crawl(part, _beginnings(languages, on), progress)
        if folder.exists():
            folder.rmdir()
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return count


def _beginnings(languages: Iterable[str], on: date) -> list[str]:
    documents = [address_of(work) for work in works_seen(ANYONE, on).only("symbol", "identifier").iterator()]
    prefixes = ["" if language == "en" else f"/{language}" for language in languages]
    return [f"{prefix}{path}" for prefix in prefixes for path in ("/", *documents)]


def _crawl(folder: Path, beginnings: list[str], progress: Callable[[int], None]) -> int:
    prefixes = tuple({path.split("/")[1] for path in beginnings if path.endswith("/") and path.count("/") == 2})
    waiting, seen = deque(beginnings), set(beginnings)
    count = 0
    application = get_wsgi_application()
    while waiting:
        path = waiting.popleft()
        kind, content = _fetch(application, path)
        if kind.startswith("text/html"):
            content, linked = _page(content, path, prefixes)
            waiting.extend(one for one in linked if one not in seen)
            seen |= linked
        if kind:
            place = folder / _file_of(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            count += 1
            progress(count)
    return count


def _fetch(application: Callable[..., Iterable[bytes]], path: str) -> tuple[str, bytes]:
    """Kind and content of an address; nothing for one that is not answered with a page."""
    environ: dict[str, object] = {"PATH_INFO": unquote(path).encode().decode("latin-1"), "wsgi.input": BytesIO()}
    setup_testing_defaults(environ)
    answered: list[tuple[str, dict[str, str]]] = []
    body = application(environ, lambda status, headers: answered.append((status, dict(headers))))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    status, headers = answered[0]
    return (headers.get("Content-Type", ""), content) if status.startswith("200") else ("", b"")


def _page(content: bytes, path: str, prefixes: tuple[str, ...]) -> tuple[bytes, set[str]]:
    """A page with its links made relative, and the addresses they lead to."""
    tree = lxml.html.document_fromstring(content.decode())
    for form in [*tree.iter("form"), *tree.iter("script")]:
        form.drop_tree()
    linked = set()
    for element, attribute, link, _ in list(tree.iterlinks()):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not (parts.query or parts.path.startswith("/")):
            continue
        asks = parts.query and not parts.path.startswith("/static/")
        language, _, rest = parts.path[1:].partition("/")
        elsewhere = language in _PREFIXES and language not in prefixes
        bare = f"/{rest}" if language in _PREFIXES else parts.path
        if asks or elsewhere or bare.startswith(_NOT_COPIED):
            del element.attrib[attribute]
            continue
        linked.add(parts.path)
        here = os.path.dirname(_file_of(path)) or "."
        place = quote(os.path.relpath(_file_of(parts.path), here))
        element.set(attribute, f"{place}#{parts.fragment}" if parts.fragment else place)
    return lxml.html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8"), linked


def _file_of(path: str) -> str:
    """Where the copy keeps an address, below its folder."""
    plain = unquote(path).lstrip("/")
    safe = "/".join(part for part in plain.split("/") if part not in ("..", "."))
    return f"{safe}index.html" if not safe or safe.endswith("/") else safe
