"""Text messages to families that ask for them: the day before, and when it is called off that day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions.registration_mail import manage_path
from activities.actions.reminder import due_at, plan_reminder, reconcile
from activities.actions.session_change import cancel_session, move_session
from activities.actions.text_choice import wants_text_messages
from activities.models import Registration
from huizen.models import Category, Channel, Message, PlannedMessage
from huizen.outbox.preferences import choices_path
from huizen.outbox.suppression import address_hash
from huizen.outbox.tick import tick
from tests.activities.sign_ups import soon, typed
from tests.activities.test_registration_pages import page
from tests.factories import BRUSSELS, NOW, HouseFactory, RegistrationFactory, SessionFactory, UserFactory
from tests.huizen.letters import Clock
from tests.huizen.phone_sink import PROVIDER, PhoneSink

pytestmark = pytest.mark.django_db
PHONE = "0470 12 34 56"
NUMBER = "+32470123456"


@pytest.fixture
def phones(settings):
    settings.SMS_PROVIDER = PROVIDER
    PhoneSink.received.clear()
    return PhoneSink.received


@pytest.fixture
def session():
    start = NOW + dt.timedelta(days=5)
    house = HouseFactory(name="Huis Baldemore", phone="014 12 34 56")
    return SessionFactory(
        activity__house=house,
        activity__title="Zingen",
        activity__phone="",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
    )


def signed_up(session, **facts):
    facts = {"phone": PHONE, "wants_sms": True, "created_at": NOW - dt.timedelta(days=9)} | facts
    return RegistrationFactory(session=session, **facts)


def test_the_day_before_there_is_a_mail_and_a_text_message(phones, smtp_sink, session):
    registration = signed_up(session)
    plan_reminder(registration, now=NOW)
    tick(clock=Clock(due_at(session)))
    [(number, text, _)] = phones
    assert number == NUMBER
    assert text.startswith("Huis Baldemore: vergeet niet, Zingen, maandag 9 maart 2026")
    assert text.endswith("Kan je niet komen? Bel 014 12 34 56.")
    assert smtp_sink.accepted[0].recipients == (registration.email,)
    message = Message.objects.get(channel=Channel.SMS)
    assert (message.state, message.segments) == (Message.State.SENT, 1)


def test_who_gave_only_a_number_gets_the_text_message_alone(phones, smtp_sink, session):
    plan_reminder(signed_up(session, email="", contact_key=NUMBER), now=NOW)
    tick(clock=Clock(due_at(session)))
    assert (len(phones), smtp_sink.accepted) == (1, [])


@pytest.mark.parametrize(
    "facts", [{"wants_sms": False}, {"state": Registration.State.CANCELLED, "cancelled_at": NOW}]
)
def test_who_did_not_ask_or_does_not_come_gets_none(phones, session, facts):
    plan_reminder(signed_up(session, **facts), now=NOW)
    assert not PlannedMessage.objects.filter(channel=Channel.SMS, state="planned").exists()


def test_where_text_messages_are_off_none_is_planned(settings, session):
    settings.SMS_PROVIDER = ""
    plan_reminder(signed_up(session), now=NOW)
    assert list(PlannedMessage.objects.values_list("channel", flat=True).distinct()) == [Channel.MAIL]


def test_planning_again_plans_no_second(phones, session):
    registration = signed_up(session)
    plan_reminder(registration, now=NOW)
    before = PlannedMessage.objects.count()
    reconcile(now=NOW)
    assert PlannedMessage.objects.count() == before
    assert len({row.key for row in PlannedMessage.objects.all()}) == before


def test_a_moment_that_moved_reminds_of_the_new_one_only(phones, smtp_sink, session):
    plan_reminder(signed_up(session), now=NOW)
    later = session.starts_at + dt.timedelta(days=2)
    move_session(
        session_id=session.pk,
        starts_at=later,
        ends_at=later + dt.timedelta(hours=1),
        location=None,
        by=None,
        now=NOW,
    )
    tick(clock=Clock(due_at(session)))
    assert phones == []
    session.refresh_from_db()
    tick(clock=Clock(due_at(session)))
    assert len(phones) == 1


def test_called_off_on_the_day_itself_goes_at_once_also_early(phones, smtp_sink, session):
    signed_up(session)
    signed_up(session, wants_sms=False)
    early = session.starts_at.astimezone(BRUSSELS).replace(hour=6)
    cancel_session(session_id=session.pk, reason="Ziek.", by=None, now=early)
    cancel_session(session_id=session.pk, reason="Ziek.", by=None, now=early)
    tick(clock=Clock(early))
    [(number, text, _)] = phones
    assert (number, text) == (
        NUMBER,
        "Huis Baldemore: Zingen van vandaag gaat niet door. Vragen? Bel 014 12 34 56.",
    )
    assert Message.objects.get(channel=Channel.SMS).category == Category.CHANGE


def test_called_off_in_time_is_told_by_mail_alone(phones, smtp_sink, session):
    signed_up(session)
    cancel_session(session_id=session.pk, reason="Ziek.", by=None, now=NOW)
    tick(clock=Clock())
    assert (phones, len(smtp_sink.accepted)) == ([], 1)


def test_the_form_asks_only_where_text_messages_are_on(client, settings, phones):
    address = page(soon())
    assert 'name="wants_sms"' in client.get(address).text
    settings.SMS_PROVIDER = ""
    assert 'name="wants_sms"' not in client.get(address).text


def test_a_family_ticks_it_and_it_is_kept(client, phones):
    client.post(page(soon()), typed(wants_sms="on", phone=PHONE))
    assert Registration.objects.get().wants_sms


@pytest.mark.parametrize("phone", ["", "014 12 34 56"])
def test_without_a_mobile_number_the_form_says_what_is_missing(client, phones, phone):
    answer = client.post(page(soon()), typed(wants_sms="on", phone=phone))
    assert "Voor een sms hebben we een gsm-nummer nodig" in answer.text
    assert Registration.objects.count() == 0


def test_what_they_cost_stands_by_month_and_house(client, phones, smtp_sink, session, settings):
    settings.SMS_SEGMENT_PRICE = "0.10"
    plan_reminder(signed_up(session), now=NOW)
    plan_reminder(signed_up(session, phone="0470 12 34 57"), now=NOW)
    tick(clock=Clock(due_at(session)))
    client.force_login(UserFactory(is_superuser=True))
    answer = client.get(reverse("sms_costs"))
    [row] = answer.context["page"]
    assert (row["house__name"], row["number"], row["parts"], str(row["euro"])) == (
        "Huis Baldemore",
        2,
        2,
        "0.2000",
    )
    assert "€ 0,20" in answer.text


# Stopped, and asked for again, after signing up.
def to_come(**facts):
    session = soon()
    facts = {"phone": PHONE, "contact_key": "an@voorbeeld.example", "email": "an@voorbeeld.example"} | facts
    registration = RegistrationFactory(
        session=session, created_at=timezone.now() - dt.timedelta(days=1), **facts
    )
    plan_reminder(registration, now=timezone.now())
    return registration


def texts_planned():
    return PlannedMessage.objects.filter(channel=Channel.SMS, state="planned").count()


def test_a_family_stops_them_on_the_page_of_its_sign_up_for_all_it_comes_to(client, phones):
    first, second = to_come(wants_sms=True), to_come(wants_sms=True)
    other = to_come(wants_sms=True, contact_key="bob@voorbeeld.example", email="bob@voorbeeld.example")
    assert texts_planned() == 3
    address = manage_path(first)
    assert "Stuur me geen sms meer" in client.get(address).text
    assert texts_planned() == 3
    client.post(address, {"wat": "sms", "sms": "0"})
    assert set(Registration.objects.filter(wants_sms=True)) == {other}
    assert texts_planned() == 1
    assert (
        PlannedMessage.objects.filter(channel=Channel.MAIL, kind="session_reminder", state="planned").count()
        == 3
    )
    client.post(address, {"wat": "sms", "sms": "1"})
    second.refresh_from_db()
    assert (second.wants_sms, texts_planned()) == (True, 3)


def test_a_text_message_that_was_due_is_held_back_once_she_stopped(client, phones, smtp_sink):
    registration = to_come(wants_sms=True)
    client.post(manage_path(registration), {"wat": "sms", "sms": "0"})
    PlannedMessage.objects.filter(channel=Channel.SMS).update(state="planned")
    registration.session.refresh_from_db()
    tick(clock=Clock(due_at(registration.session)))
    assert (phones, Message.objects.filter(channel=Channel.SMS).count()) == ([], 0)


def test_the_link_below_every_mail_stops_them_too_without_an_account(client, phones):
    registration = to_come(wants_sms=True)
    path = choices_path(address_hash(registration.email), Category.SESSION_REMINDER)
    assert 'name="sms"' in client.get(path).text
    chosen = {name: field.initial for name, field in client.get(path).context["form"].fields.items()}
    client.post(path, {**chosen, "sms": ""})
    registration.refresh_from_db()
    assert (registration.wants_sms, texts_planned()) == (False, 0)
    client.post(path, {**chosen, "sms": "on"})
    registration.refresh_from_db()
    assert (registration.wants_sms, texts_planned()) == (True, 1)


@pytest.mark.parametrize("facts", [{"phone": ""}, {"phone": "014 12 34 56"}])
def test_without_a_mobile_number_there_is_nothing_to_choose(client, phones, facts):
    registration = to_come(**facts)
    path = choices_path(address_hash(registration.email), Category.SESSION_REMINDER)
    for address in (manage_path(registration), path):
        assert 'name="sms"' not in client.get(address).text
    client.post(manage_path(registration), {"wat": "sms", "sms": "1"})
    assert not Registration.objects.filter(wants_sms=True).exists()


def test_where_text_messages_are_off_nobody_is_asked(client, settings):
    settings.SMS_PROVIDER = ""
    assert 'name="sms"' not in client.get(manage_path(to_come())).text


@pytest.mark.parametrize("many", [1, 3])
def test_the_choice_costs_the_same_for_one_and_for_three(phones, many, django_assert_num_queries):
    for _ in range(many):
        to_come(wants_sms=True)
    with django_assert_num_queries(2):
        assert wants_text_messages(address_hash("an@voorbeeld.example"), now=timezone.now())
