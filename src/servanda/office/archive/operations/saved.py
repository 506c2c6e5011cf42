"""Searches that people asked to be told about: saved, forgotten, and what is new in them sent by mail."""

import secrets
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext

from servanda.office.common.choices import STAFF
from servanda.office.common.operations import audit_line
from servanda.office.common.policies import Viewer
from servanda.office.common.queries import account_viewer

from ..models import SavedSearch
from ..queries.listing import Asked, list_page

_MOST = 50


@transaction.atomic
def save_search(*, owner: str, question: str, at: datetime) -> SavedSearch:
    """Tell an account of what is new in a search from now on; `question` is the query of its address. Saving twice is saving once."""
    saved, made = SavedSearch.objects.get_or_create(
        owner=owner, question=question[:1_000], defaults={"key": secrets.token_hex(16), "told_at": at}
    )
    if made:
        audit_line(act="search saved", on=f"searches/{saved.pk}", by=owner, at=at, after={"question": question[:1_000]}).save()
    return saved


@transaction.atomic
def forget_search(*, owner: str, key: str, at: datetime) -> None:
    """Tell no more; another account's search is not touched."""
    for saved in SavedSearch.objects.filter(owner=owner, key=key):
        audit_line(act="search forgotten", on=f"searches/{saved.pk}", by=owner, at=at, before={"question": saved.question}).save()
        saved.delete()


def tell_of_news(*, at: datetime) -> int:
    """Mail each account what is new in its searches; returns how many letters. A search without news sends none.

    A letter shows nothing that needs a second factor, for a mailbox has none.
    """
    sent = 0
    for saved in SavedSearch.objects.all():
        held = account_viewer(saved.owner, at.date())
        viewer = Viewer(held.name, held.roles - STAFF, held.state)
        asked = Asked.read(QueryDict(saved.question))
        page = list_page(Asked(asked.text, asked.chosen, True, 0), viewer, at.date(), "en", limit=_MOST)
        new = [hit for hit in page.answer.hits if hit.changed > saved.told_at]
        if new:
            lines = "\n\n".join(f"{hit.symbol} {hit.title}\n{hit.address}\n{hit.words}".strip() for hit in new)
            send_mail(gettext("New in your search “%(question)s”") % {"question": asked.text}, lines, None, [saved.owner])
            sent += 1
        SavedSearch.objects.filter(pk=saved.pk).update(told_at=at)
    return sent
