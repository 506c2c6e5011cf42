"""Signing in by mail link, one's own account, who may do what, and the audit trail."""

from datetime import UTC, datetime

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from .exports import FORMS, download, trail_download
from .operations import link_account, send_link, use_link
from .policies import require
from .queries import account_page, trail_page, who_may


def send_sign_in_link(request: HttpRequest) -> HttpResponse:
    """Mails a link to the address typed; the answer is the same whether an account has it or not."""
    email = request.POST.get("email", "")
    if request.method != "POST" or "@" not in email:
        return redirect("account_login")
    address = request.build_absolute_uri(reverse("sign-in-link", args=["TOKEN"]))
    send_link(email=email, address=address, at=datetime.now(UTC))
    return render(request, "common/link_sent.html", {"email": email})


def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening a link changes nothing, for mail gateways open every link; the button signs in."""
    now = datetime.now(UTC)
    if request.method != "POST":
        response = render(request, "common/link.html", {"account": link_account(token=token, at=now)})
        response.headers["Cache-Control"] = "no-store"
        return response
    return perform_login(request, use_link(token=token, at=now), redirect_url=reverse("account"))


def account(request: HttpRequest) -> HttpResponse:
    if not request.viewer.signed_in:
        return redirect("account_login")
    return render(request, "common/account.html", {"page": account_page(request.viewer)})


def who_may_do_what(request: HttpRequest) -> HttpResponse:
    return render(request, "common/who_may.html", {"page": who_may()})


def audit_trail(request: HttpRequest) -> HttpResponse:
    require(request.viewer, "read-audit-trail")
    page = trail_page(request.GET)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(trail_download(page), form)
    return render(request, "common/audit_trail.html", {"page": page})
