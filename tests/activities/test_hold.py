"""A place that is kept free while somebody fills in the form."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.actions.hold import KEPT, hold_places, let_go
from activities.actions.invariants import check_invariants
from activities.actions.registration_change import add_child, cancel_registration
from activities.actions.session_change import SessionChangeError, change_capacity
from activities.actions.waiting_list import sweep
from activities.models import Hold, Registration, Session
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATE = NOW + KEPT


def hold(session, *, key=None, places=1, now=NOW):
    return hold_places(session_id=session.pk, form_key=key or uuid.uuid4(), places=places, now=now)


def held(session) -> int:
    session.refresh_from_db()
    return session.held_count


def test_a_form_holds_a_place_for_ten_minutes():
    session = a_moment(capacity=3)
    got = hold(session)
    assert (got.places, got.until) == (1, NOW + dt.timedelta(minutes=10))
    assert held(session) == 1


def test_a_held_place_is_not_free_for_who_comes_next():
    session = a_moment(capacity=1)
    hold(session)
    assert sign_up(session).state == "waiting"


def test_who_holds_a_place_gets_it_also_when_others_wait_meanwhile():
    session, key = a_moment(capacity=1), uuid.uuid4()
    hold(session, key=key)
    sign_up(session, "Bob")
    assert sign_up(session, form_key=key).state == "confirmed"
    assert (counters(session), held(session)) == ((1, 1, 1), 0)


def test_a_party_larger_than_its_hold_does_not_pass_who_waits_and_the_place_goes_on():
    session, key = a_moment(capacity=2), uuid.uuid4()
    sign_up(session, "Eerst")
    hold(session, key=key)
    waits = sign_up(session, "Bob")
    assert sign_up(session, form_key=key, children=2).state == "waiting"
    waits.refresh_from_db()
    assert (waits.state, counters(session), held(session)) == ("confirmed", (2, 2, 2), 0)


def test_a_larger_party_than_the_hold_takes_what_is_free_when_nobody_waits():
    session, key = a_moment(capacity=3), uuid.uuid4()
    hold(session, key=key)
    assert sign_up(session, form_key=key, children=3).state == "confirmed"


def test_a_hold_that_is_over_counts_for_nothing():
    session = a_moment(capacity=1)
    hold(session)
    assert sign_up(session, now=LATE).state == "confirmed"
    assert (counters(session), held(session), Hold.objects.count()) == ((1, 0, 0), 0, 0)


def test_who_sends_the_form_too_late_signs_up_as_everybody_else():
    session, key = a_moment(capacity=1), uuid.uuid4()
    hold(session, key=key)
    sign_up(session, "Bob", now=LATE)
    assert sign_up(session, form_key=key, now=LATE).state == "waiting"


def test_the_sweep_gives_a_place_that_nobody_took_to_who_waits():
    session = a_moment(capacity=1)
    hold(session)
    waits = sign_up(session)
    assert sweep(now=NOW).promoted == 0
    assert sweep(now=LATE).promoted == 1
    waits.refresh_from_db()
    assert (waits.state, held(session)) == ("confirmed", 0)


def test_a_form_that_is_left_gives_its_place_to_who_waits():
    session, key = a_moment(capacity=1), uuid.uuid4()
    hold(session, key=key)
    waits = sign_up(session)
    for _ in range(2):
        let_go(session_id=session.pk, form_key=key, now=NOW)
    waits.refresh_from_db()
    assert (waits.state, counters(session), held(session)) == ("confirmed", (1, 0, 1), 0)


def test_one_form_holds_once_and_its_time_stays():
    session, key = a_moment(capacity=9), uuid.uuid4()
    first = hold(session, key=key)
    again = hold(session, key=key, now=NOW + dt.timedelta(minutes=5))
    assert (again.until, held(session)) == (first.until, 1)


def test_a_form_with_more_children_holds_more_if_they_are_free():
    session, key = a_moment(capacity=9), uuid.uuid4()
    hold(session, key=key)
    assert hold(session, key=key, places=3).places == 3
    assert hold(session, key=key, places=4).places == 3
    assert held(session) == 3


def test_all_forms_together_hold_a_third_and_always_one():
    nine, two = a_moment(capacity=9), a_moment(capacity=2)
    assert [bool(hold(nine)) for _ in range(5)] == [True, True, True, False, False]
    assert [bool(hold(two)) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    "facts",
    [
        {"capacity": None},
        {"capacity": 3, "confirmed_count": 3},
        {"capacity": 3, "waiting_count": 2},
        {"capacity": 3, "status": "cancelled"},
        {"capacity": 3, "activity": {"channels": ["phone"]}},
        {"capacity": 3, "activity": {"status": "draft"}},
        {"capacity": 3, "original_start": NOW - dt.timedelta(hours=1)},
    ],
)
def test_where_nobody_can_take_a_place_none_is_held(facts):
    session = a_moment(**facts)
    assert hold(session) is None
    assert held(session) == 0


def test_a_hold_ends_when_signing_up_ends():
    session = a_moment(capacity=3, starts_at=NOW + dt.timedelta(minutes=4))
    assert hold(session).until == session.starts_at


def test_a_key_of_another_moment_holds_nothing_here():
    key = uuid.uuid4()
    hold(a_moment(capacity=3), key=key)
    assert hold(a_moment(capacity=3), key=key) is None


def test_growing_leaves_held_places_alone():
    session = a_moment(capacity=2)
    family = sign_up(session)
    hold(session)
    with pytest.raises(Exception, match="geen plaats meer"):
        add_child(registration_id=family.pk, child=_child(), now=NOW)
    assert add_child(registration_id=family.pk, child=_child(), now=LATE).places == 2


def _child():
    from activities.actions.party import ChildFacts

    return ChildFacts("Sam")


def test_fewer_places_put_out_who_holds_and_never_who_is_in():
    session = a_moment(capacity=3)
    sign_up(session)
    hold(session)
    change_capacity(session_id=session.pk, capacity=1, by=None, now=NOW)
    assert (held(session), Hold.objects.count()) == (0, 0)
    with pytest.raises(SessionChangeError):
        change_capacity(session_id=session.pk, capacity=0, by=None, now=NOW)


def test_a_place_that_comes_free_goes_to_who_waits_and_not_to_a_hold():
    session = a_moment(capacity=2)
    first = sign_up(session, "Eerst")
    hold(session)
    waits = sign_up(session, "Bob")
    cancel_registration(registration_id=first.pk, now=NOW)
    waits.refresh_from_db()
    assert (waits.state, counters(session), held(session)) == ("confirmed", (1, 0, 1), 1)
    assert check_invariants(now=NOW) == []


def test_the_table_itself_refuses_to_hold_what_is_not_there():
    session = a_moment(capacity=1)
    sign_up(session)
    with pytest.raises(IntegrityError, match="session_promises_fit"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(held_count=1)


# On the site.
def soon(**facts):
    return a_moment(original_start=timezone.now() + dt.timedelta(days=2), **facts)


def press(client, session, **headers):
    return client.post(f"/momenten/{session.pk}/plaats-houden/", headers=headers)


def test_the_button_holds_a_place_and_the_form_says_until_when(client):
    session = soon(capacity=3)
    answer = press(client, session)
    key = Hold.objects.get().pk
    assert answer.url == f"/momenten/{session.pk}/inschrijven/?sleutel={key}"
    until = timezone.localtime(Hold.objects.get().until)
    text = client.get(answer.url).content.decode()
    assert f"We houden 1 plaats voor je vrij tot {until.hour}.{until.minute:02d} uur." in text
    assert str(key) in text


def test_the_button_needs_no_cookie_and_gives_none():
    from django.test import Client

    visitor = Client(enforce_csrf_checks=True)
    assert press(visitor, soon(capacity=3)).status_code == 302
    assert not visitor.cookies


def test_the_activity_page_holds_nothing_and_gives_no_cookie(client):
    session = soon(capacity=3)
    answer = client.get(f"/activiteiten/{session.activity.slug}/")
    assert f"/momenten/{session.pk}/plaats-houden/" in answer.content.decode()
    assert (held(session), list(answer.cookies)) == (0, [])


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("tail", ["plaats-houden", "plaats-loslaten"])
def test_looking_holds_nothing(client, method, tail):
    session = soon(capacity=3)
    assert getattr(client, method)(f"/momenten/{session.pk}/{tail}/").status_code == 405
    assert held(session) == 0


def test_signing_up_with_the_held_place(client):
    session = soon(capacity=1)
    answer = press(client, session)
    key = Hold.objects.get().pk
    form = {"sleutel": str(key), "name": "Alice", "email": "a@voorbeeld.example", "kind-0-first_name": "Noor"}
    client.post(answer.url, form)
    assert (Registration.objects.get().state, held(session)) == ("confirmed", 0)


def test_one_more_child_holds_one_more_place(client):
    session = soon(capacity=9)
    url = press(client, session).url
    form = {"sleutel": url.partition("=")[2], "rijen": "1", "nog_een_kind": "1"}
    assert "We houden 2 plaatsen voor je vrij" in client.post(url, form).content.decode()


def test_changing_ones_mind_gives_the_place_back(client):
    session = soon(capacity=3)
    press(client, session)
    address = f"/momenten/{session.pk}/plaats-loslaten/"
    answer = client.post(address, {"sleutel": str(Hold.objects.get().pk)})
    assert (answer.url, held(session)) == (f"/activiteiten/{session.activity.slug}/", 0)
    assert client.post(address, {"sleutel": "\x00"}).status_code == 302


def test_without_a_place_to_hold_the_form_comes_all_the_same(client):
    session = soon()
    assert press(client, session).url == f"/momenten/{session.pk}/inschrijven/"


def test_another_site_holds_nothing(client):
    session = soon(capacity=3)
    press(client, session, sec_fetch_site="cross-site")
    assert held(session) == 0


def test_a_machine_holds_nothing_after_a_while(client):
    session = soon(capacity=300)
    for _ in range(45):
        press(client, session)
    assert held(session) == 40


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 60, "847c2db4-f7f3-4bb6-8f26-262db83ad133"])
def test_a_forged_key_in_the_address_is_no_hold(client, key):
    answer = client.get(f"/momenten/{soon(capacity=3).pk}/inschrijven/", {"sleutel": key})
    assert answer.status_code == 200
    assert "We houden" not in answer.content.decode()


def test_a_hold_that_is_over_is_not_shown_as_taken(client):
    session = soon(capacity=1)
    hold(session, now=timezone.now() - KEPT)
    assert "Nog 1 plaats vrij." in client.get(f"/momenten/{session.pk}/inschrijven/").content.decode()
