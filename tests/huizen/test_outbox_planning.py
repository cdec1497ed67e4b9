"""Planning reminders: each key once, revived when wanted again, in two statements."""

from datetime import UTC, datetime, timedelta

import pytest

from huizen.models import Category, House, PlannedMessage
from huizen.outbox.planning import Plan, Reminder, plan, plan_many
from tests.at_once import at_once

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
State = PlannedMessage.State


@pytest.fixture
def house(db):
    return House.objects.create(slug="demo", name="Voorbeeldhuis")


def reminder(key, days=3):
    return Reminder(
        kind="test",
        key=key,
        category=Category.MEETING_REMINDER,
        recipient="an@example.org",
        due_at=NOW + timedelta(days=days),
        expires_at=NOW + timedelta(days=days + 1),
    )


def states():
    return dict(PlannedMessage.objects.order_by("key").values_list("key", "state"))


def test_a_plan_adds_what_is_new_and_cancels_what_is_not_wanted(house):
    plan(house, [reminder("a"), reminder("b")], house=house)
    plan(house, [reminder("b"), reminder("c")], house=house)

    assert states() == {"a": State.CANCELLED, "b": State.PLANNED, "c": State.PLANNED}


def test_a_cancelled_reminder_that_is_wanted_again_comes_alive(house):
    plan(house, [reminder("a")], house=house)
    plan(house, [], house=house)
    assert PlannedMessage.objects.get().reason == "niet meer nodig"

    plan(house, [reminder("a")], house=house)

    row = PlannedMessage.objects.get()
    assert (row.state, row.reason) == (State.PLANNED, "")


@pytest.mark.parametrize("state", [State.RELEASED, State.EXPIRED, State.SUPPRESSED, State.FAILED])
def test_what_left_or_ended_is_neither_cancelled_nor_planned_again(house, state):
    plan(house, [reminder("a")], house=house)
    PlannedMessage.objects.update(state=state)

    plan(house, [reminder("a")], house=house)
    plan(house, [], house=house)

    assert states() == {"a": state}


def test_planning_one_thing_leaves_the_others_alone(house):
    other = House.objects.create(slug="ander", name="Ander huis")
    plan(other, [reminder("a")], house=other)

    plan(house, [], house=house)

    assert states() == {"a": State.PLANNED}


@pytest.mark.parametrize("number", [1, 300])
def test_planning_takes_two_statements_whatever_the_number(house, number, django_assert_num_queries):
    with django_assert_num_queries(2):
        plan(house, [reminder(f"k{n:04}") for n in range(number)], house=house)


def test_many_things_are_planned_in_two_statements_too(house, django_assert_num_queries):
    others = [House.objects.create(slug=f"h{n}", name=f"Huis {n}") for n in range(5)]
    with django_assert_num_queries(2):
        plan_many(Plan(each, [reminder(f"{each.slug}:1")], each) for each in others)

    assert PlannedMessage.objects.filter(house__in=others).count() == 5


def test_nothing_to_plan_for_nobody_changes_nothing(house):
    plan(house, [reminder("a")], house=house)
    plan_many([])

    assert states() == {"a": State.PLANNED}


@pytest.mark.django_db(transaction=True)
def test_planners_of_the_same_keys_at_the_same_moment_make_one_row_each(house):
    """F43. Half of them come with the keys in the other order: they wait for each other and do not deadlock."""
    keys = [f"k{n:04}" for n in range(200)]

    def work(in_order):
        plan(house, [reminder(key) for key in in_order], house=house)

    assert at_once([lambda: work(keys), lambda: work(reversed(keys))] * 2) == [None] * 4
    assert states() == dict.fromkeys(keys, State.PLANNED)
