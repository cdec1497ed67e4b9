"""The weekly mail: on Thursday morning, once, only with news, and with a button that ends it."""

import datetime as dt
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.actions import digest
from activities.actions.follow import stop_path
from activities.actions.offer import copy_activity, publish_activity, unpublish_activity
from activities.models import Activity, Follow
from activities.saved_search import fitting
from huizen.models import Message
from huizen.outbox.deliver import deliver
from huizen.outbox.quiet import is_quiet
from huizen.outbox.weekly import digest_time
from tests.factories import (
    BRUSSELS,
    ActivityFactory,
    FollowFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    ScheduleFactory,
    SessionFactory,
)
from tests.huizen.letters import Clock

#: A Thursday, at nine; a day before it the tests begin to follow.
THURSDAY = dt.datetime(2026, 3, 5, 9, 0, tzinfo=BRUSSELS)
BEFORE = THURSDAY - dt.timedelta(days=3)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def send_digests(*, now, search=fitting):
    return digest.send_digests(search=search, now=now)


def an_offer(house, title="Samen zingen", *, online=THURSDAY - DAY, starts=THURSDAY + 2 * DAY, **facts):
    activity = ActivityFactory(house=house, title=title, published_at=online, **facts)
    SessionFactory(activity=activity, original_start=starts)
    return activity


def follows(house, **facts):
    return FollowFactory(house=house, label=house.name, confirmed_at=BEFORE, covered_until=BEFORE, **facts)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (THURSDAY - dt.timedelta(seconds=1), None),
        (THURSDAY, THURSDAY),
        (THURSDAY + 47 * HOUR, THURSDAY),
        (THURSDAY + 48 * HOUR, None),
        (THURSDAY + 4 * DAY, None),
        (dt.datetime(2026, 3, 28, 8, 59, tzinfo=BRUSSELS), dt.datetime(2026, 3, 26, 9, tzinfo=BRUSSELS)),
        (dt.datetime(2026, 10, 29, 9, 0, tzinfo=BRUSSELS), dt.datetime(2026, 10, 29, 9, tzinfo=BRUSSELS)),
    ],
)
def test_it_goes_on_thursday_at_nine_and_until_saturday(now, due):
    assert digest_time(now=now) == due


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1), timezones=st.just(BRUSSELS)))
def test_its_time_is_always_a_thursday_at_nine_of_the_last_two_days(now):
    due = digest_time(now=now)
    if due is None:
        return
    assert (due.astimezone(BRUSSELS).weekday(), due.astimezone(BRUSSELS).hour, is_quiet(due)) == (3, 9, False)
    assert dt.timedelta() <= now.astimezone(dt.UTC) - due.astimezone(dt.UTC) < dt.timedelta(days=2)


@pytest.mark.django_db
def test_it_says_what_is_new_and_what_there_is_this_week():
    house = HouseFactory(name="Huis van het Kind Mol")
    place = LocationFactory(house=house, town="Mol")
    an_offer(house, "Nieuw zingen", location=place, price_kind="paid", price_cents=300)
    an_offer(house, "Al lang dansen", online=BEFORE - DAY)
    an_offer(house, "Later", online=BEFORE - DAY, starts=THURSDAY + 20 * DAY)
    an_offer(HouseFactory(), "Elders")
    row = follows(house)
    assert send_digests(now=THURSDAY) == 1
    (mail,) = Message.objects.all()
    assert (mail.template, mail.category, mail.recipient, mail.priority) == ("digest", "digest", row.email, 2)
    assert [offer["title"] for offer in mail.context["new"]] == ["Nieuw zingen"]
    assert [offer["title"] for offer in mail.context["week"]] == ["Al lang dansen"]
    new = mail.context["new"][0]
    assert (new["when"], new["where"], new["price"]) == (
        "zaterdag 7 maart 2026, van 9 tot 12 uur",
        "Mol",
        "3 euro",
    )
    row.refresh_from_db()
    assert (row.last_sent_at, row.covered_until) == (THURSDAY, THURSDAY)


@pytest.mark.django_db
def test_it_goes_once_a_week_and_tells_everything_once():
    house = HouseFactory()
    row = follows(house)
    an_offer(house)
    assert [send_digests(now=THURSDAY), send_digests(now=THURSDAY + HOUR)] == [1, 0]
    an_offer(house, "Van vrijdag", online=THURSDAY + DAY, starts=THURSDAY + 9 * DAY)
    assert send_digests(now=THURSDAY + DAY + HOUR) == 0
    assert send_digests(now=THURSDAY + 7 * DAY) == 1
    last = Message.objects.order_by("created_at").last()
    assert [offer["title"] for offer in last.context["new"]] == ["Van vrijdag"]
    assert last.key == f"digest:{row.pk}:2026-W11"


