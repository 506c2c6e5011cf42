"""Who asks, on every request; and how allauth behaves here: nobody signs up by themselves, every sign-in is in the audit trail."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from servanda.office.common.operations import audit_line
from servanda.office.common.queries import viewer_of


class Viewers:
    """Puts on every request who asks, found out only when somebody wants to know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request, date.today()))
        return self.get_response(request)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        audit_line(act="signed in", on=f"accounts/{user.email}", by=user.email, at=datetime.now(UTC)).save()
        return super().post_login(request, user, **options)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        by = str(credentials.get("email") or "")[:200]
        audit_line(act="sign-in failed", on="accounts", by=by, at=datetime.now(UTC)).save()
        super().authentication_failed(request, **credentials)
