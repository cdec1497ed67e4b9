"""By the link in her mail somebody says whether her offer still holds: looking changes nothing, a button answers once."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from activities.actions.check_answer import AnswerError, confirm_offer
from activities.actions.check_mail import question_path
from activities.actions.report import solve_report
from activities.models import Activity, CheckQuestion, Report
from huizen import links
from huizen.models import Event, Message
from huizen.roles import Role
from tests.factories import (
    ActivityFactory,
    CheckLetterFactory,
    CheckQuestionFactory,
    ContactFactory,
    EditorFactory,
    MembershipFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_count():
    cache.clear()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def question(today):
    found = CheckQuestionFactory(letter__asked_on=today, activity__title="Samen zingen")
    contact = found.activity.keeper
    Activity.objects.filter(pk=found.activity_id).update(organiser=contact.organisation)
    return found


def another(question, **facts):
    """One more question to the same person, in the same letter."""
    activity = ActivityFactory(keeper=question.activity.keeper, **facts)
    return CheckQuestionFactory(letter=question.letter, activity=activity)


def tap(client, question, wat="klopt", **typed):
    return client.post(question_path(question), {"wat": wat, **typed}, follow=True)


def answers() -> list[str]:
    return list(CheckQuestion.objects.order_by("activity").values_list("answer", flat=True))


# Looking.
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_as_mail_scanners_do_changes_nothing(client, question, method):
    for _ in range(3):
        assert getattr(client, method)(question_path(question), {"wat": "klopt"}).status_code == 200
    question.activity.refresh_from_db()
    assert (question.activity.checked_on, answers(), Event.objects.count()) == (None, [""], 0)


def test_she_sees_what_parents_read(client, question, today):
    ScheduleFactory(activity=question.activity, kind="weekly", weekdays=[2], starts_on=today, dates=[])
    SessionFactory(activity=question.activity, original_start=timezone.now() + dt.timedelta(days=1))
    page = client.get(question_path(question)).content.decode()
    for words in (
        "Samen zingen",
        "Elke woensdag van 9 tot 12 uur",
        "Morgen van",
        "Gratis",
        "Nog nooit nagekeken",
    ):
        assert words in page
    assert "Klopt nog</span>" in page


@pytest.mark.parametrize("others", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three(
    client, question, others, django_assert_num_queries
):
    for _ in range(others):
        another(question)
    with django_assert_num_queries(15):
        client.get(question_path(question))


# It holds.
def test_one_tap_confirms_and_tells_the_logbook_for_whom_and_not_who(client, question, today):
    Activity.objects.update(status="to_check")
    answer = tap(client, question)
    assert "Ouders zien dat het vandaag is nagekeken" in answer.content.decode()
    question.activity.refresh_from_db()
    assert (question.activity.checked_on, question.activity.status) == (today, "published")
    event = Event.objects.get()
    assert (event.verb, event.actor) == ("checked", None)
    assert event.reason == f"met de link in de mail, voor {question.activity.organiser}"
    assert question.letter.name not in event.reason


def test_a_second_tap_is_the_same_answer(client, question):
    tap(client, question)
    assert "Dit hadden we al genoteerd" in tap(client, question).content.decode()
    assert (Event.objects.count(), answers()) == (1, ["holds"])


def test_who_has_an_account_stands_in_the_logbook(client, today):
    editor = EditorFactory()
    activity = ActivityFactory(organiser=editor.organisation)
    letter = CheckLetterFactory(email=editor.user.email, asked_on=today)
    tap(client, CheckQuestionFactory(letter=letter, activity=activity))
    assert (Event.objects.get().actor, Event.objects.get().reason) == (editor.user, "")


# The others of hers.
def test_what_else_waits_stands_below_each_with_its_button(client, question):
    other = another(question, title="Samen spelen")
    page = client.get(question_path(question)).content.decode()
    assert "Samen spelen" in page
    back = question_path(question).split("/")[2]
    answer = client.post(question_path(other), {"wat": "klopt", "terug": back})
    assert answer.url == question_path(question)
    assert "Samen spelen" not in client.get(question_path(question)).content.decode()


def test_everything_that_was_shown_is_confirmed_at_once_and_nothing_else(client, question):
    shown, later = another(question), another(question)
    stranger = CheckQuestionFactory(letter__asked_on=question.letter.asked_on)
    tokens = [question_path(each).split("/")[2] for each in (shown, stranger)]
    answer = tap(client, question, "alles", nog=[*tokens, "onzin"])
    assert "Alles wat hier stond, is nagekeken" in answer.content.decode()
    waiting = CheckQuestion.objects.filter(answer="")
    assert set(waiting) == {later, stranger}


def test_what_two_letters_ask_is_asked_once(client, question, today):
    other = another(question, title="Samen spelen")
    again = CheckLetterFactory(email=question.letter.email, asked_on=today, is_monthly=False)
    CheckQuestionFactory(letter=again, activity=other.activity)
    assert len(client.get(question_path(question)).context["others"]) == 1


# It changes, or stops.
def test_a_change_goes_to_the_coordinator_who_thanks_her_when_it_is_done(client, question):
    coordinator = MembershipFactory(house=question.activity.house).user
    answer = tap(client, question, "changes", **{"changes-text": "Vanaf januari om 10 uur."})
    assert "De coördinator van het Huis leest het" in answer.content.decode()
    report = Report.objects.get()
    assert (report.kind, report.text, report.email, report.activity) == (
        "changes",
        "Vanaf januari om 10 uur.",
        question.letter.email,
        question.activity,
    )
    assert Message.objects.get().recipient == coordinator.email
    question.activity.refresh_from_db()
    assert (question.activity.checked_on, answers()) == (None, ["changes"])
    solve_report(report=report, thank=True, by=coordinator, now=timezone.now())
    assert Message.objects.get(template="report_thanks").recipient == question.letter.email


def test_a_stop_is_told_and_takes_nothing_off(client, question, today):
    last = today + dt.timedelta(days=30)
    tap(client, question, "stops", **{"stops-stops_on": last.isoformat(), "stops-text": "Geen zaal meer."})
    report = Report.objects.get()
    assert report.kind == "stops"
    assert report.text.startswith("Stopt op ")
    assert report.text.endswith("Geen zaal meer.")
    question.activity.refresh_from_db()
    assert question.activity.status == "published"


def test_the_same_words_twice_are_one_report(client, question):
    for _ in range(2):
        tap(client, question, "changes", **{"changes-text": "Om 10 uur."})
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("wat", "typed", "sentence"),
    [
        ("changes", {}, "Schrijf kort wat er verandert."),
        ("changes", {"changes-text": "\x00"}, "error-summary"),
        ("changes", {"changes-text": "a" * 401}, "error-summary"),
        ("stops", {}, "Kies een dag."),
        ("stops", {"stops-stops_on": "gisteren"}, "Kies een dag."),
        ("stops", {"stops-stops_on": "9999-12-31"}, "ligt te ver van vandaag"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(client, question, wat, typed, sentence):
    answer = client.post(question_path(question), {"wat": wat, **typed})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert (Report.objects.count(), answers()) == (0, [""])


def test_who_has_an_account_is_led_to_the_editor(client, today):
    editor = EditorFactory()
    activity = ActivityFactory(organiser=editor.organisation)
    letter = CheckLetterFactory(email=editor.user.email, asked_on=today)
    question = CheckQuestionFactory(letter=letter, activity=activity)
    edit = f"/beheer/activiteiten/{activity.pk}/"
    assert edit not in client.get(question_path(question)).content.decode()
    MembershipFactory(user=editor.user, house=activity.house, role=Role.PARTNER_EDITOR)
    assert edit in client.get(question_path(question)).content.decode()


def test_visitors_choose_none_of_her_answers(client):
    page = client.get("/melden/").content.decode()
    assert "zegt wie het aanbod bijhoudt" not in page
    assert client.post("/melden/", {"kind": "stops"}).status_code == 422


# Links that do not work (any more).
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "1~abc", "%00", "a" * 400])
def test_a_forged_link_says_so(client, token, method):
    assert getattr(client, method)(f"/klopt/{token}/", {"wat": "klopt"}).status_code == 404


def test_a_link_for_something_else_opens_nothing(client, question):
    assert client.get(f"/klopt/{links.sign('feedback_request', question.pk)}/").status_code == 404


@pytest.mark.parametrize(("days", "status"), [(60, 200), (61, 410)])
def test_a_link_works_for_sixty_days(client, today, days, status):
    question = CheckQuestionFactory(letter__asked_on=today - dt.timedelta(days=days))
    assert client.get(question_path(question)).status_code == status
    client.post(question_path(question), {"wat": "klopt"})
    assert answers() == ["holds" if status == 200 else ""]


def test_who_no_longer_answers_for_it_changes_nothing(client, question):
    Activity.objects.update(keeper=ContactFactory())
    assert "Iemand anders houdt dit nu bij" in client.get(question_path(question)).content.decode()
    tap(client, question)
    tap(client, question, "changes", **{"changes-text": "Om 10 uur."})
    assert (answers(), Report.objects.count()) == ([""], 0)


def test_what_is_not_online_is_not_put_back_by_a_link(client, question):
    Activity.objects.update(status="archived")
    assert "staat niet meer online" in tap(client, question).content.decode()
    with pytest.raises(AnswerError, match="niet meer online"):
        confirm_offer(question_id=question.pk, now=timezone.now())
    assert Activity.objects.get().status == "archived"


def test_what_a_colleague_looked_at_asks_nothing_more(client, question, today):
    Activity.objects.update(checked_on=today)
    page = client.get(question_path(question)).content.decode()
    assert "Dit is intussen nagekeken" in page
    assert "Klopt nog</span>" not in page


def test_a_machine_is_slowed_down(client, question):
    for number in range(41):
        typed = {"wat": "changes", "changes-text": f"Om {number} uur."}
        answer = client.post(question_path(question), typed)
    assert "Wacht tien minuten" in answer.content.decode()


def test_an_unknown_button_does_nothing(client, question):
    assert client.post(question_path(question), {"wat": "iets"}).status_code == 302
    assert answers() == [""]
