"""What rows of contacts cannot know by themselves. Findings name numbers, never names or addresses."""

from collections.abc import Iterator

from django.db.models import Count
from django.db.models.functions import Lower

from servanda.office.common.audits import Finding
from servanda.treaty.dates import PartialDate

from .models import Person, Post


def findings() -> Iterator[Finding]:
    """Every finding about people and posts."""
    for check in (_addresses, _posts, _merged):
        yield from check()


def _addresses() -> Iterator[Finding]:
    live = Person.objects.filter(removed_at=None, merged_into=None).exclude(email="")
    for email in live.values_list(Lower("email"), flat=True).annotate(held=Count("pk")).filter(held__gt=1).order_by():
        numbers = " and ".join(str(number) for number in live.filter(email__iexact=email).values_list("pk", flat=True))
        yield Finding(f"contacts/people/{numbers}", "have one mail address.", "Merge them, or correct one.")


def _posts() -> Iterator[Finding]:
    for post in Post.objects.exclude(begins="").exclude(ends=""):
        if PartialDate(post.ends).last < PartialDate(post.begins).first:
            yield Finding(f"contacts/posts/{post.pk}", f"ends on {post.ends} before it begins on {post.begins}.", "Correct the days.")


def _merged() -> Iterator[Finding]:
    for post in Post.objects.exclude(person__merged_into=None).filter(ends=""):
        yield Finding(f"contacts/posts/{post.pk}", "is held by a record that was merged into another.", "Move the post along.")
