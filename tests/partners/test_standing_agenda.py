"""The agenda with which every date of a series begins: set once, followed by what comes, left alone where it was changed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.models import Event
from partners.actions.agenda import add_item, change_item, move_item, remove_item
from partners.actions.meeting import MeetingFacts, change_meeting
from partners.actions.meeting_lock import MeetingError
from partners.actions.meeting_series import extend_series
from partners.actions.series_agenda import set_standing_agenda
from partners.models import AgendaItem, Meeting, MeetingSeries
from partners.standing_agenda import StandingPoint, standing_points
from tests.factories import NOW, MembershipFactory
from tests.minutes_factories import AgendaDocumentFactory
from tests.partners.series import dates, edit, planned

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)
WELCOME = StandingPoint("Welkom", "inform", 5)
ROUND = StandingPoint("Rondvraag", "discuss", 10, "Els")


@pytest.fixture
def series(els, house):
    return planned(house, els)


def put(series, els, *points, now=LATER):
    series.refresh_from_db()
    return set_standing_agenda(series=series, points=points, seen=series.changed_at, by=els, now=now)


def titles(meeting):
    return list(meeting.agenda.order_by("position").values_list("title", flat=True))


def renamed(point, title):
    return StandingPoint(title, point.purpose, point.minutes, point.presenter, point.key)


def test_every_date_begins_with_it_also_one_that_is_planned_later(els, house):
    series = planned(house, els, ends_on=None)
    many = len(dates(series))
    assert put(series, els, WELCOME, ROUND) == many
    assert {tuple(titles(each)) for each in dates(series)} == {("Welkom", "Rondvraag")}
    item = dates(series)[0].agenda.get(position=2)
    assert (item.purpose, item.minutes, item.presenter) == ("discuss", 10, "Els")
    assert extend_series(pk=series.pk, now=NOW + dt.timedelta(days=200)) > 20
    assert {tuple(titles(each)) for each in dates(series)} == {("Welkom", "Rondvraag")}
    assert Event.objects.filter(verb="agenda_changed").count() == 1


def test_what_is_past_stays_as_it_was(series, els):
    put(series, els, WELCOME)
    third = dates(series)[2]
    put(series, els, ROUND, now=third.starts_at + dt.timedelta(hours=1))
    assert [titles(each) for each in dates(series)[1:5]] == [
        ["Welkom"],
        ["Welkom"],
        ["Rondvraag"],
        ["Rondvraag"],
    ]


def test_what_was_changed_for_one_date_stays_there(series, els):
    put(series, els, WELCOME, ROUND)
    first, second, third, fourth = dates(series)[:4]
    change_item(item=first.agenda.get(position=1), facts={"minutes": 30}, by=els, now=LATER)
    remove_item(item=second.agenda.get(position=1), by=els, now=LATER)
    own = add_item(meeting=third, facts={"title": "Speelstraat"}, by=els, now=LATER)
    move_item(item=own, step=-1, by=els, now=LATER)
    put(series, els, renamed(WELCOME, "Welkom en nieuws"), ROUND)
    assert titles(first) == ["Welkom", "Rondvraag"]
    assert titles(second) == ["Rondvraag"]
    assert titles(third) == ["Welkom en nieuws", "Speelstraat", "Rondvraag"]
    assert titles(fourth) == ["Welkom en nieuws", "Rondvraag"]


def test_a_point_that_goes_stays_where_something_was_put_with_it(series, els):
    put(series, els, WELCOME, ROUND)
    first, second, third = dates(series)[:3]
    AgendaDocumentFactory(item=first.agenda.get(position=2))
    AgendaItem.objects.filter(meeting=second, position=2).update(text="Neem je cijfers mee.")
    put(series, els, WELCOME)
    assert [titles(each) for each in (first, second, third)] == [
        ["Welkom", "Rondvraag"],
        ["Welkom", "Rondvraag"],
        ["Welkom"],
    ]


def test_another_order_is_followed_and_a_new_point_comes_behind_the_others(series, els):
    put(series, els, WELCOME, ROUND)
    add_item(meeting=dates(series)[0], facts={"title": "Speelstraat"}, by=els, now=LATER)
    put(series, els, ROUND, WELCOME, StandingPoint("Datum"))
    assert titles(dates(series)[0]) == ["Rondvraag", "Welkom", "Datum", "Speelstraat"]
    assert titles(dates(series)[1]) == ["Rondvraag", "Welkom", "Datum"]


def test_a_full_agenda_takes_no_more(series, els):
    first = dates(series)[0]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=first, position=number, title="x") for number in range(1, 31)
    )
    put(series, els, WELCOME)
    assert (first.agenda.count(), titles(dates(series)[1])) == (30, ["Welkom"])


def test_a_series_that_goes_on_by_another_rule_keeps_it(series, els):
    put(series, els, WELCOME)
    rows = dates(series)
    after = edit(rows[3], els, LATER, weekdays=[3])
    assert [point.key for point in standing_points(after)] == [WELCOME.key]
    put(after, els, renamed(WELCOME, "Dag allemaal"))
    assert {tuple(titles(each)) for each in dates(after)} == {("Dag allemaal",)}
    assert titles(rows[0]) == ["Welkom"]


def test_of_two_who_set_it_the_second_hears_it(series, els):
    put(series, els, WELCOME)
    with pytest.raises(MeetingError, match="Iemand anders"):
        set_standing_agenda(series=series, points=[ROUND], seen=NOW, by=els, now=LATER)


def test_nothing_new_changes_nothing(series, els):
    put(series, els, WELCOME)
    assert put(series, els, WELCOME) == 0
    assert Event.objects.filter(verb="agenda_changed").count() == 1


def test_who_has_an_older_agenda_in_front_of_her_hears_it(series, els):
    row = dates(series)[0]
    put(series, els, WELCOME)
    assert Meeting.objects.get(pk=row.pk).changed_at == LATER
    facts = MeetingFacts(row.title, row.starts_at, row.ends_at, row.place)
    old = {"agenda": [], "tell": False, "seen": row.changed_at}
    with pytest.raises(MeetingError):
        change_meeting(meeting=row, facts=facts, **old, by=els, now=LATER)


# The page.
@pytest.fixture
def coming(els, house):
    """A series whose dates are still to come by the real clock."""
    series = planned(house, els)
    weeks = dt.timedelta(weeks=(timezone.now() - NOW).days // 7 + 2)
    for row in reversed(dates(series)):
        facts = {name: getattr(row, name) + weeks for name in ("original_start", "starts_at", "ends_at")}
        Meeting.objects.filter(pk=row.pk).update(**facts)
    return series


def page(series):
    return reverse("series_agenda", args=[dates(series)[0].pk])


def typed(series, *rows, **facts):
    data = {"seen": series.changed_at.isoformat()}
    data |= {"agenda-TOTAL_FORMS": str(len(rows)), "agenda-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"agenda-{number}-{name}": value for name, value in row.items()}
    return data | facts


def test_a_coordinator_sets_it_and_changes_a_word(desk, coming):
    assert desk.get(page(coming)).status_code == 200
    answer = desk.post(page(coming), typed(coming, {"title": "Welkom", "minutes": "5"}, {"title": ""}))
    assert answer.url == reverse("meeting_detail", args=[dates(coming)[0].pk])
    assert "8 data beginnen met deze agenda." in desk.get(answer.url).content.decode()
    coming.refresh_from_db()
    [point] = standing_points(coming)
    assert f'value="{point.key}"' in desk.get(page(coming)).content.decode()
    desk.post(page(coming), typed(coming, {"title": "Dag", "minutes": "5", "key": point.key}))
    assert {tuple(titles(each)) for each in dates(coming)} == {("Dag",)}


def test_a_key_that_is_forged_or_twice_there_is_a_new_point(desk, coming):
    desk.post(page(coming), typed(coming, {"title": "A", "key": "x" * 32}, {"title": "B", "key": "x" * 32}))
    assert titles(dates(coming)[0]) == ["A", "B"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"seen": ""},
        {"seen": "2026-13-45"},
        {"agenda-0-title": "x\0"},
        {"agenda-0-title": "x" * 161},
        {"agenda-0-minutes": "99999999999999999999"},
        {"agenda-0-minutes": "0"},
        {"agenda-0-purpose": "slapen"},
        {"agenda-0-key": "x" * 99},
        {"agenda-TOTAL_FORMS": "x"},
    ],
)
def test_nonsense_changes_nothing_and_keeps_what_was_typed(desk, coming, wrong):
    answer = desk.post(page(coming), typed(coming, {"title": "Welkom", "presenter": "Bo uit Mol"}) | wrong)
    assert (answer.status_code, AgendaItem.objects.count()) == (422, 0)


def test_an_older_page_hears_that_somebody_else_was_first(desk, coming):
    old = typed(coming, {"title": "Welkom"})
    MeetingSeries.objects.update(changed_at=LATER)
    answer = desk.post(page(coming), old)
    assert answer.status_code == 422
    assert "Iemand anders wijzigde" in answer.content.decode()


def test_more_rows_keep_what_was_typed(desk, coming):
    answer = desk.post(page(coming), typed(coming, {"title": "Welkom"}) | {"rijen": "agenda"})
    assert 'value="Welkom"' in answer.content.decode()
    assert not AgendaItem.objects.exists()


def test_only_who_plans_meetings_in_the_house(client, coming, meeting):
    assert client.get(page(coming)).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert client.get(page(coming)).status_code == 404
    client.force_login(MembershipFactory(role="partner_editor", house=coming.house).user)
    assert client.get(page(coming)).status_code == 403


def test_a_meeting_on_its_own_has_none(desk, meeting):
    assert desk.get(reverse("series_agenda", args=[meeting.pk])).status_code == 404


def test_it_costs_the_same_for_one_date_and_for_many(els, house, django_assert_max_num_queries):
    counts = []
    for weeks in (1, 12):
        series = planned(house, els, ends_on=timezone.localdate(NOW) + dt.timedelta(weeks=weeks))
        with django_assert_max_num_queries(20) as queries:
            put(series, els, WELCOME, ROUND)
        counts.append(len(queries))
    assert counts[0] == counts[1]
