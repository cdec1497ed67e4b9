"""What a House chooses about signing up: from when, who goes first, who holds up the line, which places it keeps."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.actions.closing import opens_at, why_closed
from activities.actions.invariants import check_invariants
from activities.actions.registration import ClosedError
from activities.actions.registration_change import cancel_registration, remove_child
from activities.actions.registration_shift import shift_registration
from activities.actions.sessions import extend_sessions
from activities.actions.waiting_list import movable, position, sweep
from activities.models import Activity, Registration, Session
from activities.waiting_words import fit_rule, line_rules, order_rule, why_not_yet
from huizen.models import Event, Message
from huizen.recurrence import BRUSSELS
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, counters, sign_up, soon, typed
from tests.factories import (
    NOW,
    ActivityFactory,
    MembershipFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEW_FIRST = {"waiting_order": "first_time"}
FIELDS = {
    "opens_days": "",
    "opens_at": "",
    "waiting_order": "asked",
    "draw_days": "",
    "waiting_mode": "direct",
    "offer_hours": "24",
    "reserved_places": "0",
    "reserved_hours": "48",
}


def waiting(session, name: str) -> Registration:
    return Registration.objects.select_related("session__activity").get(session=session, name=name)


def why(session, name: str) -> str:
    row = waiting(session, name)
    return why_not_yet(row, position=position(row), now=NOW)


def send(user, activity, **facts):
    client = Client()
    client.force_login(user)
    return client.post(reverse("offer_sign_up", args=[activity.pk]), {**FIELDS, **facts})


# Who goes first.
def test_a_family_that_was_never_here_goes_first():
    session = a_moment(capacity=1, activity=NEW_FIRST)
    other = SessionFactory(activity=session.activity, original_start=NOW - dt.timedelta(days=7))
    sign_up(other, "Bob", now=NOW - dt.timedelta(days=8))
    first = sign_up(session)
    for name in ("Bob", "Charlie"):
        sign_up(session, name)
    assert [position(waiting(session, name)) for name in ("Charlie", "Bob")] == [1, 2]
    cancel_registration(registration_id=first.pk, now=NOW)
    assert waiting(session, "Charlie").state == "confirmed"
    assert waiting(session, "Bob").state == "waiting"
    assert order_rule(session) == "Wie hier nog niet was, gaat eerst."


def test_in_the_order_of_asking_it_does_not_matter_who_was_here():
    session = a_moment(capacity=1)
    other = SessionFactory(activity=session.activity, original_start=NOW - dt.timedelta(days=7))
    sign_up(other, "Bob", now=NOW - dt.timedelta(days=8))
    for name in ("Alice", "Bob", "Charlie"):
        sign_up(session, name)
    assert [position(waiting(session, name)) for name in ("Bob", "Charlie")] == [1, 2]


# F13: a party of three, one place, singles behind.
def three_and_singles(**facts):
    session = a_moment(capacity=3, activity=facts)
    first = [sign_up(session, name) for name in ("Alice", "Bob", "Charlie")]
    sign_up(session, "Dora", children=3)
    sign_up(session, "Emma")
    cancel_registration(registration_id=first[0].pk, now=NOW)
    session.refresh_from_db()
    return session


def test_f13_who_fits_goes_first_and_the_logbook_says_who_was_passed():
    session = three_and_singles()
    assert (waiting(session, "Dora").state, waiting(session, "Emma").state) == ("waiting", "confirmed")
    assert Event.objects.get(verb="promoted").reason == "te groot voor de vrije plaatsen: nummer 1"
    assert fit_rule(session).endswith("Wie wel past, gaat eerst.")


def test_f13_where_the_house_chose_so_who_does_not_fit_holds_up_the_line():
    session = three_and_singles(strict_order=True)
    assert (waiting(session, "Dora").state, waiting(session, "Emma").state) == ("waiting", "waiting")
    assert list(movable(now=NOW)) == []
    assert why(session, "Emma") == (
        "Je schoof nog niet op, omdat een gezin voor jullie meer plaatsen nodig heeft."
    )
    assert why(session, "Dora") == (
        "Je schoof nog niet op, omdat er maar 1 plaats vrij is. Jullie hebben er 3 nodig."
    )
    for name in ("Bob", "Charlie"):
        cancel_registration(registration_id=waiting(session, name).pk, now=NOW)
    assert (waiting(session, "Dora").state, waiting(session, "Emma").state) == ("confirmed", "waiting")


def test_the_reason_stands_on_the_page_of_the_family_and_the_rule_on_the_form():
    session = soon(capacity=1, activity={"strict_order": True})
    visitor = Client()
    for name in ("Alice", "Bob"):
        form = typed(name=name, email=f"{name.lower()}@voorbeeld.example")
        page = visitor.post(f"/momenten/{session.pk}/inschrijven/", form, follow=True)
    text = page.content.decode()
    assert "Je staat op plaats 1 van de wachtlijst" in text
    assert "Je schoof nog niet op, omdat er geen plaats vrijkwam." in text
    text = visitor.get(f"/momenten/{session.pk}/inschrijven/").content.decode()
    assert "Is er te weinig plaats voor wie eerst staat? Dan wacht de hele rij." in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"waiting_mode": "offer", "offer_hours": 12}, "Je hebt 12 uur om ja te zeggen."),
        ({}, "Dan is die meteen voor jou, en krijg je een mail."),
    ],
)
def test_how_a_place_is_given_is_said_in_plain_words(facts, sentence):
    rules = line_rules(a_moment(capacity=1, activity=facts))
    assert rules[1].endswith(sentence)


# Opening.
def test_sign_up_opens_at_nine_so_many_days_before():
    session = a_moment(activity={"opens_days": 7}, original_start=NOW + dt.timedelta(days=30))
    opens = opens_at(session)
    assert opens == dt.datetime(2026, 3, 27, 9, tzinfo=BRUSSELS)
    assert why_closed(session, now=NOW) == "Inschrijven kan vanaf vrijdag 27 maart om 9 uur."
    assert why_closed(session, now=opens) == ""
    with pytest.raises(ClosedError, match="Inschrijven kan vanaf"):
        sign_up(session)
    assert sign_up(session, by=UserFactory()).state == "confirmed"


def test_before_it_opens_the_page_says_from_when_and_shows_no_button():
    opens = timezone.now() + dt.timedelta(days=1)
    session = soon(activity={"opens_at": opens})
    text = Client().get(f"/activiteiten/{session.activity.slug}/").content.decode()
    assert "Inschrijven kan vanaf morgen om " in text
    assert "plaats-houden" not in text
    assert "Inschrijven kan vanaf" in Client().get(f"/momenten/{session.pk}/inschrijven/").content.decode()


# Places that the House keeps.
def test_kept_places_are_not_shown_and_for_who_signs_up_through_the_house():
    session = a_moment(capacity=3, activity={"reserved_places": 1}, kept_count=1, **far())
    assert session.free == 2
    for name in ("Alice", "Bob"):
        assert sign_up(session, name).state == "confirmed"
    assert sign_up(session, "Charlie").state == "waiting"
    assert sign_up(session, "Dora", by=UserFactory()).state == "waiting"
    emma = sign_up(session, "Emma", by=UserFactory(), from_kept=True)
    session.refresh_from_db()
    assert (emma.state, session.kept_count, counters(session)[0]) == ("confirmed", 0, 3)
    assert check_invariants(now=NOW) == []


def test_a_visitor_who_asks_for_a_kept_place_does_not_get_it():
    session = a_moment(capacity=1, activity={"reserved_places": 1}, kept_count=1, **far())
    assert sign_up(session, from_kept=True).state == "waiting"


@pytest.mark.parametrize(("more_kept", "again"), [(0, 1), (-1, 0)], ids=["kept still", "given up meanwhile"])
def test_a_kept_place_that_comes_free_is_kept_again(more_kept, again):
    """Who waits does not get it, as long as the House keeps it."""
    session = a_moment(capacity=1, activity={"reserved_places": 1}, kept_count=1, **far())
    emma = sign_up(session, "Emma", by=UserFactory(), from_kept=True)
    sign_up(session, "Charlie")
    Activity.objects.update(reserved_places=1 + more_kept)
    cancel_registration(registration_id=emma.pk, now=NOW)
    session.refresh_from_db()
    assert (session.kept_count, counters(session)[0]) == (again, 1 - again)
    assert check_invariants(now=NOW) == []


def test_after_the_release_a_kept_place_goes_to_who_waits():
    session = a_moment(capacity=1, activity={"reserved_places": 1}, kept_count=1, **far())
    emma = sign_up(session, "Emma", by=UserFactory(), from_kept=True)
    sign_up(session, "Charlie")
    cancel_registration(registration_id=emma.pk, now=session.starts_at - dt.timedelta(hours=48))
    session.refresh_from_db()
    assert (session.kept_count, counters(session)[0]) == (0, 1)


def test_of_a_smaller_party_the_kept_places_go_last():
    session = a_moment(capacity=4, activity={"reserved_places": 2}, kept_count=2, **far())
    emma = sign_up(session, "Emma", by=UserFactory(), from_kept=True, children=3)
    kept = []
    for child in emma.participants.order_by("pk")[:2]:
        remove_child(registration_id=emma.pk, participant_id=child.pk, now=NOW)
        session.refresh_from_db()
        kept.append((session.kept_count, session.free))
    assert kept == [(0, 2), (1, 2)]


def test_another_moment_leaves_the_kept_place_behind():
    session = a_moment(capacity=1, activity={"reserved_places": 1}, kept_count=1, **far())
    emma = sign_up(session, "Emma", by=UserFactory(), from_kept=True)
    start = session.starts_at + dt.timedelta(days=7)
    other = SessionFactory(activity=session.activity, original_start=start, capacity=1)
    shift_registration(registration_id=emma.pk, to=other.pk, by=None, now=NOW)
    session.refresh_from_db()
    emma.refresh_from_db()
    assert (session.kept_count, session.confirmed_count, emma.kept_places) == (1, 0, 0)


def test_in_time_they_are_for_everybody():
    session = a_moment(capacity=1, activity={"reserved_places": 1}, kept_count=1, **far())
    sign_up(session)
    release = session.starts_at - dt.timedelta(hours=48)
    assert sweep(now=release - dt.timedelta(seconds=1)).promoted == 0
    assert sweep(now=release).promoted == 1
    session.refresh_from_db()
    assert (session.kept_count, counters(session)[0]) == (0, 1)


def test_new_moments_keep_what_the_house_chose_and_other_numbers_follow():
    coordinator = MembershipFactory()
    activity = ActivityFactory(house=coordinator.house, capacity=5, reserved_places=2)
    schedule = ScheduleFactory(activity=activity, kind="dates", dates=[NOW.date() + dt.timedelta(days=5)])
    extend_sessions(schedule=schedule, now=NOW)
    session = Session.objects.get()
    assert session.kept_count == 2
    Session.objects.update(
        starts_at=timezone.now() + dt.timedelta(days=9), ends_at=timezone.now() + dt.timedelta(days=10)
    )
    assert send(coordinator.user, activity, reserved_places="4").status_code == 302
    session.refresh_from_db()
    assert session.kept_count == 4
    Session.objects.update(kept_count=0, confirmed_count=4)
    send(coordinator.user, activity, reserved_places="9")
    session.refresh_from_db()
    assert session.kept_count == 1


def test_the_phone_form_offers_it_only_where_there_is_one():
    coordinator = MembershipFactory()
    session = soon(capacity=2, activity={"house": coordinator.house, "reserved_places": 1})
    client = Client()
    client.force_login(coordinator.user)
    address = reverse("session_register", args=[session.pk])
    assert "bewaarden" not in client.get(address).content.decode()
    Session.objects.filter(pk=session.pk).update(
        kept_count=1,
        starts_at=timezone.now() + dt.timedelta(days=5),
        ends_at=timezone.now() + dt.timedelta(days=6),
    )
    assert "Neem een plaats die we bewaarden" in client.get(address).content.decode()
    client.post(address, typed(from_kept="on"))
    session.refresh_from_db()
    assert (session.kept_count, session.confirmed_count) == (0, 1)


def test_parents_never_read_of_them():
    session = soon(capacity=2, kept_count=1, activity={"reserved_places": 1, "reserved_hours": 0})
    text = Client().get(f"/activiteiten/{session.activity.slug}/").content.decode()
    assert "Nog 1 plaats" in text
    assert not [word for word in ("partner", "bewaar", "kwetsba") if f"plaatsen via {word}" in text]
    assert "1 plaats vrij" in Client().get(f"/momenten/{session.pk}/inschrijven/").content.decode()
    assert Message.objects.count() == 0


def far():
    return {"original_start": NOW + dt.timedelta(days=10)}


# The page of the House.
def test_a_coordinator_chooses_and_the_logbook_says_what_changed():
    coordinator = MembershipFactory()
    activity = ActivityFactory(house=coordinator.house, capacity=5)
    facts = {"waiting_order": "draw", "draw_days": "3", "waiting_mode": "offer", "opens_days": "14"}
    answer = send(coordinator.user, activity, **facts)
    assert answer["Location"] == reverse("offer_edit", args=[activity.pk])
    activity.refresh_from_db()
    assert (activity.waiting_order, activity.draw_days, activity.opens_days) == ("draw", 3, 14)
    changes = Event.objects.get(verb="changed").changes
    assert changes["wie gaat eerst"] == ["Wie eerst komt, gaat eerst", "Een eerlijke loting"]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"waiting_order": "draw"}, "Zeg hoeveel dagen vooraf we loten: minstens één."),
        ({"opens_days": "3", "opens_at": "2027-01-04T09:00"}, "Kies een dag, of een aantal dagen vooraf."),
        (
            {"waiting_order": "draw", "draw_days": "9", "opens_days": "3"},
            "Inschrijven moet kunnen voor we loten.",
        ),
        ({"offer_hours": "0"}, "Geef een gezin 1 tot 168 uur om te antwoorden."),
        ({"opens_days": "99999999"}, "Kies hoogstens 365."),
        ({"reserved_places": "-1"}, "id_reserved_places_error"),
        ({"waiting_order": "wie-roept"}, "wie-roept"),
        ({"opens_at": "ooit\0"}, "opens_at"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_changes_nothing(facts, sentence):
    coordinator = MembershipFactory()
    activity = ActivityFactory(house=coordinator.house)
    before = Activity.objects.values().get()
    answer = send(coordinator.user, activity, **facts)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Activity.objects.values().get() == before


def test_who_saw_an_older_version_is_told_and_changes_nothing():
    coordinator = MembershipFactory()
    activity = ActivityFactory(house=coordinator.house)
    answer = send(coordinator.user, activity, seen_at="2020-01-01T00:00:00+00:00", strict_order="on")
    assert "Iemand anders heeft deze activiteit net gewijzigd" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.strict_order is False


def test_only_who_edits_the_offer_comes_here():
    activity = ActivityFactory()
    address = reverse("offer_sign_up", args=[activity.pk])
    assert Client().get(address).status_code == 302
    assert send(MembershipFactory(role=Role.COORDINATOR).user, activity).status_code == 404
    assert send(UserFactory(), activity).status_code in (403, 404)
    client = Client()
    client.force_login(MembershipFactory(house=activity.house).user)
    assert (client.get(address).status_code, client.put(address).status_code) == (200, 405)
