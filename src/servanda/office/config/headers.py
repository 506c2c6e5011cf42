"""Headers of every answer: nothing from elsewhere is loaded, no other site frames a page, and scripts run only where named.

Our own scripts serve passkeys, search as you type and reports saved as they are typed.
What was uploaded is served with a policy of its own that allows nothing.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from servanda.office.common.queries import without_prefix

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

SCRIPTED = POLICY + "; script-src 'self'; connect-src 'self'; frame-src 'self'"
_SCRIPTED_PAGES = ("/account/", "/documents/", "/reports/files/")


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        scripted = without_prefix(request.path_info)[1].startswith(_SCRIPTED_PAGES)
        response.headers.setdefault("Content-Security-Policy", SCRIPTED if scripted else POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
