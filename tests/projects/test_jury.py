"""A jury: a conflict of interest keeps somebody away, points stand once handed in, the ranking follows and is stored nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huizen.models import Event
from projects.actions.call import CallError, set_criteria
from projects.actions.jury import (
    JuryError,
    declare,
    give_points,
    lift_conflict,
    may_take_back,
    seat_member,
    unseat_member,
)
from projects.application.jury import ranked
from projects.models import Judgement, JurySeat, Score
from tests.projects.application_builders import (
    AFTER,
    CRITERIA,
    NOW,
    judge,
    make_admitted,
    make_handed_in,
    make_juror,
    make_open_call,
    points,
)
from tests.projects.builders import make_officer, make_parent

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(call):
    return make_admitted(call)


@pytest.fixture
def juror(call):
    return make_juror(call)


def give(application, juror, *given, hand_in=True):
    facts = {"given": points(application.call, *given), "hand_in": hand_in}
    return give_points(application=application, **facts, by=juror, now=AFTER)


def say(application, juror, has_conflict):
    return declare(application=application, has_conflict=has_conflict, by=juror, now=AFTER)


def test_only_who_has_the_role_gets_a_place(call):
    with pytest.raises(JuryError, match="geen jurylid"):
        seat_member(call=call, user=make_parent(), by=make_officer(), now=NOW)


def test_a_place_is_given_once_and_given_again_it_keeps_its_number(call, juror):
    seat = JurySeat.objects.get()
    unseat_member(seat=seat, by=make_officer(), now=NOW)
    make_juror(call)
    seat_member(call=call, user=juror, by=make_officer(), now=NOW)
    assert JurySeat.objects.values_list("number", "user", "ended_at").get(number=1) == (
        1,
        juror.pk,
        None,
    )


def test_who_said_nothing_of_a_conflict_gives_no_points(application, juror):
    with pytest.raises(JuryError, match="eerst of je een belangenconflict"):
        give(application, juror, 5, 5)


def test_with_a_conflict_nobody_gives_points(application, juror):
    say(application, juror, True)
    with pytest.raises(JuryError):
        give(application, juror, 5, 5)


def test_a_conflict_by_mistake_is_taken_back_as_long_as_nobody_gave_points(application, juror):
    say(application, juror, True)
    assert not say(application, juror, False).has_conflict
    verbs = ["conflict_declared", "conflict_taken_back"]
    told = Event.objects.filter(verb__in=verbs).order_by("pk")
    assert [(each.verb, each.actor, each.reason) for each in told] == [
        (verb, None, "jurylid 1") for verb in verbs
    ]
    judge(application, juror, 8, 6)


def test_once_somebody_gave_points_only_the_agency_takes_a_conflict_back(call, application, juror):
    say(application, juror, True)
    other = make_juror(call)
    say(application, other, False)
    give(application, other, None, None, hand_in=False)
    assert may_take_back(conflict())
    give(application, other, 7, None, hand_in=False)
    with pytest.raises(JuryError, match="bel dan Opgroeien"):
        say(application, juror, False)
    with pytest.raises(JuryError, match="Zeg waarom"):
        lift(" ")
    officer = make_officer()
    lift("Ze verwarde twee Huizen.", by=officer)
    assert not Judgement.objects.filter(has_conflict=True).exists()
    event = Event.objects.get(verb="conflict_lifted")
    assert (event.actor, event.reason) == (officer, "jurylid 1: Ze verwarde twee Huizen.")
    judge(application, juror, 8, 6)


def test_after_the_decision_a_conflict_stays(application, juror):
    say(application, juror, True)
    said = conflict()
    application.__class__.objects.update(state="reserve")
    with pytest.raises(JuryError):
        say(application, juror, False)
    with pytest.raises(JuryError, match="al beslist"):
        lift("Toch niet.", said)
    assert conflict().has_conflict


def test_what_was_lifted_is_not_lifted_again(application, juror):
    say(application, juror, True)
    said = conflict()
    lift("Vergissing.", said)
    with pytest.raises(JuryError, match="al opgeheven"):
        lift("Vergissing.", said)


def conflict() -> Judgement:
    return Judgement.objects.select_related("application__call").get(has_conflict=True)


def lift(reason, said=None, by=None):
    lift_conflict(judgement=said or conflict(), reason=reason, by=by or make_officer(), now=AFTER)


def test_a_conflict_found_later_takes_the_points_away(application, juror):
    say(application, juror, False)
    give(application, juror, 5, 5, hand_in=False)
    assert say(application, juror, True).has_conflict
    assert not Score.objects.exists()


def test_after_handing_in_nothing_changes(application, juror):
    judge(application, juror, 8, 6)
    with pytest.raises(JuryError, match="al in"):
        give(application, juror, 9, 9)
    with pytest.raises(JuryError, match="al in"):
        say(application, juror, True)
    assert sorted(Score.objects.values_list("points", flat=True)) == [6, 8]


def test_points_are_kept_unfinished_and_handed_in_whole(application, juror):
    say(application, juror, False)
    give(application, juror, 7, None, hand_in=False)
    with pytest.raises(JuryError, match="Geef nog punten voor: Samenwerking"):
        give(application, juror, 7, None)
    assert ranked(application.call)[0].judged == 0


def test_who_sits_in_another_jury_does_nothing(application):
    with pytest.raises(JuryError, match="niet in de jury"):
        say(application, make_juror(make_open_call()), False)


def test_what_was_not_found_admissible_is_not_judged(call, juror):
    with pytest.raises(JuryError, match="niet in de jury"):
        say(make_handed_in(call), juror, False)


def test_who_left_the_jury_does_nothing_and_her_points_count(application, juror):
    judge(application, juror, 8, 6)
    unseat_member(seat=JurySeat.objects.get(), by=make_officer(), now=AFTER)
    with pytest.raises(JuryError):
        give(application, juror, 9, 9)
    assert ranked(application.call)[0].mean == "7,20"


def test_the_ranking_is_the_weighted_mean_of_who_handed_in(call, juror):
    second = make_juror(call)
    best, least, equal = (make_admitted(call, title=title) for title in ("Beste", "Minste", "Even goed"))
    for application, given in ((best, (9, 9)), (least, (5, 5)), (equal, (9, 9))):
        judge(application, juror, *given)
    judge(least, second, 6, 6)
    say(best, second, True)
    lines = ranked(call)
    assert [(str(each.application), each.place.place, each.mean) for each in lines] == [
        ("Beste", 1, "9,00"),
        ("Even goed", 1, "9,00"),
        ("Minste", 3, "5,50"),
    ]
    counted = [(each.judged, each.waiting, each.conflicts) for each in lines]
    assert counted == [(1, 0, 1), (1, 1, 0), (2, 0, 0)]
    assert [[str(other) for other in each.equals] for each in lines] == [["Even goed"], ["Beste"], []]


def test_a_ranking_of_three_costs_as_many_queries_as_one(call, juror):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            ranked(call)
        return len(captured)

    judge(make_admitted(call), juror, 5, 5)
    one = queries()
    for _ in range(2):
        judge(make_admitted(call), juror, 6, 6)
    assert queries() == one


def test_criteria_stand_still_once_somebody_gave_points(application, juror):
    judge(application, juror, 5, 5)
    with pytest.raises(CallError, match="al punten"):
        set_criteria(call=application.call, criteria=CRITERIA, by=make_officer(), now=AFTER)


def test_the_logbook_tells_no_names_of_the_jury(application, juror):
    judge(application, juror, 5, 5)
    said = Event.objects.filter(verb__in=["no_conflict_declared", "judged"])
    assert set(said.values_list("actor", "reason")) == {(None, "jurylid 1")}
    assert Judgement.objects.count() == 1
