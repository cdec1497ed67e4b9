"""Noting who came: what is kept, what is undone, and that nobody's tap is lost."""

import datetime as dt
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from activities.actions.attendance import AttendanceError, Mark, mark_attendance, mark_new, mark_rest
from activities.actions.forget import forget_registrations
from activities.actions.headcount import add_visit, count_heads, remove_visit
from activities.models import Attendance, Came, Headcount, Participant, Visit
from huizen.models import Event
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db

THEN = NOW + dt.timedelta(days=1, minutes=30)
PRESENT, ABSENT, EXCUSED = Came.values


@pytest.fixture
def session():
    return a_moment()


def take(session, marks, now=THEN):
    return mark_attendance(session_id=session.pk, marks=marks, by=None, now=now)


def children_of(registration) -> list[Mark]:
    return [Mark(registration.pk, child.pk) for child in registration.participants.order_by("pk")]


def said(marks, *states) -> list[Mark]:
    return [Mark(mark.registration, mark.child, state) for mark, state in zip(marks, states, strict=True)]


def known(registration) -> tuple | None:
    row = Attendance.objects.filter(registration=registration).first()
    return row and (row.state, row.children, row.adults, row.is_new)


def test_each_child_is_noted_and_the_family_follows(session):
    alice = sign_up(session, children=2)
    marks = children_of(alice)
    take(session, said(marks, PRESENT, ABSENT))
    assert known(alice) == (PRESENT, 1, 0, False)
    take(session, said(marks, ABSENT, ABSENT))
    assert known(alice) == (ABSENT, 0, 0, False)
    take(session, said(marks, "", ""))
    assert known(alice) is None


def test_a_party_of_persons_comes_with_how_many(session):
    session = a_moment(activity={"counts": "persons"})
    alice = sign_up(session, children=[], places=3)
    take(session, [Mark(alice.pk, None, PRESENT)])
    assert known(alice) == (PRESENT, 0, 3, False)
    take(session, [Mark(alice.pk, None, PRESENT, 2)])
    assert known(alice) == (PRESENT, 0, 2, False)


def test_a_tap_is_undone_with_what_it_gives_back(session):
    alice, marks = sign_up(session, children=2), []
    marks = children_of(alice)
    take(session, said(marks, EXCUSED, PRESENT))
    before = take(session, said(marks, PRESENT, ABSENT))
    take(session, before[::-1])
    assert list(alice.participants.order_by("pk").values_list("came", flat=True)) == [EXCUSED, PRESENT]


def test_the_rest_gets_one_answer_and_who_had_one_keeps_it(session):
    alice, bob = sign_up(session, children=2), sign_up(session, "Bob")
    take(session, said(children_of(bob), EXCUSED))
    before = mark_rest(session_id=session.pk, state=PRESENT, by=None, now=THEN)
    assert (known(alice), known(bob)) == ((PRESENT, 2, 0, False), (EXCUSED, 0, 0, False))
    take(session, before)
    assert (known(alice), known(bob)) == (None, (EXCUSED, 0, 0, False))


def test_new_is_said_of_who_is_there_alone(session):
    alice, bob = sign_up(session), sign_up(session, "Bob")
    take(session, said(children_of(alice) + children_of(bob), PRESENT, ABSENT))
    for each in (alice, bob):
        mark_new(registration_id=each.pk, is_new=True, now=THEN)
    assert (known(alice), known(bob)) == ((PRESENT, 1, 0, True), (ABSENT, 0, 0, False))


@pytest.mark.parametrize(
    ("now", "sentence"),
    [(NOW, "Dat kan vanaf 08.00 uur die dag."), (THEN - dt.timedelta(hours=1, minutes=31), "Dat kan vanaf")],
)
def test_not_before_an_hour_ahead(session, now, sentence):
    alice = sign_up(session)
    with pytest.raises(AttendanceError, match=sentence):
        take(session, said(children_of(alice), PRESENT), now=now)
    assert known(alice) is None


def test_long_after_it_can_still_be_mended_and_not_where_it_was_called_off(session):
    alice = sign_up(session)
    take(session, said(children_of(alice), PRESENT), now=THEN + dt.timedelta(days=40))
    session.status = "cancelled"
    session.save()
    with pytest.raises(AttendanceError, match="Dit moment gaat niet door"):
        take(session, said(children_of(alice), ABSENT))
    assert known(alice) == (PRESENT, 1, 0, False)


