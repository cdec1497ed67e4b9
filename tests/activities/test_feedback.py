"""How was it? Asked once, answered in one tap, and nobody can tell who said what."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions import feedback
from activities.actions.contact import Contact
from activities.actions.feedback import KIND, feedback_path, give_feedback, summary
from activities.actions.registration_change import cancel_registration
from activities.actions.session_change import cancel_session, move_session
from activities.models import Feedback, Registration
from huizen import retention
from huizen.models import Event, Message, PlannedMessage, Suppression
from huizen.outbox.kinds import kind_named
from huizen.outbox.release import release_due
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db


def questions(**where):
    return PlannedMessage.objects.filter(kind=feedback.NAME, **where)


def asked() -> list[str]:
    return sorted(Message.objects.filter(template="feedback_request").values_list("recipient", flat=True))


def test_the_question_is_planned_for_ten_the_day_after():
    session = a_moment(starts_at=dt.datetime(2026, 3, 28, 20, tzinfo=NOW.tzinfo))
    sign_up(session)
    row = questions().get()
    assert timezone.localtime(row.due_at).strftime("%d/%m %H.%M") == "29/03 10.00"
    assert row.expires_at - row.due_at == dt.timedelta(days=7)


def test_the_outbox_knows_the_kind():
    assert kind_named("feedback_request") == KIND


def test_who_waits_or_left_no_address_is_not_asked():
    session = a_moment(capacity=1)
    sign_up(session, contact=Contact("Alice", phone="014 00 00 00"))
    sign_up(session, "Bob")
    assert not questions().exists()


def test_the_mail_has_one_link_and_asks_in_one_sentence():
    session = a_moment()
    registration = sign_up(session)
    release_due(now=questions().get().due_at)
    mail = Message.objects.get(template="feedback_request")
    assert mail.context["link"].endswith(feedback_path(registration))
    assert mail.category == "feedback"


def test_who_left_is_not_asked():
    registration = sign_up(a_moment())
    due = questions().get().due_at
    cancel_registration(registration_id=registration.pk, now=NOW)
    assert questions().get().state == "cancelled"
    release_due(now=due)
    assert asked() == []


def test_of_a_moment_that_was_called_off_or_moved_nobody_is_asked_too_early():
    gone, moved = a_moment(), a_moment()
    sign_up(gone), sign_up(moved, "Bob")
    cancel_session(session_id=gone.pk, reason="Ziek.", by=None, now=NOW)
    later = moved.starts_at + dt.timedelta(days=7)
    move_session(
        session_id=moved.pk,
        starts_at=later,
        ends_at=later + dt.timedelta(hours=1),
        location=None,
        by=None,
        now=NOW,
    )
    assert questions(state="planned").get().due_at > later
    release_due(now=NOW + dt.timedelta(days=3))
    assert asked() == []
    release_due(now=later + dt.timedelta(days=2))
    assert asked() == ["bob@voorbeeld.example"]


def weekly(weeks: int):
    """Moments of one activity, a week apart, with one family in each."""
    first = a_moment()
    rest = [
        SessionFactory(activity=first.activity, original_start=first.starts_at + dt.timedelta(weeks=week))
        for week in range(1, weeks)
    ]
    for session in [first, *rest]:
        sign_up(session)
    return [first, *rest]


def test_a_family_that_comes_every_week_is_asked_once_in_sixty_days():
    sessions = weekly(10)
    for session in sessions:
        release_due(now=feedback.asked_at(session))
    assert len(asked()) == 2
    released = [row.due_at for row in questions(state="released").order_by("due_at")]
    assert released[1] - released[0] >= feedback.ASKED_AGAIN


def test_two_moments_on_one_day_give_one_question():
    first = a_moment()
    second = SessionFactory(activity=first.activity, original_start=first.starts_at)
    sign_up(first), sign_up(second)
    release_due(now=feedback.asked_at(first))
    assert asked() == ["alice@voorbeeld.example"]


def test_another_activity_and_another_family_are_asked_on_their_own():
    one, other = a_moment(), a_moment()
    sign_up(one), sign_up(one, "Bob"), sign_up(other)
    release_due(now=feedback.asked_at(one))
    assert len(asked()) == 3


def test_who_answered_already_is_not_asked():
    registration = sign_up(a_moment())
    give_feedback(registration_id=registration.pk, score=3, now=NOW)
    release_due(now=questions().get().due_at)
    assert asked() == []


def test_an_opinion_is_kept_once_and_apart_from_who_gave_it():
    registration = sign_up(a_moment())
    events = Event.objects.count()
    assert give_feedback(registration_id=registration.pk, score=2, text="Warm.", now=NOW)
    assert not give_feedback(registration_id=registration.pk, score=1, text="Nog eens.", now=NOW)
    opinion = Feedback.objects.get()
    assert (opinion.session, opinion.score, opinion.text) == (registration.session, 2, "Warm.")
    assert {field.name for field in Feedback._meta.fields} == {"id", "session", "score", "text", "given_on"}
    assert Event.objects.count() == events


def test_a_summary_needs_three_opinions(django_assert_num_queries):
    session = a_moment()
    for score, expected in ((3, None), (3, None), (1, {"total": 3, "good": 2, "fair": 0, "bad": 1})):
        Feedback.objects.create(session=session, score=score, given_on=NOW.date())
        with django_assert_num_queries(1):
            assert summary(session.activity) == expected


def test_opinions_are_forgotten_after_two_years():
    Feedback.objects.create(session=a_moment(), score=3, given_on=NOW.date())
    retention.apply_retention(now=NOW + dt.timedelta(days=729))
    assert Feedback.objects.count() == 1
    retention.apply_retention(now=NOW + dt.timedelta(days=732))
    assert Feedback.objects.count() == 0


# On the site.
@pytest.fixture
def registration():
    began = timezone.now() - dt.timedelta(days=1)
    return sign_up(a_moment(original_start=began), now=began - dt.timedelta(days=2))


def test_three_faces_and_one_tap(client, registration):
    path = feedback_path(registration)
    text = client.get(path).content.decode()
    assert all(word in text for word in ("Fijn", "Gaat wel", "Niet fijn"))
    assert "Dank je" in client.post(path, {"score": "3"}, follow=True).content.decode()
    assert Feedback.objects.get().score == 3
    assert "Dank je" in client.get(path).content.decode()


def test_a_second_tap_keeps_the_first(client, registration):
    for score in ("1", "3"):
        client.post(feedback_path(registration), {"score": score, "text": "Fijn!"})
    assert Feedback.objects.get().score == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_that_open_the_link_say_nothing(client, registration, method):
    getattr(client, method)(feedback_path(registration), {"score": "3"})
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    "typed", [{}, {"score": "4"}, {"score": "x"}, {"score": "3", "text": "x" * 301}, {"score": "\x00"}]
)
def test_what_is_wrong_is_said_and_kept(client, registration, typed):
    text = client.post(feedback_path(registration), typed).content.decode()
    assert "error-summary" in text
    assert typed.get("text", "") in text
    assert Feedback.objects.count() == 0


def test_before_the_moment_there_is_nothing_to_say(client):
    registration = sign_up(a_moment(original_start=timezone.now() + dt.timedelta(days=1)), now=timezone.now())
    assert (
        "Deze vraag is er nog niet"
        in client.post(feedback_path(registration), {"score": "3"}).content.decode()
    )
    assert Feedback.objects.count() == 0


def test_who_does_not_want_the_question_says_so_once(client, registration):
    answer = client.post(feedback_path(registration), {"geen-mail": "1"}, follow=True)
    assert "Je krijgt deze vraag niet meer." in answer.content.decode()
    assert Suppression.objects.get().category == "feedback"


@pytest.mark.parametrize("token", ["x", "1~abc", "%00", "a" * 400])
def test_a_forged_link_says_so(client, token):
    assert client.get(f"/mening/{token}/").status_code == 404
    assert client.post(f"/mening/{token}/", {"score": "3"}).status_code == 404


def test_a_sign_up_that_was_forgotten_still_opens(client, registration):
    Registration.objects.update(name="", email="", contact_key="", anonymised_at=timezone.now())
    assert client.post(feedback_path(registration), {"geen-mail": "1"}).status_code == 302


def test_the_house_reads_it_at_the_moment_and_in_short_at_the_offer(client, registration):
    session = registration.session
    for text in ("Lekker warm.", "", ""):
        Feedback.objects.create(session=session, score=3, text=text, given_on=NOW.date())
    client.force_login(MembershipFactory(house=session.activity.house).user)
    assert "Fijn: Lekker warm." in client.get(f"/beheer/momenten/{session.pk}/").content.decode()
    text = client.get(f"/beheer/activiteiten/{session.activity_id}/").content.decode()
    assert "Wat 3 gezinnen vonden: 3 fijn, 0 gaat wel, 0 niet fijn." in text
