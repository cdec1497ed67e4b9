"""Two taps on one link, two workers on one month: one answer, one mail. With a negative control."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions import check_answer
from activities.actions.check_answer import confirm_offer
from activities.actions.check_asking import ask_monthly, ask_now
from activities.models import CheckLetter, CheckQuestion
from huizen.models import Event, PlannedMessage
from tests.activities.test_check_asking import FIRST, LONG_AGO
from tests.at_once import at_once, then_together
from tests.factories import ActivityFactory, CheckQuestionFactory, ContactFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6


def taps_at_once() -> int:
    """So many taps on the same link; how many counted."""
    question = CheckQuestionFactory(letter__asked_on=timezone.localdate())
    tap = lambda: confirm_offer(question_id=question.pk, now=timezone.now())  # noqa: E731
    return sum(at_once([tap] * WORKERS, threads=WORKERS))


def test_two_taps_at_once_are_one_answer():
    assert taps_at_once() == 1
    assert Event.objects.filter(verb="checked").count() == 1


def test_without_the_lock_they_would_be_more(monkeypatch):
    """The negative control: who looks at the same time finds no answer yet, and gives it again."""

    def unlocked(question_id, *, now):
        question = CheckQuestion.objects.select_related("letter", "activity").get(pk=question_id)
        return question, question.activity

    monkeypatch.setattr(check_answer, "_locked", then_together(unlocked, WORKERS))
    assert taps_at_once() > 1


def test_many_workers_ask_everybody_once():
    for _ in range(4):
        ActivityFactory(keeper=ContactFactory(), checked_on=LONG_AGO)
    assert sum(at_once([lambda: ask_monthly(now=FIRST)] * WORKERS, threads=WORKERS)) == 4
    assert (CheckLetter.objects.count(), CheckQuestion.objects.count()) == (4, 4)
    assert PlannedMessage.objects.count() == 8


def test_the_button_that_asks_at_once_pressed_by_several_asks_once():
    activity = ActivityFactory(keeper=ContactFactory(), checked_on=LONG_AGO)
    by = UserFactory()
    later = FIRST + dt.timedelta(days=1)
    at_once([lambda: ask_now(activity=activity, by=by, now=later)] * WORKERS, threads=WORKERS)
    assert CheckLetter.objects.count() == 1
