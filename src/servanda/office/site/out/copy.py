"""A copy of the public site as plain files that a browser reads from a USB stick, without a server.

Pages are asked for as a visitor without an account asks for them, so the copy holds what the public may see and nothing else. Forms and
links with a question are left out: nothing could answer them.
"""

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from wsgiref.util import setup_testing_defaults

import lxml.html
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from servanda.answers.folder import new_folder
from servanda.office.archive.queries.visible import works_seen
from servanda.office.common.policies import ANYONE
from servanda.office.common.queries import with_prefix, without_prefix

_NOT_COPIED = ("/account", "/sign-in", "/api", "/audit-trail", "/accounts", "/documents/review", "/documents/saved")


def write_copy(folder: Path, *, languages: Collection[str], on: date, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write the copy and return how many files it has; the folder appears whole. Raises TextRefused where files stand already."""
    documents = [work.address for work in works_seen(ANYONE, on).only("symbol", "identifier", "standing").iterator()]
    left_out = {code for code, _ in settings.LANGUAGES} - {"en", *languages}
    beginnings = [with_prefix(path, language) for language in languages for path in ("/", *documents)]
    with new_folder(folder) as part:
        return _crawl(part, beginnings, left_out, progress)


def _crawl(folder: Path, beginnings: list[str], left_out: set[str], progress: Callable[[int], None]) -> int:
    waiting, seen = deque(beginnings), set(beginnings)
    count = 0
    application = get_wsgi_application()
    while waiting:
        path = waiting.popleft()
        kind, content = _fetch(application, path)
        if kind.startswith("text/html"):
            content, linked = _page(content, path, left_out)
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


def _page(content: bytes, path: str, left_out: set[str]) -> tuple[bytes, set[str]]:
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
        language, bare = without_prefix(parts.path)
        if asks or language in left_out or bare.startswith(_NOT_COPIED):
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
