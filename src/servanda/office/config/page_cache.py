"""Keeps whole pages for readers who are not signed in: a reader costs one small query, a change in any row makes a new page at once.

A page is kept under the stamps of the data (changed by triggers on every table of the record), the day, and the full address, which
holds the language. Kept pages belong to one process and are dropped oldest first.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders

from servanda.office.common.queries import stamps

_MOST_PAGES = 512
_LARGEST = 2_000_000
_NOT_KEPT = ("/static/", "/healthz")


@dataclass(frozen=True, slots=True)
class _Body:
    """One way to send a page: its bytes, and its headers made once, which nothing changes on the way out."""

    content: bytes
    headers: ResponseHeaders


@dataclass(frozen=True, slots=True)
class _Page:
    etag: str
    plain: _Body
    zipped: _Body


class PageCache:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[tuple[tuple[int, int], date, str, str], _Page] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(_NOT_KEPT):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _for_one_reader(self.get_response(request))
        meta = request.META
        key = (stamps(), date.today(), f"{request.path_info}?{meta.get('QUERY_STRING', '')}", meta.get("HTTP_HOST", ""))
        page = self.pages.get(key)
        if page is None:
            response = self.get_response(request)
            if request.method == "HEAD" or not _may_be_kept(response):
                return response
            page = _page(response)
            self._keep(key, page)
        return _answer(request, page)

    def _keep(self, key: tuple[tuple[int, int], date, str, str], page: _Page) -> None:
        self.pages[key] = page
        while len(self.pages) > _MOST_PAGES:
            self.pages.popitem(last=False)


def _for_one_reader(response: HttpResponse) -> HttpResponse:
    """What a signed-in reader sees is kept nowhere."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and len(response.content) <= _LARGEST
    )


def _page(response: HttpResponse) -> _Page:
    content = response.content
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {**dict(response.items()), "ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    zipped = gzip.compress(content, 6, mtime=0)
    return _Page(
        etag,
        _Body(content, ResponseHeaders({**headers, "Content-Length": str(len(content))})),
        _Body(zipped, ResponseHeaders({**headers, "Content-Length": str(len(zipped)), "Content-Encoding": "gzip"})),
    )


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return HttpResponseNotModified(headers={"ETag": page.etag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"})
    body = page.zipped if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else page.plain
    response = HttpResponse(body.content)
    response.headers = body.headers
    return response