@pytest.mark.django_db
def test_nothing_new_is_no_mail_and_news_is_kept_for_no_week_twice():
    house = HouseFactory()
    row = follows(house)
    an_offer(house, online=BEFORE - DAY)
    assert send_digests(now=THURSDAY) == 0
    row.refresh_from_db()
    assert (row.last_sent_at, row.covered_until) == (None, THURSDAY)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_after_an_outage_it_still_goes_and_after_two_days_waits_for_the_next():
    house = HouseFactory()
    follows(house)
    an_offer(house, starts=THURSDAY + 30 * DAY)
    assert send_digests(now=THURSDAY + 3 * DAY) == 0
    assert send_digests(now=THURSDAY + 8 * DAY) == 1
    mail = Message.objects.get()
    assert mail.expires_at == THURSDAY + 9 * DAY


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"confirmed_at": None}, {"ended_at": BEFORE}, {"covered_until": THURSDAY}], ids=str
)
def test_who_did_not_say_yes_or_stopped_gets_nothing(facts):
    house = HouseFactory()
    an_offer(house)
    FollowFactory(**({"house": house, "covered_until": BEFORE, "confirmed_at": BEFORE} | facts))
    assert send_digests(now=THURSDAY) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"status": "draft"}, {"published_at": None}, {"published_at": THURSDAY + HOUR}], ids=str
)
def test_what_is_not_online_is_no_news(facts):
    house = HouseFactory()
    follows(house)
    activity = an_offer(house)
    Activity.objects.filter(pk=activity.pk).update(**facts)
    assert send_digests(now=THURSDAY) == 0


@pytest.mark.django_db
def test_a_search_tells_only_what_fits_it():
    an_offer(HouseFactory(), "Gratis zingen")
    an_offer(HouseFactory(), "Duur zingen", price_kind="paid", price_cents=900)
    FollowFactory(house=None, query="gratis=1", label="Gratis", covered_until=BEFORE, confirmed_at=BEFORE)
    send_digests(now=THURSDAY)
    assert [offer["title"] for offer in Message.objects.get().context["new"]] == ["Gratis zingen"]


@pytest.mark.django_db
def test_the_fault_of_one_follow_is_its_own(caplog):
    good, bad = HouseFactory(), HouseFactory(slug="kapot")
    for house in (bad, good):
        an_offer(house)
        follows(house)

    def breaks(query, **more):
        return 1 / 0 if "kapot" in query else fitting(query, **more)

    assert send_digests(now=THURSDAY, search=breaks) == 1
    assert "could not be made" in caplog.text
    assert send_digests(now=THURSDAY + HOUR) == 1


@pytest.mark.django_db
def test_many_followers_of_one_house_cost_one_search():
    house = HouseFactory()
    an_offer(house)
    for _ in range(3):
        follows(house)
    asked = []

    def counts(query, **more):
        asked.append(query)
        return fitting(query, **more)

    assert send_digests(now=THURSDAY, search=counts) == 3
    assert asked == [f"huis={house.slug}"] * 2


@pytest.mark.django_db(transaction=True)
def test_the_mail_on_the_wire_carries_the_button_of_rfc_8058(smtp_sink, live_portal, client):
    house = HouseFactory(name="Huis van het Kind Mol")
    row = follows(house)
    for number in range(3):
        an_offer(house, f"Nieuw {number}")
    send_digests(now=THURSDAY)
    deliver(clock=Clock(THURSDAY), until=THURSDAY + HOUR)
    (received,) = smtp_sink.accepted
    mail = received.message
    line = f"List-Unsubscribe: <{live_portal.url}{stop_path(row)}>".encode()
    assert line in received.raw.splitlines()
    assert mail["List-Unsubscribe"] == f"<{live_portal.url}{stop_path(row)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Subject"] == "Nieuw: Nieuw 0 en meer (Huis van het Kind Mol)"
    text = mail.get_body("plain").get_content()
    assert "Nieuw: Nieuw 2" in text
    assert stop_path(row) in text
    answer = _press(mail["List-Unsubscribe"].strip("<>"))
    assert (answer.status, answer.getheader("Set-Cookie")) == (200, None)
    row.refresh_from_db()
    assert row.ended_at is not None


def _press(url):
    """What a mail program does when somebody presses its button (RFC 8058, 3.1): no cookie, no redirect followed."""
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc, timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", address.path, "List-Unsubscribe=One-Click", kind)
    answer = connection.getresponse()
    connection.close()
    return answer


@pytest.mark.django_db
def test_an_offer_is_new_the_first_time_that_it_goes_online():
    house = HouseFactory()
    by = MembershipFactory(house=house).user
    activity = ActivityFactory(house=house, status="draft")
    ScheduleFactory(activity=activity)
    publish_activity(activity=activity, by=by, now=BEFORE)
    activity = unpublish_activity(activity=activity, by=by, now=BEFORE + HOUR)
    activity = publish_activity(activity=activity, by=by, now=THURSDAY)
    assert activity.published_at == BEFORE
    assert copy_activity(activity=activity, by=by, now=THURSDAY).published_at is None


@pytest.mark.django_db
def test_every_follow_of_the_week_is_covered():
    house = HouseFactory()
    rows = [follows(house) for _ in range(3)]
    send_digests(now=THURSDAY)
    assert Follow.objects.filter(covered_until=THURSDAY).count() == len(rows)
