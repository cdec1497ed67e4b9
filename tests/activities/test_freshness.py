"""How old offer may be: labelled, hidden by the night, and put back by one button."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions.freshness import AFTER_LAST_MOMENT, expire_over, hide_forgotten
from activities.actions.offer import check_activity
from activities.dashboard import offer_to_look_at
from activities.freshness import Freshness, freshness, freshness_of, is_forgotten, is_old
from activities.models import Activity
from activities.tasks import take_off_old_offer
from huizen.models import Event, House
from huizen.recurrence import BRUSSELS
from huizen.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = TODAY - dt.timedelta(days=400)


# The rule.
@pytest.mark.parametrize(
    ("checked_on", "is_what"),
    [
        (dt.date(2026, 3, 4), Freshness.FRESH),
        (dt.date(2025, 9, 4), Freshness.FRESH),
        (dt.date(2025, 9, 3), Freshness.OLD),
        (dt.date(2025, 3, 4), Freshness.OLD),
        (dt.date(2025, 3, 3), Freshness.HIDDEN),
        (None, Freshness.OLD),
    ],
)
def test_after_six_months_it_is_old_and_after_a_year_hidden(checked_on, is_what):
    assert freshness(checked_on, House(), today=TODAY) == is_what


@given(
    age=st.integers(0, 1500),
    never=st.booleans(),
    check=st.integers(1, 35),
    more=st.integers(1, 35),
    today=st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_says_the_same_as_the_rule(age, never, check, more, today):
    house = HouseFactory(check_every_months=check, hide_after_months=min(36, check + more))
    day = today - dt.timedelta(days=age)
    put_online = dt.datetime.combine(day, dt.time(0, 30), BRUSSELS)
    row = ActivityFactory(house=house, checked_on=None if never else day, published_at=put_online)
    rows = Activity.objects.filter(pk=row.pk)
    found = freshness_of(row, today=today)
    assert found == freshness(day, house, today=today)
    assert rows.filter(is_old(today)).exists() == (found != Freshness.FRESH)
    assert rows.filter(is_forgotten(today)).exists() == (found == Freshness.HIDDEN)


@pytest.mark.parametrize(("check", "hide"), [(0, 12), (6, 6), (6, 37)])
def test_a_house_hides_only_after_it_asked(check, hide):
    house = HouseFactory()
    house.check_every_months, house.hide_after_months = check, hide
    with pytest.raises(ValidationError, match="Verberg pas nadat je het vroeg"):
        house.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        house.save()


# The night.
def test_the_night_hides_what_nobody_looked_at_and_the_house_puts_it_back(client, signed_in, house):
    forgotten = ActivityFactory(house=house, checked_on=LONG_AGO)
    old = ActivityFactory(house=house, checked_on=TODAY - dt.timedelta(days=200))
    assert (hide_forgotten(now=NOW), hide_forgotten(now=NOW)) == (1, 0)
    assert list(Activity.objects.published()) == [old]
    assert client.get("/").status_code == 200
    event = Event.objects.get()
    assert (event.verb, event.actor, event.changes) == ("hidden", None, {"status": ["published", "to_check"]})
    check_activity(activity=forgotten, by=signed_in, now=NOW)
    assert Activity.objects.published().count() == 2
    assert hide_forgotten(now=NOW) == 0


def test_no_page_vanishes_while_families_are_signed_up_for_what_comes(house):
    activity = ActivityFactory(house=house, checked_on=LONG_AGO)
    coming = RegistrationFactory(session=SessionFactory(activity=activity))
    assert hide_forgotten(now=NOW) == 0
    assert hide_forgotten(now=coming.session.starts_at) == 1


def test_what_nobody_ever_looked_at_counts_from_the_day_it_went_online(house):
    forgotten = ActivityFactory(house=house, checked_on=None, published_at=at(-400))
    recent = ActivityFactory(house=house, checked_on=None, published_at=at(-10))
    unknown = ActivityFactory(house=house, checked_on=None, published_at=None)
    assert hide_forgotten(now=NOW) == 1
    assert set(Activity.objects.published()) == {recent, unknown}
    assert Activity.objects.get(status="to_check") == forgotten
    assert [freshness_of(row, today=TODAY) for row in (recent, unknown)] == [Freshness.FRESH, Freshness.OLD]


def test_each_house_has_its_own_rule():
    patient = HouseFactory(hide_after_months=24)
    ActivityFactory(house=patient, checked_on=LONG_AGO)
    assert hide_forgotten(now=NOW) == 0


@pytest.mark.parametrize("status", ["draft", "proposed", "archived", "expired", "to_check"])
def test_the_night_leaves_alone_what_is_not_online(status):
    ActivityFactory(status=status, checked_on=LONG_AGO)
    assert hide_forgotten(now=NOW) == 0


def at(days):
    return NOW + dt.timedelta(days=days)


def test_what_is_long_over_expires():
    schedule = ScheduleFactory(dates=[at(-40).date()])
    SessionFactory(activity=schedule.activity, schedule=schedule, original_start=at(-40))
    assert (expire_over(now=NOW), expire_over(now=NOW)) == (1, 0)
    schedule.activity.refresh_from_db()
    assert schedule.activity.status == "expired"
    assert Event.objects.get().verb == "expired"


@pytest.mark.parametrize(
    "rule",
    [
        {"dates": [at(500).date()]},
        {"kind": "weekly", "dates": [], "weekdays": [0], "starts_on": TODAY, "ends_on": None},
        {"kind": "by_appointment", "dates": [], "starts_at": None, "ends_at": None},
    ],
)
def test_what_comes_back_after_a_pause_does_not_expire(rule):
    activity = ActivityFactory()
    SessionFactory(activity=activity, original_start=at(-90))
    ScheduleFactory(activity=activity, **rule)
    assert expire_over(now=NOW) == 0


def test_offer_stays_a_month_after_its_last_moment_and_services_without_moments_stay():
    ActivityFactory()
    session = SessionFactory(original_start=at(-29))
    assert expire_over(now=NOW) == 0
    assert expire_over(now=session.ends_at + AFTER_LAST_MOMENT) == 1


def test_the_night_does_both():
    ActivityFactory(checked_on=timezone.localdate() - dt.timedelta(days=400))
    assert take_off_old_offer() == {"expired": 0, "hidden": 1}


# The desk.
def test_the_desk_tells_what_is_hidden(signed_in, house):
    ActivityFactory(house=house, status="to_check")
    assert [(tile.title, tile.count) for tile in offer_to_look_at(signed_in, NOW)] == [("Verborgen", 1)]


def test_the_list_shows_the_oldest_first_and_one_button_puts_it_back(client, signed_in, house):
    today = timezone.localdate()
    hidden = ActivityFactory(house=house, status="to_check", checked_on=today - dt.timedelta(days=500))
    old = ActivityFactory(house=house, checked_on=today - dt.timedelta(days=200))
    never = ActivityFactory(house=house, checked_on=None)
    ActivityFactory(house=house, checked_on=today)
    ActivityFactory(checked_on=None)
    page = client.get("/beheer/nakijken/")
    assert list(page.context["page"]) == [never, hidden, old]
    answer = client.post(f"/beheer/nakijken/{hidden.pk}/", follow=True)
    assert "nagekeken, en zichtbaar voor ouders" in answer.content.decode()
    hidden.refresh_from_db()
    assert (hidden.status, hidden.checked_on) == ("published", today)


def test_a_draft_is_not_published_by_that_button(client, signed_in, house):
    draft = ActivityFactory(house=house, status="draft")
    answer = client.post(f"/beheer/nakijken/{draft.pk}/", follow=True)
    assert "staat niet online" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_editor_checks_her_own_offer_alone(client, house):
    editor = EditorFactory()
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    own = ActivityFactory(house=house, organiser=editor.organisation, checked_on=None)
    other = ActivityFactory(house=house, organiser=OrganisationFactory(), checked_on=None)
    client.force_login(editor.user)
    assert list(client.get("/beheer/nakijken/").context["page"]) == [own]
    assert client.post(f"/beheer/nakijken/{other.pk}/").status_code == 404
    assert client.get(f"/beheer/nakijken/{own.pk}/").status_code == 405


def test_the_list_takes_the_same_queries_for_one_and_three(
    client, signed_in, house, django_assert_max_num_queries
):
    for number in (1, 2):
        for _ in range(number):
            ActivityFactory(house=house, checked_on=None, organiser=OrganisationFactory())
        with django_assert_max_num_queries(12):
            client.get("/beheer/nakijken/")


# The rule of a House, on its page.
def test_a_coordinator_sets_the_rule_and_nothing_counts_as_checked_by_that(client, signed_in, house):
    assert client.get(f"/beheer/huis/{house.slug}/nakijken/").status_code == 200
    rule = {
        "check_every_months": "3",
        "hide_after_months": "9",
        "sooner_months": "2",
        "sooner_types": ["lecture"],
    }
    answer = client.post(f"/beheer/huis/{house.slug}/nakijken/", rule)
    assert answer.status_code == 302
    house.refresh_from_db()
    assert (house.check_every_months, house.hide_after_months, house.checked_on) == (3, 9, None)
    assert (house.sooner_months, house.sooner_types, house.asks_monthly) == (2, ["lecture"], False)
    assert "Consultatiebureau → Lezing of infoavond" in client.get("/beheer/logboek/").content.decode()
    assert "Na te kijken" not in client.get("/beheer/").content.decode()


def test_a_rule_that_cannot_be_gets_a_sentence_and_changes_nothing(client, signed_in, house):
    answer = client.post(
        f"/beheer/huis/{house.slug}/nakijken/",
        {"check_every_months": "9", "hide_after_months": "3", "sooner_months": "3"},
    )
    assert answer.status_code == 422
    assert "Verberg pas nadat je het vroeg" in answer.content.decode()
    house.refresh_from_db()
    assert house.hide_after_months == 12


def test_staff_and_other_coordinators_do_not_set_the_rule(client, house):
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(f"/beheer/huis/{house.slug}/nakijken/").status_code == 403
    client.force_login(MembershipFactory().user)
    assert client.get(f"/beheer/huis/{house.slug}/nakijken/").status_code == 404


# What parents see.
def test_an_old_house_warns_and_a_fresh_one_tells_its_day(client, house):
    assert "Bel even voor je vertrekt" in client.get(f"/huizen/{house.slug}/").content.decode()
    House.objects.update(checked_on=timezone.localdate())
    page = client.get(f"/huizen/{house.slug}/").content.decode()
    assert "Bel even voor je vertrekt" not in page
    assert "Nagekeken op" in page


def test_a_card_warns_for_old_offer_alone(client, house):
    activity = ActivityFactory(house=house, checked_on=timezone.localdate())
    assert "Lang niet nagekeken" not in client.get("/activiteiten/").content.decode()
    Activity.objects.filter(pk=activity.pk).update(checked_on=timezone.localdate() - dt.timedelta(days=200))
    assert "Lang niet nagekeken" in client.get("/activiteiten/").content.decode()
