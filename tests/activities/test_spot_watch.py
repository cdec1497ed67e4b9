"""Who wants to know when there is a place hears it once, and never in front of who waits."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions.hold import KEPT, hold_places
from activities.actions.offer import change_activity
from activities.actions.registration_change import cancel_registration
from activities.actions.session_change import change_capacity
from activities.actions.spot_watch import (
    MOST_OPEN,
    PlaceFreeError,
    WatchError,
    stop_path,
    stop_watching,
    to_tell,
    watch_session,
)
from activities.actions.waiting_list import sweep
from activities.models import Activity, SpotWatch
from huizen import retention
from huizen.models import Message, Suppression
from huizen.outbox.prepare import prepare
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW, MembershipFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    session = a_moment(capacity=1)
    sign_up(session, "Bob")
    return session


def watch(session, who="alice", now=NOW):
    return watch_session(session_id=session.pk, email=f"{who}@voorbeeld.example", now=now)


def told() -> list[str]:
    return sorted(Message.objects.filter(template="spot_free").values_list("recipient", flat=True))


def frees(session):
    registration = session.registrations.get(name="Bob")
    cancel_registration(registration_id=registration.pk, now=NOW)


def test_everybody_who_asked_hears_it_in_the_transaction_that_frees_the_place(session):
    watch(session), watch(session, "charlie")
    frees(session)
    assert told() == ["alice@voorbeeld.example", "charlie@voorbeeld.example"]
    mail = Message.objects.get(recipient="alice@voorbeeld.example")
    assert mail.context["link"].endswith(f"/momenten/{session.pk}/inschrijven/")
    assert mail.context["places"] == "1 plaats"
    assert mail.expires_at == session.starts_at


def test_nobody_is_told_while_somebody_waits(session):
    waits = sign_up(session)
    watch(session, "charlie")
    frees(session)
    waits.refresh_from_db()
    assert (waits.state, told()) == ("confirmed", [])


def test_one_address_is_told_once(session):
    for _ in range(2):
        watch(session)
    assert SpotWatch.objects.count() == 1
    frees(session)
    again = sign_up(session, "Bob")
    cancel_registration(registration_id=again.pk, now=NOW)
    assert told() == ["alice@voorbeeld.example"]


def test_who_came_too_late_may_ask_again_and_hears_it_again(session):
    watch(session)
    frees(session)
    again = sign_up(session, "Bob")
    watch_session(session_id=session.pk, email="ALICE@voorbeeld.example", now=NOW + dt.timedelta(minutes=1))
    cancel_registration(registration_id=again.pk, now=NOW)
    assert len(told()) == 2


def test_a_larger_room_is_told_too(session):
    watch(session)
    change_capacity(session_id=session.pk, capacity=2, by=None, now=NOW)
    assert told() == ["alice@voorbeeld.example"]


def test_more_places_for_the_whole_activity_are_told_by_the_sweep(session):
    editor = MembershipFactory(house=session.activity.house).user
    watch(session)
    activity = Activity.objects.get(pk=session.activity_id)
    activity.capacity = 2
    change_activity(activity=activity, seen_at=None, by=editor, now=NOW)
    assert told() == []
    sweep(now=NOW)
    assert told() == ["alice@voorbeeld.example"]
    assert to_tell(now=NOW) == []


def test_a_held_place_that_nobody_took_is_told():
    session = a_moment(capacity=1)
    hold_places(session_id=session.pk, form_key=RegistrationFactory.build().form_key, now=NOW)
    watch(session)
    sweep(now=NOW)
    assert told() == []
    sweep(now=NOW + KEPT)
    assert told() == ["alice@voorbeeld.example"]


def test_where_there_is_a_place_nobody_needs_to_wait_for_it():
    with pytest.raises(PlaceFreeError, match="Er is nu plaats"):
        watch(a_moment(capacity=1))


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "cancelled"},
        {"original_start": NOW - dt.timedelta(hours=1)},
        {"activity": {"closes_hours": 48}},
        {"activity": {"status": "draft"}},
        {"activity": {"registration_mode": "none", "channels": []}},
    ],
)
def test_nobody_waits_for_a_moment_that_takes_nobody(facts):
    session = a_moment(capacity=1, confirmed_count=1, **facts)
    with pytest.raises(WatchError, match="niet meer inschrijven"):
        watch(session)


def test_after_the_end_of_signing_up_nobody_is_told():
    session = a_moment(capacity=1, activity={"closes_hours": 2})
    sign_up(session, "Bob")
    watch(session)
    closed = session.starts_at - dt.timedelta(hours=1)
    cancel_registration(registration_id=session.registrations.get().pk, now=closed)
    sweep(now=closed)
    assert told() == []


def test_one_address_asks_for_ten_moments_at_most():
    for _ in range(MOST_OPEN):
        watch(a_moment(capacity=1, confirmed_count=1))
    with pytest.raises(WatchError, match="10 momenten"):
        watch(a_moment(capacity=1, confirmed_count=1))


def test_who_stops_gets_no_such_mail_any_more_and_all_others(session):
    other = a_moment(capacity=1)
    sign_up(other, "Bob")
    watch(other)
    stop_watching(watch_id=watch(session).pk, now=NOW)
    assert Suppression.objects.get().category == "spot_watch"
    cancel_registration(registration_id=other.registrations.get().pk, now=NOW)
    assert told() == []
    watch(session, now=NOW)
    frees(session)
    prepare(now=NOW)
    assert Message.objects.get(template="spot_free").state == "suppressed"


def test_addresses_go_the_day_after_the_moment(session):
    watch(session)
    retention.apply_retention(now=session.starts_at + dt.timedelta(hours=23))
    assert SpotWatch.objects.count() == 1
    retention.apply_retention(now=session.starts_at + dt.timedelta(hours=25))
    assert SpotWatch.objects.count() == 0


@pytest.mark.parametrize("moments", [1, 3])
def test_the_question_whom_to_tell_takes_one_statement(moments, django_assert_num_queries):
    for _ in range(moments):
        SpotWatch.objects.create(session=a_moment(capacity=1), email="a@voorbeeld.example", created_at=NOW)
    with django_assert_num_queries(1):
        assert len(to_tell(now=NOW)) == moments


# On the site.
@pytest.fixture
def full():
    session = a_moment(capacity=1, original_start=timezone.now() + dt.timedelta(days=2))
    sign_up(session, "Bob", now=timezone.now())
    return session


def page(session) -> str:
    return f"/momenten/{session.pk}/laat-weten/"


def test_the_form_of_a_full_moment_shows_the_way(client, full):
    assert page(full) in client.get(f"/momenten/{full.pk}/inschrijven/").content.decode()


def test_an_activity_by_telephone_shows_the_way_too(client, full):
    Activity.objects.update(channels=["phone"])
    assert page(full) in client.get(f"/activiteiten/{full.activity.slug}/").content.decode()
    assert client.get(page(full)).status_code == 200


def test_one_field_and_one_button(client, full):
    answer = client.post(page(full), {"email": "alice@voorbeeld.example"}, follow=True)
    assert "We mailen je één keer, zodra er plaats is." in answer.content.decode()
    assert SpotWatch.objects.get().email == "alice@voorbeeld.example"


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_keeps_nothing(client, full, method):
    assert getattr(client, method)(page(full), {"email": "a@voorbeeld.example"}).status_code == 200
    assert SpotWatch.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Schrijf je e-mailadres."),
        ({"email": "alice"}, "Dit e-mailadres klopt niet."),
        ({"email": "\x00"}, "error-summary"),
        ({"email": "a@voorbeeld.example", "laat_leeg": "x"}, "Laat dit leeg"),
    ],
)
def test_what_is_wrong_is_said(client, full, typed, sentence):
    assert sentence in client.post(page(full), typed or {"x": ""}).content.decode()
    assert SpotWatch.objects.count() == 0


def test_with_a_place_the_page_leads_to_the_activity(client):
    session = a_moment(capacity=1, original_start=timezone.now() + dt.timedelta(days=2))
    assert client.get(page(session)).url == f"/activiteiten/{session.activity.slug}/"


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_moment_that_does_not_exist_is_not_found(client, number):
    assert client.get(f"/momenten/{number}/laat-weten/").status_code == 404


def test_a_draft_is_not_found(client, full):
    Activity.objects.update(status="draft")
    assert client.get(page(full)).status_code == 404


def test_a_machine_is_slowed_down(client, full):
    for _ in range(41):
        answer = client.post(page(full), {"email": "nee"})
    assert "Wacht tien minuten" in answer.content.decode()


def test_the_link_that_stops_asks_first(client, full):
    path = stop_path(watch(full, now=timezone.now()))
    for _ in range(2):
        assert "Geen mail meer" in client.get(path).content.decode()
    assert Suppression.objects.count() == 0
    for _ in range(2):
        answer = client.post(path, follow=True)
        assert "Je krijgt zulke mails niet meer." in answer.content.decode()
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "1~abc", "%00", "a" * 400])
def test_a_forged_link_says_so(client, token):
    assert client.get(f"/laat-weten/{token}/").status_code == 404
    assert client.post(f"/laat-weten/{token}/").status_code == 404
