"""Contacts, for the Unit: people, posts, lists; and the link by which an addressee opts out."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from servanda.office.common.exports import FORMS, download
from servanda.office.common.forms import asked_day
from servanda.office.common.policies import require
from servanda.office.common.queries import say
from servanda.office.obligations.queries import state_choices
from servanda.treaty.errors import TreatyError

from . import exports
from .choices import ADDRESSEE
from .errors import NotADay
from .forms import DayForm, ListForm, PersonForm, PostForm
from .models import List, Person, Post
from .operations import lists as keeping
from .operations import people, posts
from .queries.lists import list_page, lists_page, person_of_link
from .queries.people import Asked, contacts_page, person_page


def contacts(request: HttpRequest) -> HttpResponse:
    """Who holds which post, and where there is a gap."""
    require(request.viewer, "read-contacts")
    page = contacts_page(asked_day(request), Asked.read(request.GET), request.LANGUAGE_CODE)
    form = request.GET.get("format", "")
    if form in FORMS:
        return download(exports.contacts_download(page), form)
    return render(request, "contacts/contacts.html", {"page": page})


def person_new(request: HttpRequest) -> HttpResponse:
    require(request.viewer, "keep-contacts")
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = people.record_person(said=form.cleaned_data, by=request.viewer.name, at=datetime.now(UTC))
        return redirect("person", number=made.pk)
    return render(request, "contacts/new.html", {"form": form})


def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person; corrected here."""
    require(request.viewer, "keep-contacts" if request.method == "POST" else "read-contacts")
    held = get_object_or_404(Person.objects.select_related("merged_into"), pk=number)
    form = PersonForm(request.POST or None, initial={name: getattr(held, name) for name in people.FIELDS})
    if request.method == "POST" and form.is_valid():
        people.correct_person(person=held, said=form.cleaned_data, by=request.viewer.name, at=datetime.now(UTC))
        return redirect("person", number=number)
    return _person(request, held, form, None)


def _person(request: HttpRequest, held: Person, form: PersonForm | None, post_form: PostForm | None) -> HttpResponse:
    page = person_page(held, request.LANGUAGE_CODE)
    form = form or PersonForm(initial={name: getattr(held, name) for name in people.FIELDS})
    shown = {"page": page, "form": form, "post_form": post_form or PostForm(None, states=page.states), "today": date.today()}
    return render(request, "contacts/person.html", shown)


@require_POST
def post_added(request: HttpRequest, number: int) -> HttpResponse:
    require(request.viewer, "keep-contacts")
    held = get_object_or_404(Person, pk=number)
    form = PostForm(request.POST, states=state_choices(request.LANGUAGE_CODE))
    if form.is_valid():
        try:
            posts.record_post(person=held, said=form.cleaned_data, by=request.viewer.name, at=datetime.now(UTC))
            return redirect("person", number=number)
        except TreatyError as refusal:
            form.add_error(None, say(refusal))
    return _person(request, held, None, form)


@require_POST
def post_changed(request: HttpRequest, number: int) -> HttpResponse:
    """Confirms a post today, ends it, or hands it over, by the button that was pressed."""
    require(request.viewer, "keep-contacts")
    post = get_object_or_404(Post.objects.select_related("person", "organisation"), pk=number)
    by, at, form = request.viewer.name, datetime.now(UTC), DayForm(request.POST)
    if "confirm" in request.POST:
        posts.confirm_post(post=post, by=by, at=at)
    elif not form.is_valid():
        raise NotADay(text=request.POST.get("on", ""))
    elif "end" in request.POST:
        posts.end_post(post=post, ends=form.cleaned_data["on"], by=by, at=at)
    else:
        posts.hand_over(post=post, **form.cleaned_data, by=by, at=at)
    return redirect("person", number=post.person_id)


@require_POST
def person_marked(request: HttpRequest, number: int) -> HttpResponse:
    """A bounce, a wish for or against letters, a merge, a removal, by the button that was pressed."""
    require(request.viewer, "keep-contacts")
    held, by, at = get_object_or_404(Person, pk=number), request.viewer.name, datetime.now(UTC)
    if "bounce" in request.POST:
        people.mark_bounce(person=held, note=request.POST.get("note", ""), by=by, at=at)
    elif "out" in request.POST:
        people.opt_out(person=held, by=by, at=at)
    elif "in" in request.POST:
        people.opt_in(person=held, by=by, at=at)
    elif "merge" in request.POST:
        held = people.merge(person=held, into=people.find_person(request.POST.get("into", "")), by=by, at=at)
    elif "remove" in request.POST:
        people.remove(person=held, meant="meant" in request.POST, by=by, at=at)
    return redirect("person", number=held.pk)


def lists(request: HttpRequest) -> HttpResponse:
    require(request.viewer, "keep-contacts" if request.method == "POST" else "read-contacts")
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = keeping.record_list(said=form.cleaned_data, by=request.viewer.name, at=datetime.now(UTC))
            return redirect("list", number=made.pk)
        except TreatyError as refusal:
            form.add_error("name", say(refusal))
    return render(request, "contacts/lists.html", {"form": form, "rows": lists_page()})


def one_list(request: HttpRequest, number: int) -> HttpResponse:
    """Who is on a list on a day; taking it as a file keeps a copy of whom it named."""
    require(request.viewer, "keep-contacts" if request.method == "POST" else "read-contacts")
    page = list_page(get_object_or_404(List, pk=number), asked_day(request), request.LANGUAGE_CODE)
    if request.POST.get("format", "") in FORMS:
        kept = [member.as_kept() for member in page.members]
        keeping.keep_copy(held=page.list, addressees=kept, on=page.on, by=request.viewer.name, at=datetime.now(UTC))
        return download(exports.list_download(page, request.build_absolute_uri("/")[:-1]), request.POST["format"])
    return render(request, "contacts/list.html", {"page": page})


def opted_out(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link of a letter changes nothing, for mail gateways open every link; the button opts out."""
    held = person_of_link(token)
    if request.method == "POST":
        people.opt_out(person=held, by=ADDRESSEE, at=datetime.now(UTC))
    response = render(request, "contacts/opt_out.html", {"done": request.method == "POST"})
    response.headers["Cache-Control"] = "no-store"
    return response
