"""Reminders of a survey: to who did not hand in, each once, by rule, asked again just before sending."""

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from huizen.outbox.release import release_due
from projects.actions.survey_answer import give_back
from projects.actions.survey_round import change_round, reconcile_surveys
from tests.factories import NOW, MembershipFactory
from tests.projects.builders import make_officer
from tests.projects.surveys import CHOICE, DAY, hand_in, make_house, make_round, questions_of, release

pytestmark = pytest.mark.django_db
OPEN = NOW + 2 * DAY


@pytest.fixture
def els():
    house, user = make_house(name="Huis Els")
    house.memberships.update(created_at=NOW - DAY)
    return user


@pytest.fixture
def row(els):
    return release(make_round(CHOICE))


def planned(state="planned"):
    """Rule and day of what is planned, in order."""
    rows = PlannedMessage.objects.filter(state=state).order_by("due_at")
    return [(row.key.rpartition(":")[2], timezone.localtime(row.due_at)) for row in rows]


def nine(day):
    return dt.datetime.combine(day, dt.time(9), tzinfo=timezone.get_default_timezone())


def test_on_the_first_day_and_14_3_and_1_days_before_the_last(row):
    last = row.closes_on
    assert planned() == [
        ("open", nine(row.opens_on)),
        ("14d", nine(last - 14 * DAY)),
        ("3d", nine(last - 3 * DAY)),
        ("1d", nine(last - DAY)),
    ]


def test_planning_again_changes_nothing(row):
    before = list(PlannedMessage.objects.order_by("pk").values())
    reconcile_surveys(now=OPEN)
    assert list(PlannedMessage.objects.order_by("pk").values()) == before


def test_each_coordinator_and_nobody_else(row, els):
    house = els.memberships.get().house
    second = MembershipFactory(house=house).user
    MembershipFactory(house=house, role="staff")
    house.memberships.update(created_at=NOW - DAY)
    reconcile_surveys(now=OPEN)
    assert set(PlannedMessage.objects.values_list("recipient", flat=True)) == {els.email, second.email}


def test_a_house_that_handed_in_hears_no_more(row, els):
    answer = row.answers.get()
    hand_in(answer, els, OPEN, **{questions_of(row)[0].key: 1})
    assert planned() == []
    give_back(answer=answer, reason="Nog iets.", by=make_officer(), now=OPEN)
    assert [rule for rule, _ in planned()] == ["open", "14d", "3d", "1d"]


def test_a_later_last_day_moves_what_is_planned(row):
    later = row.closes_on + 7 * DAY
    change_round(round=row, facts={"closes_on": later}, by=make_officer(), now=OPEN)
    assert planned()[-1] == ("1d", nine(later - DAY))
    assert [rule for rule, _ in planned("cancelled")] == ["open", "14d", "3d", "1d"]


def test_after_a_standstill_one_mail_goes(row):
    release_due(now=nine(row.closes_on - 2 * DAY) + dt.timedelta(hours=1))
    assert Message.objects.count() == 1
    assert [rule for rule, _ in planned("released")] == ["3d"]
    assert [rule for rule, _ in planned("expired")] == ["open", "14d"]


def test_a_year_of_standstill_sends_nothing(row):
    release_due(now=NOW + 365 * DAY)
    assert not Message.objects.exists()


def why_not(message, now):
    return kind_named(message.kind).why_not(message, now)


def test_asked_again_just_before_sending(row, els):
    due = nine(row.closes_on - 3 * DAY)
    message = PlannedMessage.objects.get(key__endswith=":3d")
    assert why_not(message, due) == ""
    assert why_not(message, due + 9 * DAY) == "de bevraging is niet open"
    els.memberships.update(ended_at=NOW)
    assert why_not(message, due) == "antwoordt niet meer voor dit Huis"
    hand_in(row.answers.get(), els, OPEN, **{questions_of(row)[0].key: 1})
    assert why_not(message, due) == "het Huis diende al in"


def test_a_moved_last_day_sends_no_old_reminder(row):
    message = PlannedMessage.objects.get(key__endswith=":3d")
    facts = {"closes_on": row.closes_on + DAY}
    change_round(round=row, facts=facts, by=make_officer(), now=OPEN)
    assert why_not(message, nine(row.closes_on - 3 * DAY)) == "de laatste dag is verplaatst"


def test_what_the_mail_says(row, els):
    message = PlannedMessage.objects.get(key__endswith=":open")
    letter = kind_named(message.kind).compose(message, message.due_at)
    text = render_to_string(f"emails/{letter.template}.txt", letter.context)
    assert text.startswith("Nieuwe bevraging: Voorbeeldbevraging\n")
    assert "vrijdag 3 april" in text
    assert f"/beheer/bevraging/{row.answers.get().pk}/" in text


def test_the_number_of_statements_does_not_grow_with_houses(row):
    def count():
        with CaptureQueriesContext(connection) as captured:
            reconcile_surveys(now=OPEN)
        return len(captured)

    count()
    one = count()
    for _ in range(3):
        make_house()
    count()
    assert count() == one
