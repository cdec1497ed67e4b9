"""Beginning a new offer: the usual values of its kind, a template of the House, or a whole season once more."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities import starting_values
from activities.actions.offer import OfferError
from activities.actions.season import copy_season
from activities.actions.template import keep_template
from activities.forms.schedule import ScheduleFormSet
from activities.models import Activity, ActivityTemplate, Schedule
from activities.season import moved, weeks_between
from huizen.roles import Role
from huizen.vocabulary import OfferType
from tests.activities.editors import partner_of
from tests.activities.offer_forms import typed_again as typed
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    MembershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


@pytest.fixture
def house():
    return HouseFactory(phone="0000 00 00 01", email="huis@voorbeeld.example")


# The kinds.
@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in OfferType if kind != OfferType.OTHER])
def test_an_offer_of_every_kind_is_made_from_its_usual_values_alone(client, coordinator, house, kind):
    client.force_login(coordinator)
    url = f"{reverse('offer_create')}?sjabloon={kind.value}"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value is not None and value is not False}
    answer = client.post(url, {**sent, "age_min": "", "age_max": ""})
    assert answer.url.endswith(f"?sjabloon={kind.value}")
    made = Activity.objects.get()
    assert (made.offer_type, made.title) == (kind, starting_values.kinds()[kind]["title"])
    assert client.get(answer.url).context["formset"].forms[0]["kind"].value()


@pytest.mark.parametrize("kind", OfferType)
def test_the_usual_words_are_short_and_the_usual_rule_is_one(kind):
    usual = starting_values.kinds()[kind]
    assert len(usual["summary"].split()) <= 20
    assert usual["kind"] in Schedule.Kind
    assert usual["sign_up"] in starting_values.SIGN_UP


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["onzin", "huis-", "huis-999999", "huis-" + "9" * 40, "huis-x", "\x00", "%"])
def test_an_unknown_template_begins_empty(client, coordinator, code):
    client.force_login(coordinator)
    page = client.get(reverse("offer_create"), {"sjabloon": code})
    assert (page.status_code, page.context["form"]["title"].value()) == (200, None)


# Templates of a House.
@pytest.mark.django_db
def test_a_house_keeps_an_offer_as_a_template_and_begins_with_it(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Zingen", bring="Sloffen.")
    ScheduleFactory(activity=activity, kind="weekly", dates=[], starts_on=NOW.date(), weekdays=[2])
    client.post(reverse("template_keep", args=[activity.pk]), {"name": "Ons zingen"})
    template = ActivityTemplate.objects.get()
    url = f"{reverse('offer_create')}?sjabloon=huis-{template.pk}"
    assert client.get(url).context["form"]["bring"].value() == "Sloffen."
    made = client.post(url, typed(activity, seen_at=""))
    rule = client.get(made.url).context["formset"].forms[0]
    assert (rule["weekdays"].value(), rule["starts_on"].value()) == ([2], timezone.localdate())
    assert isinstance(client.get(made.url).context["formset"], ScheduleFormSet)


@pytest.mark.django_db
def test_a_name_is_used_once_in_a_house(coordinator, house):
    activity = ActivityFactory(house=house)
    keep_template(activity=activity, name="Zingen", by=coordinator, now=NOW)
    with pytest.raises(OfferError, match="deze naam"):
        keep_template(activity=activity, name="zingen", by=coordinator, now=NOW)
    keep_template(activity=ActivityFactory(), name="Zingen", by=coordinator, now=NOW)


@pytest.mark.django_db
def test_templates_are_of_their_house_alone(client, house, coordinator):
    template = keep_template(
        activity=ActivityFactory(house=house), name="Ons zingen", by=coordinator, now=NOW
    )
    keep, remove = reverse("template_keep", args=[1]), reverse("template_remove", args=[template.pk])
    stranger, partner = MembershipFactory().user, partner_of(house).user
    for user, sees, statuses in ((stranger, False, (404, 404)), (partner, True, (403, 403))):
        client.force_login(user)
        assert ("Ons zingen" in client.get(reverse("offer_begin")).content.decode()) == sees
        assert (client.post(keep).status_code, client.post(remove).status_code) == statuses
    client.force_login(UserFactory())
    assert client.get(reverse("offer_begin")).status_code == 403
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(remove).status_code == 405
    client.post(remove)
    assert ActivityTemplate.objects.count() == 0


# A season.
@given(DAYS, DAYS)
def test_a_season_moves_whole_weeks_and_begins_on_its_day_or_after(old, new):
    weeks = weeks_between(old, new)
    first = old + dt.timedelta(weeks=weeks)
    assert first.weekday() == old.weekday()
    assert 0 <= (first - new).days < 7


@given(st.lists(DAYS, min_size=1, max_size=6), st.integers(-20, 80))
def test_moved_days_keep_their_weekday_and_their_order(days, weeks):
    rule = moved(Schedule(kind="dates", dates=days, skip_dates=days), weeks=weeks)
    assert [day.weekday() for day in rule.dates] == [day.weekday() for day in days]
    assert [(new - old).days for new, old in zip(rule.dates, days, strict=True)] == [7 * weeks] * len(days)
    assert (rule.skip_dates, rule.pk) == ([], None)


def season(house):
    first = dt.date(2026, 1, 12)
    weekly = ScheduleFactory(
        activity=ActivityFactory(house=house, title="Zingen"),
        kind="weekly",
        dates=[],
        starts_on=first,
        ends_on=dt.date(2026, 3, 23),
        weekdays=[0],
    )
    once = ScheduleFactory(activity=ActivityFactory(house=house, title="Feest"), dates=[dt.date(2026, 3, 21)])
    return [weekly.activity, once.activity]


@pytest.mark.django_db
def test_a_season_is_copied_as_drafts_with_new_days(coordinator, house):
    chosen = season(house)
    RegistrationFactory(session=SessionFactory(activity=chosen[0]))
    rows = Activity.objects.order_by("pk").prefetch_related("schedules")
    made = copy_season(activities=rows, starts_on=dt.date(2026, 9, 8), by=coordinator, now=NOW)
    weekly, once = (row.schedules.get() for row in made)
    assert (weekly.starts_on, weekly.ends_on) == (dt.date(2026, 9, 14), dt.date(2026, 11, 23))
    assert once.dates == [dt.date(2026, 11, 21)]
    assert [(row.status, row.sessions.count()) for row in made] == [("draft", 0), ("draft", 0)]
    assert chosen[0].schedules.get().starts_on == dt.date(2026, 1, 12)


@pytest.mark.django_db
def test_the_coordinator_sees_the_season_before_it_is_made(client, coordinator, house):
    client.force_login(coordinator)
    chosen = season(house)
    ActivityFactory(house=house, title="Zonder dagen")
    page = client.get(reverse("season_copy"))
    assert page.context["form"].initial["activities"] == [chosen[1].pk, chosen[0].pk]
    start = timezone.localdate() + dt.timedelta(days=30)
    sent = {"starts_on": start.isoformat(), "activities": [row.pk for row in chosen]}
    shown = client.post(reverse("season_copy"), sent)
    assert [copy["title"] for copy in shown.context["preview"]] == ["Feest", "Zingen"]
    assert Activity.objects.count() == 3
    made = client.post(reverse("season_copy"), sent | {"maak": "1"}, follow=True)
    assert "2 activiteiten klaar als ontwerp" in made.content.decode()
    assert Activity.objects.filter(status="draft").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "2001-01-01"}, "starts_on"),
        ({"starts_on": "9999-12-31"}, "starts_on"),
        ({"activities": []}, "activities"),
        ({"activities": ["0"]}, "activities"),
        ({"activities": ["x\x00"]}, "activities"),
    ],
)
def test_a_season_without_a_day_or_an_offer_is_not_made(client, coordinator, house, wrong, field):
    client.force_login(coordinator)
    good = {
        "starts_on": f"{timezone.localdate()}",
        "activities": [row.pk for row in season(house)],
        "maak": "1",
    }
    response = client.post(reverse("season_copy"), good | wrong)
    assert list(response.context["form"].errors) == [field]
    assert Activity.objects.count() == 2


@pytest.mark.django_db
def test_the_offer_of_others_is_not_copied(client, coordinator, house):
    season(house)
    client.force_login(MembershipFactory().user)
    sent = {
        "starts_on": f"{timezone.localdate()}",
        "activities": list(Activity.objects.values_list("pk", flat=True)),
    }
    client.post(reverse("season_copy"), sent | {"maak": "1"})
    assert Activity.objects.count() == 2
    client.force_login(UserFactory())
    assert client.post(reverse("season_copy"), sent).status_code == 403
    client.logout()
    assert client.get(reverse("season_copy")).status_code == 302


@pytest.mark.django_db
def test_the_page_takes_the_same_queries_with_one_and_three(
    client, coordinator, house, django_assert_max_num_queries
):
    client.force_login(coordinator)
    counts = []
    for _ in range(2):
        season(house)
        with django_assert_max_num_queries(12) as queries:
            client.get(reverse("season_copy"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
