"""Two sign-ups at the same time for the same child: a warning, never a block, and never to a stranger."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities.actions.registration_mail import manage_path
from activities.models import Registration
from activities.overlap import Overlap, Stay, overlaps, overlaps_of
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW, UserFactory

MARCH = dt.date(2024, 3, 1)
APRIL = dt.date(2024, 4, 1)


def stay(key, first, last, *children):
    """A stay of so many hours after nine o'clock."""
    hour = dt.timedelta(hours=1)
    return Stay(key, f"Moment {key}", NOW + first * hour, NOW + last * hour, tuple(children))


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ((("Noor", MARCH),), (("Noor", MARCH),), ("Noor",)),
        ((("Noor", MARCH),), ((" noor ", None),), ("Noor",)),
        ((("Noor", MARCH),), (("Noor", APRIL),), None),
        ((("Noor", MARCH),), (("Sam", MARCH),), None),
        ((("Noor", None), ("Sam", None)), (("Sam", None), ("Noor", None)), ("Noor", "Sam")),
        ((), (("Noor", MARCH),), ()),
        ((), (), ()),
    ],
)
def test_who_is_expected_twice(one, other, names):
    pair = [stay(1, 0, 2, *one), stay(2, 1, 3, *other)]
    assert overlaps(pair) == ([] if names is None else [Overlap(*pair, names)])


def test_what_follows_on_is_no_overlap():
    assert overlaps([stay(1, 0, 2), stay(2, 2, 3)]) == []


@pytest.mark.parametrize(
    ("names", "words"),
    [((), "Jullie hebben"), (("Noor",), "Noor heeft"), (("Noor", "Sam", "Ali"), "Noor, Sam en Ali hebben")],
)
def test_it_says_who(names, words):
    assert Overlap(stay(1, 0, 1), stay(2, 0, 1), names).who == words


HOURS = st.integers(0, 12)
CHILDREN = st.lists(
    st.tuples(st.sampled_from(["Noor", "noor ", "Sam"]), st.sampled_from([None, MARCH, APRIL])), max_size=3
)
STAYS = st.lists(st.tuples(HOURS, st.integers(1, 5), CHILDREN), max_size=8).map(
    lambda rows: [stay(n, first, first + long, *kids) for n, (first, long, kids) in enumerate(rows)]
)


@given(STAYS, st.randoms(use_true_random=False))
def test_every_pair_is_found_once_whatever_the_order(stays, dice):
    def together(one, other):
        same = (
            not one.children
            or not other.children
            or any(
                a.strip().casefold() == b.strip().casefold() and (x is None or y is None or x == y)
                for a, x in one.children
                for b, y in other.children
            )
        )
        return one.starts_at < other.ends_at and other.starts_at < one.ends_at and same

    expected = {
        frozenset((one.key, other.key))
        for one in stays
        for other in stays
        if one.key < other.key and together(one, other)
    }
    mixed = list(stays)
    dice.shuffle(mixed)
    found = overlaps(mixed)
    assert [frozenset((each.first.key, each.second.key)) for each in found] == [
        frozenset((each.first.key, each.second.key)) for each in overlaps(stays)
    ]
    assert {frozenset((each.first.key, each.second.key)) for each in found} == expected
    assert len(found) == len(expected)
    assert all(each.first.starts_at <= each.second.starts_at for each in found)


def tomorrow(hours=0):
    return (timezone.now() + dt.timedelta(days=1, hours=hours)).replace(minute=0, second=0, microsecond=0)


def form(name="Noor", email="alice@voorbeeld.example"):
    return {
        "sleutel": str(uuid.uuid4()),
        "name": "Alice",
        "email": email,
        "rijen": "1",
        "kind-0-first_name": name,
    }


def signs_up(client, session, **typed):
    """Sends the form and gives the page that follows."""
    return client.post(f"/momenten/{session.pk}/inschrijven/", form(**typed), follow=True).content.decode()


WARNING = "Noor heeft op hetzelfde moment ook"


@pytest.mark.django_db
def test_the_second_sign_up_in_a_browser_warns_of_the_first(client):
    signs_up(client, a_moment(original_start=tomorrow(), activity={"title": "Babymassage"}))
    page = signs_up(client, a_moment(original_start=tomorrow(1)))
    assert WARNING in page
    assert "Babymassage" in page
    assert "Je bent ingeschreven" in page
    assert Registration.objects.current().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "name"), [(5, "Noor"), (1, "Sam")], ids=["another hour", "another child"])
def test_there_is_no_warning_without_reason(client, hours, name):
    signs_up(client, a_moment(original_start=tomorrow()))
    page = signs_up(client, a_moment(original_start=tomorrow(hours)), name=name)
    assert "Twee dingen tegelijk" not in page


@pytest.mark.django_db
def test_a_stranger_who_types_an_address_learns_nothing_of_it(client):
    signs_up(client, a_moment(original_start=tomorrow(), activity={"title": "Babymassage"}))
    page = signs_up(Client(), a_moment(original_start=tomorrow(1)))
    assert "Je bent ingeschreven" in page
    assert "Babymassage" not in page


@pytest.mark.django_db
def test_a_cookie_that_was_changed_tells_nothing(client):
    signs_up(client, a_moment(original_start=tomorrow()))
    client.cookies["inschrijvingen"] = "0" * 32
    assert WARNING not in signs_up(client, a_moment(original_start=tomorrow(1)))


@pytest.mark.django_db
def test_with_an_account_what_was_signed_up_for_elsewhere_counts_too(client):
    signs_up(Client(), a_moment(original_start=tomorrow(), activity={"title": "Babymassage"}))
    client.force_login(UserFactory(email="alice@voorbeeld.example"))
    page = signs_up(client, a_moment(original_start=tomorrow(1)))
    assert WARNING in page
    page = client.get("/mijn/").content.decode()
    assert "Twee dingen tegelijk?" in page
    assert "Noor heeft op hetzelfde moment ‘Babymassage’" in page


@pytest.mark.django_db
def test_what_was_cancelled_or_does_not_take_place_warns_nobody(client):
    first, second = a_moment(original_start=tomorrow()), a_moment(original_start=tomorrow())
    signs_up(client, first)
    signs_up(client, second)
    second.status = "cancelled"
    second.save()
    third = a_moment(original_start=tomorrow(1))
    Registration.objects.filter(session=first).update(state="cancelled", cancelled_at=timezone.now())
    assert WARNING not in signs_up(client, third)


@pytest.mark.django_db
def test_the_sign_up_that_is_looked_at_stands_first():
    later = NOW + dt.timedelta(days=1, hours=1)
    session, other = a_moment(original_start=later), a_moment()
    one, two = sign_up(session), sign_up(other)
    (overlap,) = overlaps_of(one, [two])
    assert (overlap.first.key, overlap.second.key) == (one.pk, two.pk)
    assert overlap.names == ("Kind 0",)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 4])
def test_the_number_of_questions_does_not_grow(client, number, django_assert_num_queries):
    for _ in range(number):
        signs_up(client, a_moment(original_start=tomorrow()))
    path = manage_path(Registration.objects.order_by("created_at").last())
    with django_assert_num_queries(5):
        client.get(path)
