"""Signing in: the link that changes nothing when opened, roles that count, and what the cache keeps for whom."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail

from servanda.office.common.choices import POLICIES, ROLES, VISIBILITIES
from servanda.office.common.errors import LinkSpent, RoleUnknown, StateMissing
from servanda.office.common.models import AuditLine
from servanda.office.common.operations import (
    end_role,
    give_role,
    link_account,
    make_account,
    make_link,
    one_working_day_after,
    use_link,
)
from servanda.office.common.policies import Viewer, may, visible_to

from .samples import account, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.mark.parametrize("act", POLICIES)
@pytest.mark.parametrize("role", ROLES)
def test_every_act_is_allowed_to_the_roles_of_the_table_and_refused_to_all_others(act, role):
    viewer = Viewer() if role == "public" else Viewer("somebody", frozenset({role}))
    assert may(viewer, act) == (role in POLICIES[act].roles)


def test_the_visibilities_open_one_after_the_other():
    seen = [set(visible_to(Viewer("x", frozenset({role})))) for role in ("delegation", "coordinator", "unit")]
    assert visible_to(Viewer()) == ("public",)
    assert seen[0] == {"public", "states-parties"} and seen[0] < seen[1] < seen[2] == set(VISIBILITIES)


def test_opening_a_link_changes_nothing_and_the_button_signs_in_once(client):
    who = account("delegation", "LAO")
    token = make_link(account=who, at=datetime.now(UTC))
    for _ in range(3):  # a mission's gateway opens every link, more than once
        opened = client.get(f"/sign-in/{token}/")
        assert opened.status_code == 200 and "Sample delegation" in opened.content.decode()
    assert client.get("/account/").status_code == 302
    assert client.post(f"/sign-in/{token}/").status_code == 302
    assert "Sample delegation" in client.get("/account/").content.decode()
    assert client.post(f"/sign-in/{token}/").status_code == 400
    with pytest.raises(LinkSpent):
        use_link(token=token, at=NOW)
    assert AuditLine.objects.filter(act="signed in", by=who.email).count() == 1


def test_a_link_lives_one_working_day():
    friday = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    assert one_working_day_after(friday).astimezone(UTC) == datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
    who = account("coordinator")
    token = make_link(account=who, at=friday)
    assert link_account(token=token, at=friday + timedelta(days=2)) == who
    assert link_account(token=token, at=friday + timedelta(days=3, minutes=1)) is None


def test_the_link_comes_by_mail_and_nobody_learns_who_has_an_account(client, django_capture_on_commit_callbacks):
    account("presidency")
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post("/sign-in/", {"email": "presidency@sample.example"})
        unknown = client.post("/sign-in/", {"email": "nobody@sample.example"})
    assert known.content.decode().replace("presidency@", "nobody@") == unknown.content.decode()
    [letter] = mail.outbox
    assert letter.to == ["presidency@sample.example"]
    path = re.search(r"http://testserver(/sign-in/\S+/)", letter.body)[1]
    assert client.post(path).status_code == 302


def test_more_than_five_links_an_hour_are_not_sent(client, django_capture_on_commit_callbacks):
    account("presidency")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(8):
            client.post("/sign-in/", {"email": "presidency@sample.example"})
    assert len(mail.outbox) == 5


def test_the_units_role_counts_only_after_a_second_factor(client):
    who = account("unit")
    codes = RecoveryCodes.activate(who).get_unused_codes()
    sign_in(client, who)
    assert client.get("/audit-trail/").status_code == 403
    assert "second factor" in client.get("/account/").content.decode()
    assert client.post("/account/2fa/reauthenticate/", {"code": codes[0]}).status_code == 302
    assert client.get("/audit-trail/").status_code == 200


GUARDED = {
    "/audit-trail/": "read-audit-trail",
    "/accounts/": "give-roles",
    "/documents/review/": "file-documents",
    "/documents/review/missing/": "file-documents",
    "/contacts/": "read-contacts",
    "/contacts/new/": "keep-contacts",
    "/contacts/lists/": "read-contacts",
}
POSTED = {
    "/documents/review/upload/": "file-documents",
    "/documents/review/done/": "file-documents",
    "/documents/destroy/x/": "destroy-documents",
    "/contacts/people/0/": "keep-contacts",
    "/contacts/people/0/mark/": "keep-contacts",
    "/contacts/people/0/posts/": "keep-contacts",
    "/contacts/posts/0/": "keep-contacts",
    "/contacts/lists/": "keep-contacts",
    "/contacts/lists/0/": "keep-contacts",
    "/accounts/roles/1/end/": "give-roles",  # the last, for it may end the role that asks
}


@pytest.mark.parametrize("role", ROLES)
def test_every_guarded_page_opens_to_its_roles_and_is_refused_to_all_others(client, role):
    if role != "public":
        who = account(role, "LAO" if role == "delegation" else "")
        codes = RecoveryCodes.activate(who).get_unused_codes()
        sign_in(client, who)
        client.post("/account/2fa/reauthenticate/", {"code": codes[0]})
    for path, act in GUARDED.items():
        assert (client.get(path).status_code == 200) == (role in POLICIES[act].roles), path
    for path, act in POSTED.items():
        assert (client.post(path).status_code != 403) == (role in POLICIES[act].roles), path
    assert AuditLine.objects.filter(act="refused").exists() == (role != "administrator")


def test_a_role_ends_and_gives_nothing_from_that_day(client):
    who = account("delegation", "LAO")
    sign_in(client, who)
    assert "focal point" in client.get("/account/").content.decode()
    end_role(held=who.roles.get(), ends=date.today(), by="tests", at=NOW)
    assert "You have no role that counts now" in client.get("/account/").content.decode()


def test_roles_that_make_no_sense_are_refused():
    who = make_account(email="a@sample.example", name="A", by="tests", at=NOW)
    with pytest.raises(RoleUnknown):
        give_role(account=who, role="public", begins=date(2026, 1, 1), by="tests", at=NOW)
    with pytest.raises(StateMissing):
        give_role(account=who, role="delegation", begins=date(2026, 1, 1), by="tests", at=NOW)


def test_an_administrator_gives_and_ends_a_role_on_the_page(client):
    who = account("administrator")
    codes = RecoveryCodes.activate(who).get_unused_codes()
    sign_in(client, who)
    client.post("/account/2fa/reauthenticate/", {"code": codes[0]})
    form = {"email": "f@sample.example", "name": "F", "role": "delegation", "state": "", "begins": "2026-01-01"}
    assert client.post("/accounts/", form).status_code == 400  # a delegation speaks for a State
    assert client.post("/accounts/", {**form, "state": "LAO"}).status_code == 302
    made = make_account(email="f@sample.example", name="F", by="tests", at=NOW)
    assert client.post(f"/accounts/roles/{made.roles.get().pk}/end/").status_code == 302
    assert made.roles.get().ends == date.today()


def test_pages_kept_for_the_public_are_not_those_of_the_signed_in(client):
    public = client.get("/who-may-do-what/?a")
    who = account("coordinator")
    sign_in(client, who)
    own = client.get("/who-may-do-what/?a")
    assert own.headers["Cache-Control"] == "private, no-store" and "Account" in own.content.decode()
    client.post("/account/logout/")
    client.cookies.clear()
    again = client.get("/who-may-do-what/?a")
    assert again.content == public.content and "Sign in" in again.content.decode()


def test_who_may_do_what_is_made_from_the_table(client):
    page = client.get("/who-may-do-what/").content.decode()
    assert all(str(policy.says) in page for policy in POLICIES.values())


ACCOUNT_PAGES = [
    "",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "password/set/",
    "logout/",
]


@pytest.mark.parametrize("page", ACCOUNT_PAGES)
@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_every_page_of_an_account_opens_in_every_language(client, page, language):
    sign_in(client, account("delegation", "LAO"))
    assert client.get(f"/{language}/account/{page}").status_code == 200


def test_the_frameworks_speak_chinese_too(client):
    page = client.post("/zh/account/login/", {}).content.decode()
    assert "这个字段是必填项" in page and "This field is required" not in page
