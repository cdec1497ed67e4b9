"""A draw that is sealed beforehand, held once, and can be done over by anybody."""

import datetime as dt
import random
import uuid
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities.actions.draw import seal_coming
from activities.actions.registration_change import cancel_registration
from activities.actions.waiting_list import position, promote_session, sweep
from activities.draw import draw_at, drawn_order, seal_of
from activities.models import Draw, Registration
from huizen.models import Event, Message
from huizen.recurrence import BRUSSELS
from tests.activities.sign_ups import a_moment, counters, sign_up, soon
from tests.factories import NOW

DRAWS = {"waiting_order": "draw", "draw_days": 3}
lots = st.lists(st.uuids().map(str), max_size=30)


def to_draw(*, capacity=2, days=10, **more):
    """A moment of which the places are drawn."""
    return a_moment(
        capacity=capacity, activity={**DRAWS, **more}, original_start=NOW + dt.timedelta(days=days)
    )


def page(session):
    return Client().get(f"/momenten/{session.pk}/loting/")


def test_the_order_is_that_of_the_sha_256_of_seed_and_lot():
    order = drawn_order("zaad", ["een", "twee", "drie"])
    assert order == sorted(["een", "twee", "drie"], key=lambda lot: sha256(f"zaad{lot}".encode()).hexdigest())
    assert seal_of("zaad") == sha256(b"zaad").hexdigest()


@given(seed=st.text(), lots=lots, shuffled=st.randoms())
def test_whatever_order_the_lots_came_in_the_draw_is_the_same(seed, lots, shuffled):
    mixed = lots * 2
    shuffled.shuffle(mixed)
    order = drawn_order(seed, lots)
    assert (drawn_order(seed, mixed), len(order)) == (order, len(set(lots)))


def test_every_lot_goes_first_about_as_often():
    lots = [str(uuid.UUID(int=number)) for number in range(5)]
    dice = random.Random(1)
    first = [drawn_order(str(dice.random()), lots)[0] for _ in range(1000)]
    assert all(150 < first.count(lot) < 250 for lot in lots)


@pytest.mark.django_db
def test_it_is_held_at_noon_so_many_days_before():
    assert draw_at(to_draw()) == dt.datetime(2026, 3, 11, 12, tzinfo=BRUSSELS)


@pytest.mark.django_db
def test_wishes_are_collected_and_nobody_has_a_place_until_the_draw():
    session = to_draw()
    families = [sign_up(session, name) for name in ("Alice", "Bob", "Charlie")]
    assert {family.state for family in families} == {"waiting"}
    assert promote_session(session_id=session.pk, now=NOW) == []
    assert (counters(session), session.has_queue) == ((0, 3, 3), False)
    mails = Message.objects.filter(template="registration_wished")
    assert mails.count() == 3
    assert mails.first().context["drawn"] == "woensdag 11 maart 2026 om 12 uur"


@pytest.mark.django_db
def test_the_clock_draws_once_and_tells_everybody_their_turn():
    session = to_draw()
    for number in range(5):
        sign_up(session, f"Ouder{number}")
    assert sweep(now=draw_at(session) - dt.timedelta(seconds=1)).promoted == 0
    assert sweep(now=draw_at(session)).promoted == 2
    draw = Draw.objects.get(session=session)
    order = drawn_order(draw.seed, [str(pk) for pk in session.registrations.values_list("pk", flat=True)])
    assert [lot["lot"] for lot in draw.lots] == order
    assert [lot["placed"] for lot in draw.lots] == [True, True, False, False, False]
    assert [position(Registration.objects.get(pk=lot)) for lot in order[2:]] == [1, 2, 3]
    told = Message.objects.filter(template="registration_drawn")
    assert sorted(mail.context["position"] for mail in told) == [1, 2, 3]
    assert Message.objects.filter(template="registration_promoted").count() == 2
    assert sweep(now=draw_at(session) + dt.timedelta(hours=1)).promoted == 0
    assert (Draw.objects.get(session=session).lots, counters(session)) == (draw.lots, (2, 3, 10))


@pytest.mark.django_db
def test_the_logbook_says_that_lots_gave_the_places_and_names_nobody():
    session = to_draw(capacity=1)
    for name in ("Alice", "Bob"):
        sign_up(session, name)
    sweep(now=draw_at(session))
    promoted, drew = Event.objects.get(verb="promoted"), Event.objects.get(verb="drew")
    assert promoted.changes["trigger"] == [None, "de loting"]
    assert drew.changes == {"lots": [None, 2], "placed": [None, 1]}
    assert "Alice" not in str([event.changes for event in Event.objects.all()])


@pytest.mark.django_db
def test_a_family_is_one_lot_and_stays_together():
    session = to_draw(capacity=2)
    sign_up(session, "Alice", children=2)
    sign_up(session, "Bob", children=2)
    sweep(now=draw_at(session))
    assert sorted(lot["places"] for lot in Draw.objects.get().lots) == [2, 2]
    assert counters(session)[:2] == (2, 2)


@pytest.mark.django_db
def test_who_comes_after_the_hour_stands_behind_the_draw_even_before_the_clock():
    session = to_draw(capacity=1)
    sign_up(session)
    late = sign_up(session, "Laat", now=draw_at(session))
    assert Registration.objects.get(name="Alice").state == "confirmed"
    assert (late.state, position(late)) == ("waiting", 1)
    assert [lot["placed"] for lot in Draw.objects.get().lots] == [True]


@pytest.mark.django_db
def test_who_left_before_the_draw_is_no_lot():
    session = to_draw(capacity=1)
    sign_up(session)
    gone = sign_up(session, "Bob")
    cancel_registration(registration_id=gone.pk, now=NOW)
    sweep(now=draw_at(session))
    assert len(Draw.objects.get().lots) == 1


@pytest.mark.django_db
def test_the_seal_is_there_before_the_first_wish_and_never_changes():
    session = to_draw()
    assert seal_coming(now=NOW) == 1
    seed = Draw.objects.get().seed
    assert seal_coming(now=NOW) == 0
    sign_up(session)
    assert Draw.objects.get().seed == seed


@pytest.mark.django_db
def test_before_the_draw_the_page_shows_the_seal_and_never_the_seed():
    session = soon(capacity=1, activity={**DRAWS, "draw_days": 1})
    mine = sign_up(session, now=timezone.now())
    text, draw = page(session).content.decode(), Draw.objects.get()
    assert seal_of(draw.seed) in text
    assert draw.seed not in text
    assert str(mine.pk) not in text


@pytest.mark.django_db
def test_after_the_draw_anybody_can_do_it_over_and_reads_no_name():
    session = to_draw(capacity=1)
    for name in ("Alice", "Bob"):
        sign_up(session, name)
    sweep(now=draw_at(session))
    text, draw = page(session).content.decode(), Draw.objects.get()
    assert draw.seed in text
    places = [text.index(lot["lot"]) for lot in draw.lots]
    assert places == sorted(places)
    assert "Alice" not in text


@pytest.mark.django_db
def test_a_moment_without_a_draw_or_of_what_is_not_online_has_no_such_page():
    assert page(a_moment()).status_code == 404
    assert page(to_draw(status="draft")).status_code == 404
    assert Client().post(f"/momenten/{to_draw().pk}/loting/").status_code == 405
