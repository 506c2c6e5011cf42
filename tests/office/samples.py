"""Sample papers and accounts, and the ways in which tests bring them in."""

from datetime import UTC, date, datetime
from pathlib import Path

import docx
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from servanda.office.archive.files.unpack import files
from servanda.office.archive.operations.indexing import index_waiting
from servanda.office.archive.operations.intake import Given, take_in
from servanda.office.archive.queries.search import search
from servanda.office.archive.queries.visible import store
from servanda.office.common.operations import give_role, make_account, make_link
from servanda.office.common.policies import ANYONE
from servanda.treaty.law import load_law

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()

WP3 = ("CCM/MSP/2011/WP.3", "Second Meeting of States Parties", "Beirut, 12-16 September 2011", "1 September 2011", "Original: English")
WP3 += ("Elements of a plan for the survivors", "Submitted by Austria", "Survivors of cluster munitions have the right to assistance.")
WP3_FR = ("CCM/MSP/2011/WP.3", "Deuxième Assemblée des États parties", "Beyrouth, 12-16 septembre 2011", "Éléments pour les survivants")
WP3_FR += ("Les survivants des armes à sous-munitions ont droit à une assistance, et les États parties le savent.",)


def paper(path: Path, *lines: str) -> Path:
    text = docx.Document()
    for line in lines:
        text.add_paragraph(line)
    text.save(path)
    return path


def bring_in(*paths: Path, **given):
    summary = take_in(found=files(paths), given=Given(law=load_law("ccm"), **given), origin="a test", by="tests", at=NOW, store=store())
    index_waiting(at=NOW)
    return summary


def found(text, viewer=ANYONE, **options):
    return search(text, viewer, on=TODAY, **options)


def account(role, state=""):
    made = make_account(email=f"{role}@sample.example", name=f"Sample {role}", by="tests", at=datetime.now(UTC), sample=True)
    give_role(account=made, role=role, state=state, begins=date(2020, 1, 1), by="tests", at=datetime.now(UTC))
    return made


def sign_in(client, who):
    """By mail link alone."""
    response = client.post(f"/sign-in/{make_link(account=who, at=datetime.now(UTC))}/")
    assert response.status_code == 302
    return response


def sign_in_staff(client, role):
    """By mail link and a code of the second factor."""
    who = account(role)
    code = RecoveryCodes.activate(who).get_unused_codes()[0]
    sign_in(client, who)
    client.post("/account/2fa/reauthenticate/", {"code": code})
    return client
