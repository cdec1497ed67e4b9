"""`/beheer/nakijken/`: what is to be looked at, how it stands with asking, and one button for several."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.dashboard import offers_to_call_about
from activities.models import Activity, CheckLetter
from huizen.roles import Role
from tests.factories import (
    ActivityFactory,
    CheckLetterFactory,
    CheckQuestionFactory,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/beheer/nakijken/"


@pytest.fixture
def today():
    return timezone.localdate()


def asked(house, days: int, **facts) -> Activity:
    """Something that is due, asked so many days ago of Bob."""
    contact = ContactFactory(name="Bob", phone="014 11 11 11")
    activity = ActivityFactory(house=house, keeper=contact)
    on = timezone.localdate() - dt.timedelta(days=days)
    letter = CheckLetterFactory(email=contact.email, name="Bob", phone=contact.phone, asked_on=on)
    CheckQuestionFactory(letter=letter, activity=activity, **facts)
    return activity


def only_line(client):
    (line,) = client.get(LIST).context["lines"]
    return line


@pytest.mark.parametrize(
    ("days", "facts", "words", "calls"),
    [
        (0, {}, "gevraagd op", False),
        (13, {}, "gevraagd op", False),
        (14, {}, "herinnerd op", False),
        (20, {}, "herinnerd op", False),
        (21, {}, "geen antwoord", True),
        (
            30,
            {"answer": "changes", "answered_at": timezone.now()},
            "antwoord: er verandert iets",
            False,
        ),
    ],
)
def test_each_line_says_how_it_stands_and_whom_to_call(client, signed_in, house, days, facts, words, calls):
    asked(house, days, **facts)
    _, state, _ = only_line(client)
    assert (state.words.startswith(words), state.call is not None) == (True, calls)
    page = client.get(LIST).content.decode()
    assert ("Bel even: Bob" in page, 'href="tel:' in page) == (calls, calls)


def test_what_was_not_asked_says_who_keeps_it(client, signed_in, house):
    ActivityFactory(house=house, keeper=ContactFactory(name="Charlie", phone="014 22 22 22"))
    page = client.get(LIST).content.decode()
    assert "nog niet gevraagd" in page
    assert "Charlie houdt dit bij, 014 22 22 22" in page


def test_a_question_before_the_last_look_is_forgotten(client, signed_in, house, today):
    activity = asked(house, 30)
    Activity.objects.filter(pk=activity.pk).update(checked_on=today - dt.timedelta(days=10))
    assert list(client.get(LIST).context["lines"]) == []


def test_what_is_due_within_a_month_stands_there_too(client, signed_in, house, today):
    soon = ActivityFactory(house=house, checked_on=today - dt.timedelta(days=160))
    clinic = ActivityFactory(
        house=house, checked_on=today - dt.timedelta(days=80), offer_type="consultation_clinic"
    )
    ActivityFactory(house=house, checked_on=today - dt.timedelta(days=80))
    assert {activity for activity, _, _ in client.get(LIST).context["lines"]} == {soon, clinic}


def test_ask_now_sends_one_mail_and_says_to_whom(client, signed_in, house):
    activity = ActivityFactory(house=house, keeper=ContactFactory(name="Bob"))
    answer = client.post(f"{LIST}{activity.pk}/vraag/", follow=True)
    assert "We vragen het aan Bob." in answer.content.decode()
    answer = client.post(f"{LIST}{activity.pk}/vraag/", follow=True)
    assert "minder dan twee weken geleden" in answer.content.decode()
    assert CheckLetter.objects.count() == 1


def test_several_are_looked_at_with_one_button(client, signed_in, house, today):
    first, second, left = (ActivityFactory(house=house) for _ in range(3))
    stranger = ActivityFactory()
    answer = client.post(
        f"{LIST}samen/", {"klopt": [first.pk, second.pk, stranger.pk, "x", "9" * 40]}, follow=True
    )
    assert "2 activiteiten zijn nagekeken" in answer.content.decode()
    looked_at = Activity.objects.filter(checked_on=today)
    assert set(looked_at) == {first, second}
    assert left not in looked_at


def test_nothing_ticked_says_so(client, signed_in):
    assert "Vink eerst aan" in client.post(f"{LIST}samen/", follow=True).content.decode()


def test_a_draft_among_them_is_named_and_left(client, signed_in, house):
    draft = ActivityFactory(house=house, status="draft")
    answer = client.post(f"{LIST}samen/", {"klopt": [draft.pk]}, follow=True)
    assert "staat niet online" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_editor_asks_and_ticks_her_own_offer_alone(client, house, today):
    editor = EditorFactory()
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    other = ActivityFactory(house=house, organiser=OrganisationFactory())
    client.force_login(editor.user)
    assert client.post(f"{LIST}{other.pk}/vraag/").status_code == 404
    client.post(f"{LIST}samen/", {"klopt": [other.pk]})
    other.refresh_from_db()
    assert other.checked_on is None
    for path in (f"{LIST}{other.pk}/vraag/", f"{LIST}samen/"):
        assert client.get(path).status_code == 405


def test_the_desk_says_whom_to_call(client, signed_in, house):
    asked(house, 30)
    asked(house, 5)
    asked(HouseFactory(), 30)
    (tile,) = offers_to_call_about(signed_in, timezone.now())
    assert (tile.title, tile.count) == ("Bel even", 1)
    assert len(client.get(tile.url).context["lines"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, signed_in, house, rows, django_assert_num_queries
):
    for _ in range(rows):
        asked(house, 30)
    with django_assert_num_queries(10):
        client.get(LIST)
