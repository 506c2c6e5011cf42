"""Turns a refusal of the law into a page with one sentence and the form as it was filled in."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from servanda.office.common.errors import NotAllowed
from servanda.office.common.operations import audit_line
from servanda.office.common.queries import say
from servanda.office.meetings.errors import UnknownMeeting
from servanda.treaty.errors import TreatyError, UnknownState, sentence


class AddressUnreadable(TreatyError):
    says = sentence("The address holds a character that nothing here has; check it.")


_NOT_FOUND = (UnknownState, UnknownMeeting)


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return self.process_exception(request, AddressUnreadable())  # no database holds such a character
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TreatyError):
            return None
        if isinstance(exception, NotAllowed):
            return _not_allowed(request, exception)
        status = 404 if isinstance(exception, _NOT_FOUND) else 400
        says = say(exception)
        if "/api/" in request.path:
            return JsonResponse({"detail": says}, status=status)
        typed = [(key, value) for key, values in request.GET.lists() for value in values]
        return render(request, "common/refused.html", {"sentence": says, "typed": typed}, status=status)


def _not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """A refusal is a line of the audit trail, and leads to where one signs in."""
    by = request.viewer.name or "anyone"
    audit_line(act="refused", on=request.path[:200], by=by, at=datetime.now(UTC), after={"act": refusal.facts["act"]}).save()
    return render(request, "common/not_allowed.html", {"sentence": say(refusal), "next": request.get_full_path()}, status=403)
