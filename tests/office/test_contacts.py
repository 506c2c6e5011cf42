"""Contacts: posts over time, whom a letter goes to, lists, merging, and a removal that leaves nothing but the posts."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from servanda.office.common.models import AuditLine
from servanda.office.contacts.audits import findings
from servanda.office.contacts.errors import (
    EndsBeforeItBegins,
    ListNameTaken,
    NameMissing,
    NoSuchPerson,
    PersonGone,
    PostEnded,
    PostWithoutPlace,
    RemovalNotConfirmed,
    SamePerson,
    SeveralPeople,
)
from servanda.office.contacts.models import List, ListCopy, Organisation, Person, Post
from servanda.office.contacts.operations.lists import keep_copy, record_list
from servanda.office.contacts.operations.people import (
    correct_person,
    find_person,
    mark_bounce,
    merge,
    opt_in,
    opt_out,
    record_person,
    remove,
)
from servanda.office.contacts.operations.posts import confirm_post, end_post, hand_over, record_post
from servanda.office.contacts.queries.lists import list_page, opt_out_path
from servanda.office.contacts.queries.people import Asked, contacts_page
from servanda.office.contacts.queries.posts import addressees, live_posts

from .samples import NOW, TODAY, sign_in_staff

pytestmark = pytest.mark.django_db
STAMP = {"by": "tests", "at": NOW}


def someone(number=1, **said):
    values = {"name": f"Sample Person {number}", "email": f"person{number}@example.org", "language": "fr", "source": "a test"}
    return record_person(said=values | said, **STAMP)


def post_of(person, state="LAO", role="focal-point", theme="general", **said):
    return record_post(person=person, said={"state": state, "role": role, "theme": theme, **said}, **STAMP)


def test_a_post_is_live_from_the_day_it_begins_until_the_day_it_ends():
    post = post_of(someone(), begins="2020-03", ends="2024-06-01")
    days = [date(2020, 2, 29), date(2020, 3, 1), date(2024, 5, 31), date(2024, 6, 1)]
    assert [list(live_posts(day)) for day in days] == [[], [post], [post], []]
    known_by_year = post_of(someone(2), begins="2025", ends="2026")
    assert [list(live_posts(day)) for day in (date(2025, 1, 1), date(2026, 1, 1))] == [[known_by_year], []]


def test_a_letter_goes_to_the_focal_point_of_the_theme_then_to_the_general_one_then_to_the_mission():
    mission, general, theme = someone(1), someone(2), someone(3)
    for person, role, about in ((mission, "mission", "general"), (general, "focal-point", "general"), (theme, "focal-point", "reporting")):
        post_of(person, role=role, theme=about)

    def asked():
        return [one.email for one in addressees(TODAY, iso3="LAO", theme="reporting")]

    assert asked() == ["person3@example.org"]
    mark_bounce(person=theme, note="550", **STAMP)
    assert asked() == ["person2@example.org"]
    opt_out(person=general, **STAMP)
    assert asked() == ["person1@example.org"]
    remove(person=mission, meant=True, **STAMP)
    assert asked() == [] and addressees(TODAY, iso3="FRA", theme="reporting") == ()


def test_whom_a_letter_goes_to_costs_one_query_however_many_there_are():
    costs = []
    for count in (1, 3):
        for number in range(count):
            post_of(someone(10 * count + number))
        with CaptureQueriesContext(connection) as queries:
            found = addressees(TODAY, iso3="LAO", theme="clearance")
        costs.append((len(queries), len(found)))
    assert costs == [(1, 1), (1, 4)]


def test_a_post_changes_hands_and_both_holders_stay_on_record():
    post = post_of(someone(), begins="2020")
    new = hand_over(post=post, to="person2@example.org", name="Sample Person 2", on="2026-11-01", **STAMP)
    post.refresh_from_db()
    assert (post.ends, new.begins, new.person.name, new.state_id, new.role) == (
        "2026-11-01",
        "2026-11-01",
        "Sample Person 2",
        "LAO",
        "focal-point",
    )
    assert list(live_posts(TODAY)) == [new]
    third = hand_over(post=new, to=str(post.person_id), name="", on="2026-11-20", **STAMP)
    assert third.person == post.person and Person.objects.count() == 2
    with pytest.raises(PostEnded):
        end_post(post=post, ends="2026", **STAMP)
    with pytest.raises(PostEnded):
        confirm_post(post=post, **STAMP)
    with pytest.raises(NoSuchPerson):
        hand_over(post=third, to="nobody@example.org", name="", on="2026-11-20", **STAMP)


def test_days_and_places_that_make_no_sense_are_refused():
    post = post_of(someone(), begins="2024-05")
    with pytest.raises(EndsBeforeItBegins):
        end_post(post=post, ends="2023", **STAMP)
    with pytest.raises(PostWithoutPlace):
        post_of(someone(2), state="")
    with pytest.raises(NameMissing):
        someone(3, name=" ")
    assert post_of(someone(4), state="", organisation="Sample Organisation", organisation_kind="ngo").organisation.kind == "ngo"


BROKEN = [
    ("contacts_person_has_a_name", lambda person: Person.objects.filter(pk=person.pk).update(name="")),
    ("contacts_bounce_note_has_its_day", lambda person: Person.objects.filter(pk=person.pk).update(bounce_note="550")),
    ("contacts_person_is_not_merged_into_itself", lambda person: Person.objects.filter(pk=person.pk).update(merged_into=person)),
    ("contacts_removed_person_has_no_name_or_address", lambda person: Person.objects.filter(pk=person.pk).update(removed_at=NOW)),
    ("contacts_post_is_of_a_state_or_organisation", lambda person: Post.objects.create(person=person, role="mission", theme="general")),
    ("contacts_post_has_a_role_and_a_theme", lambda person: Post.objects.create(person=person, state_id="LAO", role="", theme="general")),
    ("contacts_list_has_a_name", lambda person: List.objects.create(name="")),
    ("contacts_organisation_has_a_name", lambda person: Organisation.objects.create(name="", kind="ngo")),
]


@pytest.mark.parametrize(("name", "breaks"), BROKEN, ids=[name for name, _ in BROKEN])
def test_the_database_refuses_what_cannot_be(name, breaks):
    person = someone()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breaks(person)


def test_merging_moves_the_posts_fills_what_is_empty_and_carries_a_wish_against_letters():
    one, other = someone(1, phone="+41 22 000 00 00"), someone(2, phone="")
    post = post_of(one)
    opt_out(person=one, **STAMP)
    merge(person=one, into=other, **STAMP)
    other.refresh_from_db()
    assert (list(other.posts.all()), other.phone, other.email, other.opted_out_at) == (
        [post],
        "+41 22 000 00 00",
        "person2@example.org",
        NOW,
    )
    for refused in (lambda: correct_person(person=one, said={}, **STAMP), lambda: merge(person=other, into=one, **STAMP)):
        with pytest.raises(PersonGone):
            refused()
    with pytest.raises(SamePerson):
        merge(person=other, into=other, **STAMP)
    assert opt_out(person=one, **STAMP) == other


def test_a_new_address_takes_the_bounce_away_and_letters_can_be_asked_for_again():
    person = mark_bounce(person=opt_out(person=someone(), **STAMP), note="550 no such user", **STAMP)
    correct_person(person=person, said={"email": "new@example.org"}, **STAMP)
    opt_in(person=person, **STAMP)
    person.refresh_from_db()
    assert (person.email, person.bounced_at, person.bounce_note, person.opted_out_at) == ("new@example.org", None, "", None)


def test_somebody_is_found_by_number_or_address_and_never_by_chance():
    one, _, _ = someone(1), someone(2, email="same@example.org"), someone(3, email="SAME@example.org")
    assert find_person(str(one.pk)) == find_person(" PERSON1@example.org ") == one
    with pytest.raises(SeveralPeople):
        find_person("same@example.org")
    for text in ("", "nobody@example.org", "999999999"):
        with pytest.raises(NoSuchPerson):
            find_person(text)


def everything() -> str:
    """Every row of every table of the rooms, as text."""
    models = [model for config in apps.get_app_configs() if config.name.startswith("servanda") for model in config.get_models()]
    return "\n".join(serializers.serialize("jsonl", model._default_manager.all()) for model in models).casefold()


def test_a_removal_leaves_no_trace_of_name_and_address_in_any_table_and_keeps_the_posts():
    twin = someone(1, name="Sample Personage Gone", email="gone@example.org")
    person = someone(
        2, name="Sample Personage Gone", email="Gone@example.org", source="letter of gone@example.org", consent="by gone@example.org"
    )
    post = post_of(person, begins="2020", source="told by gone@example.org")
    mark_bounce(person=person, note="550 gone@example.org unknown", **STAMP)
    held = record_list(said={"name": "Everybody"}, **STAMP)
    correct_person(person=person, said={"email": "gone@example.org", "phone": "+41 22 000 00 00"}, **STAMP)
    correct_person(person=person, said={"email": "gone@example.org "}, **STAMP)
    merge(person=twin, into=person, **STAMP)
    copied = list_page(held, TODAY, "en").members
    keep_copy(held=held, addressees=[member.as_kept() for member in copied], on=TODAY, **STAMP)
    assert "gone@example.org" in everything() and ListCopy.objects.get().addressees[0]["name"] == "Sample Personage Gone"
    with pytest.raises(RemovalNotConfirmed):
        remove(person=person, meant=False, **STAMP)
    remove(person=person, meant=True, **STAMP)
    assert [word for word in ("gone@example.org", "personage gone", "+41 22 000") if word in everything()] == []
    post.refresh_from_db()
    assert (post.person.name, post.begins, post.state_id, post.role) == ("removed person", "2020", "LAO", "focal-point")
    assert ListCopy.objects.get().addressees[0]["name"] == "removed person"
    assert AuditLine.objects.filter(act="person removed").count() == 2


def test_gaps_name_the_parties_without_a_focal_point_and_those_not_confirmed_for_a_year():
    post = post_of(someone())
    page = contacts_page(TODAY, Asked(), "en")
    assert "LAO" not in {line.iso3 for line in page.without} and [line.iso3 for line in page.stale] == ["LAO"]
    assert len(page.without) + 1 == 112  # 112 States are bound on that day by the record
    confirm_post(post=post, **STAMP)
    assert contacts_page(TODAY, Asked(), "en").stale == ()
    assert [line.iso3 for line in contacts_page(TODAY + timedelta(days=366), Asked(), "en").stale] == ["LAO"]
    assert contacts_page(TODAY, Asked(theme="reporting"), "en").stale == ()  # who stands for all themes stands for each
    end_post(post=post, ends="2026-11-01", **STAMP)
    assert "LAO" in {line.iso3 for line in contacts_page(TODAY, Asked(), "en").without}


def test_a_list_takes_live_posts_of_a_region_and_names_those_left_out():
    people = {number: someone(number) for number in range(1, 6)}
    for number, state in ((1, "GHA"), (2, "SEN"), (3, "TGO"), (4, "FRA"), (5, "BEN")):
        post_of(people[number], state=state)
    mark_bounce(person=people[2], note="550", **STAMP)
    opt_out(person=people[3], **STAMP)
    correct_person(person=people[5], said={"language": "en"}, **STAMP)
    asked = {
        "name": "Focal points of African States Parties, in French",
        "group": "African",
        "status": "party",
        "role": "focal-point",
        "language": "fr",
    }
    page = list_page(record_list(said=asked, **STAMP), TODAY, "en")
    assert [one.person for one in page.members] == [people[1].pk]
    assert [(one.person, why) for one, why in page.left_out] == [
        (people[2].pk, "mail comes back"),
        (people[3].pk, "wants no letters of lists"),
    ]
    assert [one.person for one in page.elsewhere] == [people[5].pk]
    with pytest.raises(ListNameTaken):
        record_list(said=asked, **STAMP)


def test_using_a_list_keeps_whom_it_named(client, unit):
    post_of(someone(1))
    held = record_list(said={"name": "Everybody"}, **STAMP)
    answer = unit.post(f"/contacts/lists/{held.pk}/?on=2026-11-23", {"format": "csv"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["email"], row["iso3"]) == ("person1@example.org", "LAO")
    correct_person(person=Person.objects.get(), said={"name": "Sample Person 1 Renamed"}, **STAMP)
    copy = ListCopy.objects.get()
    assert [one["name"] for one in copy.addressees] == ["Sample Person 1"] and copy.on == TODAY
    assert "Sample Person 1" in unit.get(f"/contacts/lists/{held.pk}/").content.decode()
    assert unit.post(f"/contacts/lists/{held.pk}/", {"format": "exe"}).status_code == 200 and ListCopy.objects.count() == 1


def test_the_link_of_a_letter_opts_out_by_the_button_and_not_by_opening(client):
    person = someone()
    path = opt_out_path(person.pk)
    opened = client.get(path)
    person.refresh_from_db()
    assert opened.status_code == 200 and opened.headers["Cache-Control"] == "no-store" and person.opted_out_at is None
    assert "Sample Person" not in opened.content.decode() and "example.org" not in opened.content.decode()
    assert client.post(path).status_code == 200
    person.refresh_from_db()
    assert person.opted_out_at is not None and AuditLine.objects.get(act="opted out").by == "the addressee"
    assert client.get("/contacts/opt-out/1.forged/").status_code == client.post(f"{path[:-3]}xx/").status_code == 400


def test_the_audit_names_what_rows_cannot_know():
    one, other = someone(1, email="same@example.org"), someone(2, email="Same@example.org")
    post = post_of(one)
    assert [finding.what for finding in findings()] == ["have one mail address."]
    Post.objects.filter(pk=post.pk).update(begins="2025", ends="2024")
    Person.objects.filter(pk=other.pk).update(merged_into=one)
    live = post_of(one)
    Post.objects.filter(pk=live.pk).update(person=other)
    assert [(finding.where, finding.why) for finding in findings()] == [
        (f"contacts/posts/{post.pk}", "Correct the days."),
        (f"contacts/posts/{live.pk}", "Move the post along."),
    ]


def test_the_pages_cost_the_same_with_one_row_and_with_three(unit):
    held = record_list(said={"name": "Everybody"}, **STAMP)
    first = someone(1)
    paths = ("/contacts/", "/contacts/lists/", f"/contacts/lists/{held.pk}/", f"/contacts/people/{first.pk}/")
    costs = []
    for number in (1, 2, 3):
        post_of(first, begins=f"20{20 + number}", organisation=f"Sample Organisation {number}")
        post_of(someone(10 + number), organisation=f"Sample Ministry {number}")
        keep_copy(held=held, addressees=[], on=TODAY, **STAMP)
        record_list(said={"name": f"Sample List {number}"}, **STAMP)
        if number != 2:
            costs.append([])
            for path in paths:
                unit.get(path)
                with CaptureQueriesContext(connection) as queries:
                    assert unit.get(path).status_code == 200
                costs[-1].append(len(queries))
    assert costs[0] == costs[1]


def test_contacts_are_found_by_name_address_or_any_name_of_the_state():
    post_of(someone(1, name="Sámple Persón"), state="CIV")
    someone(2)
    for text, found in (
        ("sample person", 2),
        ("persón", 2),
        ("PERSON1@", 1),
        ("Côte d'Ivoire", 1),
        ("كوت ديفوار", 1),
        ("CIV", 1),
        ("moon", 0),
    ):
        assert len(contacts_page(TODAY, Asked(text=text), "en").rows) == found, text
    assert [len(contacts_page(TODAY, Asked(**asked), "en").rows) for asked in ({"state": "CIV"}, {"state": "LAO"}, {"language": "fr"})] == [
        1,
        0,
        2,
    ]


def test_a_person_goes_from_recorded_to_removed_on_the_pages(unit):
    form = {"name": "Sample Person 7", "email": "seven@example.org", "channel": "mail", "source": "a letter"}
    assert unit.post("/contacts/new/", {**form, "name": ""}).status_code == 200 and Person.objects.count() == 0
    assert unit.post("/contacts/new/", form).status_code == 302
    person = Person.objects.get()
    path = f"/contacts/people/{person.pk}/"
    assert "A post is held for a State" in unit.post(f"{path}posts/", {"role": "mission", "theme": "general"}).content.decode()
    assert unit.post(f"{path}posts/", {"role": "mission", "theme": "general", "state": "LAO", "begins": "2026"}).status_code == 302
    post = Post.objects.get()
    assert unit.post(f"/contacts/posts/{post.pk}/", {"confirm": ""}).status_code == 302
    assert unit.post(f"/contacts/posts/{post.pk}/", {"end": "", "on": "some day"}).status_code == 400
    handed = unit.post(
        f"/contacts/posts/{post.pk}/", {"hand": "", "on": "2026-11-20", "to": "eight@example.org", "name": "Sample Person 8"}
    )
    assert handed.status_code == 302 and Post.objects.last().person.email == "eight@example.org"
    for button in ({"bounce": "", "note": "550"}, {"out": ""}, {"in": ""}):
        assert unit.post(f"{path}mark/", button).status_code == 302
    assert unit.post(path, {**form, "name": "Sample Person 7 b"}).status_code == 302
    page = unit.get(path).content.decode()
    assert "Sample Person 7 b" in page and "mail comes back" in page and "person corrected" in page
    assert unit.post(f"{path}mark/", {"remove": ""}).status_code == 400
    assert unit.post(f"{path}mark/", {"remove": "", "meant": "on"}).status_code == 302
    gone = unit.get(path).content.decode()
    assert "removed person" in gone and "seven@example.org" not in gone
    assert unit.post(f"{path}mark/", {"merge": "", "into": "eight@example.org"}).status_code == 400


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_every_page_of_contacts_opens_in_every_language(unit, language):
    post_of(someone())
    made = record_list(said={"name": "Everybody", "group": "African", "status": "party"}, **STAMP)
    paths = ["", "new/", f"people/{Person.objects.get().pk}/", "lists/", f"lists/{made.pk}/"]
    assert [unit.get(f"/{language}/contacts/{path}").status_code for path in paths] == [200] * len(paths)


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv", "json"])
def test_contacts_go_out_as_files(unit, form):
    post_of(someone())
    assert unit.get(f"/contacts/?format={form}").headers["Content-Disposition"] == f'attachment; filename="contacts.{form}"'


def test_a_coordinator_reads_no_contacts(client):
    sign_in_staff(client, "coordinator")
    path = f"/contacts/people/{someone().pk}/"
    assert [client.get(path).status_code, client.post(path).status_code, client.get("/contacts/lists/1/").status_code] == [403] * 3