def test_who_is_not_on_the_list_is_not_noted(session):
    other = sign_up(a_moment())
    with pytest.raises(AttendanceError, match="van de lijst gehaald"):
        take(session, said(children_of(other), PRESENT))
    alice = sign_up(session)
    with pytest.raises(AttendanceError, match="Dit kind staat niet meer op de lijst"):
        take(session, [Mark(alice.pk, children_of(other)[0].child, PRESENT)])
    assert Attendance.objects.count() == 0


def test_the_logbook_says_once_a_day_who_noted_it(session):
    alice = sign_up(session)
    for state in (PRESENT, ABSENT, PRESENT):
        take(session, said(children_of(alice), state))
    take(session, said(children_of(alice), ABSENT), now=THEN + dt.timedelta(days=1))
    assert Event.objects.filter(verb="took_attendance").count() == 2


def test_counts_are_added_so_that_two_people_both_count(session):
    for step in ({"children": 3}, {"children": 2, "adults": 1}, {"children": -1}):
        row = count_heads(session_id=session.pk, steps=step, by=None, now=THEN)
    assert (row.children, row.adults, Headcount.objects.count()) == (4, 1, 1)


def test_counts_stay_between_zero_and_a_slip_and_new_families_are_families(session):
    def count(**steps):
        return count_heads(session_id=session.pk, steps=steps, by=None, now=THEN)

    assert count(children=-5).children == 0
    assert count(children=99_999).children == 5000
    row = count(new_families=2)
    assert (row.families, row.new_families) == (2, 2)
    row = count(families=-1)
    assert (row.families, row.new_families) == (1, 1)


def test_nobody_came_is_a_count_too(session):
    count_heads(session_id=session.pk, steps={}, by=None, now=THEN)
    assert Headcount.objects.get().families == 0


def test_a_family_that_walks_in_is_noted_once_and_taken_off(session):
    facts = {"session_id": session.pk, "form_key": uuid.uuid4(), "children": 2, "adults": 1, "now": THEN}
    for _ in range(2):
        visit = add_visit(by=None, first_names="Noor", is_new=True, **facts)
    assert Visit.objects.count() == 1
    for _ in range(2):
        remove_visit(visit_id=visit.pk, session_id=session.pk)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(("children", "adults"), [(0, 0), (21, 0), (0, 99)])
def test_a_family_is_of_one_to_twenty(session, children, adults):
    with pytest.raises(AttendanceError, match="Zeg met hoeveel ze waren"):
        add_visit(
            session_id=session.pk, form_key=uuid.uuid4(), children=children, adults=adults, by=None, now=THEN
        )


def test_names_are_erased_and_the_counts_stay(session):
    alice = sign_up(session, children=2)
    take(session, said(children_of(alice), PRESENT, PRESENT))
    add_visit(
        session_id=session.pk,
        form_key=uuid.uuid4(),
        children=1,
        adults=1,
        first_names="Lou",
        by=None,
        now=THEN,
    )
    later = THEN + dt.timedelta(days=90)
    assert forget_registrations(before=later - dt.timedelta(days=60), now=later) == 2
    assert (known(alice), Participant.objects.count()) == ((PRESENT, 2, 0, False), 0)
    assert list(Visit.objects.values_list("first_names", "children")) == [("", 1)]
    with pytest.raises(AttendanceError):
        take(session, [Mark(alice.pk, None, ABSENT)], now=later)


class TestAnyOrder(TestCase):
    """Whatever is tapped in whatever order: the family is what its children last were."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", *Came.values])), max_size=12))
    def test_the_family_counts_its_children_that_are_there(self, taps):
        session = a_moment()
        alice = sign_up(session, children=3)
        marks, last = children_of(alice), ["", "", ""]
        for child, state in taps:
            take(session, [Mark(alice.pk, marks[child].child, state)])
            last[child] = state
        row = Attendance.objects.filter(registration=alice).first()
        assert (row.children if row else 0) == last.count(PRESENT)
        assert (row is None) == (not any(last))
