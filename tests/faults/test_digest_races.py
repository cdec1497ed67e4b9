"""Two workers at the same minute, two taps on the same link: one mail, one follow. With a negative control."""

import datetime as dt
import uuid

import pytest

from activities.actions import digest
from activities.actions.digest import send_digests
from activities.actions.follow import Followed, ask_to_follow, confirm_follow
from activities.actions.saved import toggle_saved
from activities.models import Follow, SavedActivity
from activities.saved_search import fitting
from huizen.models import Message
from tests.activities.test_digest import BEFORE, THURSDAY, an_offer, follows
from tests.at_once import at_once, then_together
from tests.factories import NOW, ActivityFactory, FollowFactory, HouseFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6


def workers_at_once():
    house = HouseFactory()
    an_offer(house)
    for _ in range(4):
        follows(house)
    return at_once([lambda: send_digests(search=fitting, now=THURSDAY)] * WORKERS, threads=WORKERS)


def test_many_workers_send_each_weekly_mail_once():
    assert sum(workers_at_once()) == 4
    assert Message.objects.count() == 4
    assert Follow.objects.filter(last_sent_at=THURSDAY).count() == 4


def take_without_lock(key, due):
    return Follow.objects.current().filter(pk=key, covered_until__lt=due).select_related("house").first()


def test_without_the_lock_and_the_key_they_would_not(monkeypatch):
    """The negative control: whoever looks first at the same time sees mail that did not go yet, and sends it too."""
    monkeypatch.setattr(digest, "take", then_together(take_without_lock, WORKERS))
    monkeypatch.setattr(digest, "key_of", lambda row, due: str(uuid.uuid4()))
    workers_at_once()
    assert Message.objects.count() > 4


def test_the_key_alone_holds_too(monkeypatch):
    monkeypatch.setattr(digest, "take", then_together(take_without_lock, WORKERS))
    workers_at_once()
    assert Message.objects.count() == 4


def test_a_link_that_is_pressed_twice_at_once_is_confirmed_once():
    row = FollowFactory(confirmed_at=None, covered_until=BEFORE)
    seconds = [NOW + dt.timedelta(seconds=number) for number in range(WORKERS)]
    confirmed = at_once(
        [lambda at=at: confirm_follow(follow_id=row.pk, now=at).confirmed_at for at in seconds]
    )
    assert len(set(confirmed)) == 1
    row.refresh_from_db()
    assert row.confirmed_at == row.covered_until == confirmed[0]


def test_a_question_that_is_sent_twice_at_once_is_one_follow_and_one_mail():
    house = HouseFactory()
    ask = lambda: ask_to_follow(email="an@voorbeeld.example", followed=Followed("Mol", house=house), now=NOW)  # noqa: E731
    assert at_once([ask] * WORKERS) == [None] * WORKERS
    assert (Follow.objects.count(), Message.objects.count()) == (1, 1)


def test_two_stars_at_once_leave_one_row_or_none():
    user, activity = UserFactory(), ActivityFactory()
    at_once([lambda: toggle_saved(activity=activity, by=user, now=NOW)] * WORKERS)
    assert SavedActivity.objects.count() <= 1
