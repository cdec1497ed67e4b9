"""Parts of pages are made once, and made again as soon as something that they show changes or the clock goes on."""

import datetime as dt

import pytest
from django.utils import translation

from huizen import changes
from huizen.changes import Piece, Pieces
from huizen.models import House, Location, User
from tests.factories import NOW, HouseFactory, LocationFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


class Counted:
    """Makes a piece of one House, and counts how often."""

    def __init__(self, house, **shows):
        self.pieces, self.times = Pieces(most=2), 0
        self.shows = {"rows": {House: [house.pk]}} | shows

    def make(self):
        self.times += 1
        return Piece.of(self.times, since=NOW, until=NOW + HOUR, **self.shows)

    def get(self, key="key", now=NOW):
        return self.pieces.get(key, self.make, now=now)


@pytest.fixture
def house():
    return HouseFactory()


def test_a_piece_is_made_once(house):
    counted = Counted(house)
    assert [counted.get(), counted.get()] == [1, 1]


def test_a_row_that_it_shows_makes_it_anew_and_another_row_does_not(house):
    counted = Counted(house)
    counted.get()
    HouseFactory()
    assert counted.get() == 1
    House.objects.filter(pk=house.pk).update(name="Anders")
    assert counted.get() == 2


def test_any_row_of_a_whole_table_makes_it_anew(house):
    counted = Counted(house, tables=[Location])
    counted.get()
    LocationFactory()
    assert counted.get() == 2


def test_a_piece_holds_until_its_hour_and_not_before_it_was_made(house):
    counted = Counted(house)
    asked = [NOW, NOW + HOUR / 2, NOW + HOUR, NOW, NOW - HOUR]
    assert [counted.get(now=now) for now in asked] == [1, 1, 2, 2, 3]


def test_each_language_has_its_own(house):
    counted = Counted(house)
    counted.get()
    with translation.override("fr"):
        assert counted.get() == 2
    assert counted.get() == 1


def test_the_one_goes_that_nobody_asked_for_longest(house):
    counted = Counted(house)
    made = [counted.get(key) for key in ("first", "second", "first", "third", "first", "second")]
    assert made == [1, 2, 1, 3, 1, 4]


def test_what_changes_while_a_piece_is_made_is_not_missed(house):
    """It is made of the old row; who asks next gets a new one."""
    counted = Counted(house)
    make = counted.make

    def make_and_change():
        piece = make()
        House.objects.filter(pk=house.pk).update(name="Ondertussen")
        return piece

    assert counted.pieces.get("key", make_and_change, now=NOW) == 1
    assert counted.get() == 2


def test_who_begins_anew_keeps_nothing(house):
    counted = Counted(house)
    counted.get()
    changes.reset()
    assert counted.get() == 2


def test_a_name_that_changes_is_told_and_a_sign_in_is_not():
    user = UserFactory(name="Els")
    seen = changes.generation()
    User.objects.filter(pk=user.pk).update(last_login=NOW)
    assert changes.generation() == seen
    User.objects.filter(pk=user.pk).update(name="Els Peeters")
    changes.generation()
    assert changes.since(seen) == {changes.Change("huizen_user", str(user.pk))}
