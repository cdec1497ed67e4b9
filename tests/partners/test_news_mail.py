"""The weekly mail for partners: on Thursday morning, one a person, only with news, and ended by one click."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from huizen.models import Membership, Message
from huizen.outbox.deliver import deliver
from huizen.roles import Role
from partners.actions import news_mail
from partners.actions.news_mail import gets_news, send_news, stop_path
from tests.factories import BRUSSELS, HouseFactory, MembershipFactory, UserFactory
from tests.giving import NewsFactory
from tests.huizen.letters import Clock

pytestmark = pytest.mark.django_db
THURSDAY = dt.datetime(2026, 3, 5, 9, 0, tzinfo=BRUSSELS)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK = 7 * DAY
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def house():
    """One without people yet."""
    return HouseFactory()


def told(house, title="Stuurgroep", *, on=THURSDAY - DAY, written=None, days=14):
    since = on.date()
    until = since + days * DAY
    return NewsFactory(house=house, title=title, since=since, until=until, written_at=written or on)


def reader(house, role=Role.PARTNER_EDITOR, **facts):
    return MembershipFactory(house=house, role=role, **facts).user


def titles(mail):
    return {house["name"]: [news["title"] for news in house["news"]] for house in mail.context["houses"]}


def test_each_gets_one_mail_with_the_news_of_all_her_houses(house):
    other = HouseFactory(name="Huis van het Kind Aarle")
    user = reader(house)
    reader(other, user=user)
    told(house, "Oud", on=THURSDAY - 3 * DAY)
    told(house, "Nieuw")
    told(other, "Elders")
    told(HouseFactory(), "Van een ander")
    assert send_news(now=THURSDAY) == 1
    mail = Message.objects.get()
    assert (mail.recipient, mail.key, mail.house) == (user.email, f"partner-news:{user.pk}:2026-W10", None)
    assert titles(mail) == {other.name: ["Elders"], house.name: ["Nieuw", "Oud"]}


def test_coordinators_and_editors_read_it_and_nobody_else(house):
    told(house)
    readers = {reader(house).email, reader(house, Role.COORDINATOR).email}
    reader(house, Role.STAFF)
    reader(house, ended_at=THURSDAY - DAY)
    reader(house, user__is_active=False)
    reader(HouseFactory())
    UserFactory()
    assert send_news(now=THURSDAY) == 2
    assert set(Message.objects.values_list("recipient", flat=True)) == readers


def test_it_goes_once_a_week_and_each_message_once(house):
    reader(house)
    told(house, "Eerst")
    assert [send_news(now=THURSDAY), send_news(now=THURSDAY + HOUR)] == [1, 0]
    told(house, "Daarna", on=THURSDAY + HOUR)
    assert send_news(now=THURSDAY + DAY) == 0
    assert send_news(now=THURSDAY + WEEK) == 1
    assert titles(Message.objects.order_by("created_at").last()) == {house.name: ["Daarna"]}
    assert send_news(now=THURSDAY + 2 * WEEK) == 0


@pytest.mark.parametrize(
    ("facts", "mails"),
    [
        ({"on": THURSDAY}, 1),
        ({"on": THURSDAY, "written": THURSDAY - WEEK}, 1),
        ({"on": THURSDAY - 30 * DAY, "written": THURSDAY - DAY, "days": 60}, 1),
        ({"on": THURSDAY + DAY, "written": THURSDAY - DAY}, 0),
        ({"on": THURSDAY - WEEK}, 0),
        ({"on": THURSDAY - 3 * DAY, "days": 2}, 0),
    ],
    ids=["of today", "written before", "written late", "of tomorrow", "told already", "over"],
)
def test_what_is_new_came_on_the_desks_or_was_written_this_week(house, facts, mails):
    reader(house)
    told(house, **facts)
    assert send_news(now=THURSDAY) == mails


@pytest.mark.parametrize("now", [THURSDAY - HOUR, THURSDAY + 3 * DAY])
def test_outside_its_days_nothing_goes(house, now):
    reader(house)
    told(house)
    assert send_news(now=now) == 0


def test_who_belongs_nowhere_any_more_gets_nothing(house):
    reader(house)
    told(house)
    send_news(now=THURSDAY)
    Membership.objects.update(ended_at=THURSDAY)
    assert news_mail.why_not(Message.objects.get(), THURSDAY) == "hoort bij geen Huis meer"


@pytest.mark.django_db(transaction=True)
def test_the_mail_says_it_in_plain_text_and_carries_the_button(house, smtp_sink):
    user = reader(house)
    told(house, "Stuurgroep")
    told(house, "Vorming & meer")
    send_news(now=THURSDAY)
    deliver(clock=Clock(THURSDAY), until=THURSDAY + HOUR)
    mail = smtp_sink.accepted[0].message
    assert mail["Subject"] == "Vorming & meer en meer (nieuws voor partners)"
    assert mail["List-Unsubscribe"].strip("<>").endswith(stop_path(user))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body("plain").get_content()
    assert [part in text for part in (house.name, "Vorming & meer", "Stuurgroep", stop_path(user))] == [
        True
    ] * 4


def test_looking_ends_nothing_and_one_click_ends_it(client, house):
    user = reader(house)
    page = stop_path(user)
    assert "Wil je stoppen" in client.get(page).content.decode()
    assert gets_news(user)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page, ONE_CLICK).status_code == 200
    assert not gets_news(user)
    told(house)
    assert send_news(now=THURSDAY) == 0
    assert strict.post(page, {"weer": "ja"}).url == page
    assert send_news(now=THURSDAY) == 1


def test_what_waits_is_held_back_when_she_stops(client, house):
    user = reader(house)
    told(house)
    send_news(now=THURSDAY)
    client.post(stop_path(user))
    assert Message.objects.get().state == "suppressed"


@pytest.mark.parametrize("token", ["x", "1~x", "\0"])
def test_a_forged_link_ends_nothing(client, token):
    assert client.get(reverse("news_stop", args=[token])).status_code == 404


def test_who_is_signed_in_chooses_where_she_reads_it(client, house):
    user = reader(house)
    client.force_login(user)
    there = "/beheer/delen/"
    for facts, wants in (({}, False), ({"weer": "ja"}, True)):
        assert client.post(reverse("news_mail"), facts).url == there
        assert client.get(there).context["gets_news"] is wants
    assert client.get(reverse("news_mail")).status_code == 405
    client.force_login(reader(house, Role.STAFF))
    assert client.get(there).context["gets_news"] is None
    client.force_login(UserFactory())
    assert client.post(reverse("news_mail")).status_code == 403


def test_many_readers_cost_as_little_as_one(house, django_assert_num_queries):
    told(house)
    for week, more in enumerate((1, 3)):
        for _ in range(more):
            reader(house)
        told(house, on=THURSDAY + week * WEEK)
        with django_assert_num_queries(7):
            send_news(now=THURSDAY + week * WEEK)
