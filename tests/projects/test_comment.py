"""Comments on a report: who reads what, threads, and one mail a morning however much was said."""

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huizen.models import PlannedMessage
from huizen.outbox.compose import words_of
from projects.actions.comment import CommentError, comment, reply, settle
from projects.actions.comment_forget import forget_comments
from projects.actions.comment_mail import COMMENTS
from projects.models import ReviewComment, Visibility
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent
from tests.projects.report_builders import NOW, hand_in, make_reporting_project, report_of

pytestmark = pytest.mark.django_db
AGENCY, SHARED = Visibility.AGENCY, Visibility.SHARED
#: The day after what is said at NOW is told.
MORNING = dt.datetime(2026, 3, 13, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture
def report():
    project = make_reporting_project(name="Warm nest")
    hand_in(report_of(project), by=project.coordinator)
    return report_of(project)


def say(report, *, by, visibility=SHARED, body="Goed gezien.", part="summary", now=NOW):
    return comment(report=report, part=part, body=body, visibility=visibility, by=by, now=now)


def read_by(user) -> set[str]:
    return set(ReviewComment.objects.visible_to(user).values_list("body", flat=True))


def test_who_reads_what(report):
    officer, coordinator = report.project.officer, make_coordinator(report.project.house)
    first = say(report, by=officer, visibility=AGENCY, body="Onder ons.")
    reply(thread=first, body="Ook onder ons.", by=make_officer(), now=NOW)
    say(report, by=officer, body="Voor iedereen.")
    everything = {"Onder ons.", "Ook onder ons.", "Voor iedereen."}
    assert read_by(officer) == everything
    assert read_by(coordinator) == {"Voor iedereen."}
    assert read_by(make_abb_reader()) == {"Voor iedereen."}
    assert read_by(make_coordinator(HouseFactory())) == set()
    assert read_by(make_parent()) == set()


def test_an_answer_that_calls_itself_shared_under_a_closed_comment_stays_closed(report):
    first = say(report, by=report.project.officer, visibility=AGENCY)
    facts = {"report": report, "parent": first, "visibility": SHARED, "at": NOW}
    ReviewComment.objects.create(**facts, body="Ontsnapt.", author=None)
    assert read_by(make_coordinator(report.project.house)) == set()


SPOKEN = st.lists(st.tuples(st.sampled_from([AGENCY, SHARED]), st.integers(0, 3)), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoken=SPOKEN)
def test_the_project_never_reads_what_is_of_the_agency_alone(report, spoken):
    officer, numbers = report.project.officer, itertools.count(1)
    coordinator = make_coordinator(report.project.house)
    with transaction.atomic():
        shared = set()
        for visibility, answers in spoken:
            first = say(report, by=officer, visibility=visibility, body=f"woord {next(numbers)}")
            said = [first]
            said += [
                reply(thread=first, body=f"woord {next(numbers)}", by=officer, now=NOW)
                for _ in range(answers)
            ]
            if visibility == SHARED:
                shared |= {each.body for each in said}
        assert read_by(coordinator) == shared
        assert read_by(make_abb_reader()) == shared
        transaction.set_rollback(True)


def test_who_may_say_what(report):
    coordinator = make_coordinator(report.project.house)
    say(report, by=coordinator)
    with pytest.raises(CommentError, match="Alleen Opgroeien"):
        say(report, by=coordinator, visibility=AGENCY)
    for stranger in (make_coordinator(HouseFactory()), make_abb_reader(), make_parent()):
        with pytest.raises(CommentError, match="niets schrijven"):
            say(report, by=stranger)


def test_nobody_says_something_about_a_draft_or_about_what_does_not_stand_there(report):
    officer = report.project.officer
    with pytest.raises(CommentError, match="nog niet ingediend"):
        say(report_of(report.project, number=2), by=officer)
    with pytest.raises(CommentError, match="staat niet meer"):
        say(report, by=officer, part="bestaat-niet")
    with pytest.raises(CommentError, match="Schrijf iets"):
        say(report, by=officer, body=" \x00 ")
    assert ReviewComment.objects.count() == 0


def test_a_comment_is_settled_and_opened_again(report):
    officer, coordinator = report.project.officer, make_coordinator(report.project.house)
    first = say(report, by=officer)
    assert settle(thread=first, settled=True, by=coordinator, now=NOW).settled_by == coordinator
    with pytest.raises(CommentError, match="afgehandeld"):
        reply(thread=first, body="Nog iets.", by=officer, now=NOW)
    settle(thread=first, settled=True, by=officer, now=NOW)
    assert settle(thread=first, settled=False, by=officer, now=NOW).settled_at is None
    assert reply(thread=first, body="Nog iets.", by=officer, now=NOW).parent == first


def test_a_thread_that_somebody_does_not_read_is_not_there_for_her(report):
    first = say(report, by=report.project.officer, visibility=AGENCY)
    coordinator = make_coordinator(report.project.house)
    with pytest.raises(CommentError, match="niet meer"):
        reply(thread=first, body="Ik?", by=coordinator, now=NOW)
    with pytest.raises(CommentError, match="niet meer"):
        settle(thread=first, settled=True, by=coordinator, now=NOW)


def test_the_database_settles_no_answer_apart(report):
    first = say(report, by=report.project.officer)
    answer = reply(thread=first, body="Ja.", by=report.project.officer, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewComment.objects.filter(pk=answer.pk).update(settled_at=NOW)


# Mail.
def digests(user):
    return PlannedMessage.objects.filter(kind=COMMENTS.name, recipient=user.email)


def test_much_that_is_said_is_one_mail_the_next_morning(report):
    officer, coordinator = report.project.officer, make_coordinator(report.project.house)
    first = say(report, by=officer, body="Eerst dit.")
    say(report, by=officer, body="Dan dat.", part="")
    reply(thread=first, body="En nog iets.", by=officer, now=NOW + dt.timedelta(hours=3))
    (row,) = digests(coordinator)
    assert row.due_at == MORNING
    letter = COMMENTS.compose(row, MORNING)
    (told,) = letter.context["reports"]
    assert [said["text"] for said in told["said"]] == ["Eerst dit.", "Dan dat.", "En nog iets."]
    assert told["url"].endswith(reverse("report_comments", args=[report.pk]))
    title, text = words_of(letter.template, letter.context, house=None)
    assert title == "Nieuwe opmerkingen bij een verslag"
    assert f"- {officer}: Eerst dit." in text.splitlines()
    assert not digests(officer).exists()


def test_what_the_agency_says_among_itself_is_mailed_to_no_house(report):
    coordinator, colleague = make_coordinator(report.project.house), make_officer()
    say(report, by=colleague, visibility=AGENCY, body="Onder ons.")
    assert not digests(coordinator).exists()
    (row,) = digests(report.project.officer)
    assert "Onder ons." in str(COMMENTS.compose(row, MORNING).context)
    say(report, by=colleague, body="Voor allen.")
    (theirs,) = digests(coordinator)
    assert "Onder ons." not in str(COMMENTS.compose(theirs, MORNING).context)


def test_who_left_the_agency_is_told_nothing_any_more(report):
    left = report.project.officer
    left.memberships.update(ended_at=NOW)
    say(report, by=make_coordinator(report.project.house))
    assert not digests(left).exists()


def test_a_mail_is_not_wanted_once_nothing_in_it_is_for_her(report):
    coordinator = make_coordinator(report.project.house)
    first = say(report, by=report.project.officer)
    (row,) = digests(coordinator)
    assert COMMENTS.why_not(row, MORNING) == ""
    first.delete()
    assert COMMENTS.why_not(row, MORNING) == "er is niets nieuws om te lezen"


def test_another_day_is_another_mail_with_only_what_is_new(report):
    coordinator = make_coordinator(report.project.house)
    say(report, by=report.project.officer, body="Gisteren.")
    say(report, by=report.project.officer, body="Vandaag.", now=NOW + dt.timedelta(days=1))
    rows = list(digests(coordinator).order_by("due_at"))
    told = [COMMENTS.compose(row, row.due_at).context["reports"][0]["said"] for row in rows]
    assert [[said["text"] for said in each] for each in told] == [["Gisteren."], ["Vandaag."]]


def test_old_comments_go_with_their_answers_once_nobody_said_more(report):
    officer = report.project.officer
    old = say(report, by=officer, now=NOW - dt.timedelta(days=2000))
    reply(thread=old, body="Oud antwoord.", by=officer, now=NOW - dt.timedelta(days=1900))
    alive = say(report, by=officer, body="Oud.", now=NOW - dt.timedelta(days=2000))
    reply(thread=alive, body="Van vandaag.", by=officer, now=NOW)
    assert forget_comments(before=NOW - dt.timedelta(days=1095), now=NOW) == 2
    assert read_by(officer) == {"Oud.", "Van vandaag."}


# Pages.
def address(page, report):
    return reverse(page, args=[report.pk])


def test_an_officer_says_something_that_stands_with_its_part(client, report):
    client.force_login(report.project.officer)
    page = address("review_comments", report)
    assert 'value="summary" selected' in client.get(f"{page}?deel=summary").content.decode()
    told = {"part": "summary", "body": "Zeg meer.", "visibility": "agency"}
    assert client.post(page, told).url == page
    made = ReviewComment.objects.get()
    assert (made.part, made.body, made.visibility) == ("summary", "Zeg meer.", "agency")
    review = client.get(reverse("report_review", args=[report.pk])).content.decode()
    assert "Zeg meer." in review
    assert "alleen Opgroeien" in review


def test_a_coordinator_answers_and_settles_but_chooses_no_readers(client, report):
    first = say(report, by=report.project.officer)
    hidden = say(report, by=report.project.officer, visibility=AGENCY, body="Geheim.")
    client.force_login(make_coordinator(report.project.house))
    page = address("report_comments", report)
    shown = client.get(page).content.decode()
    assert "Geheim." not in shown
    assert 'name="visibility"' not in shown
    assert client.post(page, {"bij": first.pk, "body": "Dank."}).status_code == 302
    assert client.post(page, {"body": "Nog iets.", "visibility": "agency"}).status_code == 302
    assert ReviewComment.objects.filter(body="Nog iets.").get().visibility == SHARED
    assert client.post(page, {"bij": first.pk, "besluit": "af"}).status_code == 302
    first.refresh_from_db()
    assert first.settled_at is not None
    assert client.post(page, {"bij": hidden.pk, "body": "Ik?"}).status_code == 404
    assert "Geheim." not in client.get(reverse("report_version", args=[report.pk, 1])).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"body": ""},
        {"body": "x" * 2001},
        {"body": "Wel iets.", "part": "bestaat-niet"},
        {"body": "Wel iets.", "visibility": "iedereen"},
    ],
)
def test_what_is_wrong_is_said_and_keeps_what_was_typed(client, report, typed):
    client.force_login(report.project.officer)
    answer = client.post(address("review_comments", report), {"visibility": "shared"} | typed)
    assert answer.status_code == 422
    assert typed["body"] in answer.content.decode()
    assert ReviewComment.objects.count() == 0


def test_an_empty_answer_is_said_at_its_own_thread(client, report):
    first = say(report, by=report.project.officer)
    client.force_login(report.project.officer)
    answer = client.post(address("review_comments", report), {"bij": first.pk, "body": ""})
    assert answer.status_code == 422
    assert f'id="bij-{first.pk}-body"' in answer.content.decode()


@pytest.mark.parametrize("thread", ["99999999999999999999", "abc", "0", "\x00"])
def test_a_thread_that_is_not_there_is_not_found(client, report, thread):
    client.force_login(report.project.officer)
    answer = client.post(address("review_comments", report), {"bij": thread, "body": "Ja."})
    assert answer.status_code == 404


def test_each_side_has_its_own_page_and_abb_only_reads(client, report):
    say(report, by=report.project.officer)
    abb, coordinator = make_abb_reader(), make_coordinator(report.project.house)
    cases = [
        (abb, "review_comments", 200, 403),
        (abb, "report_comments", 403, 403),
        (coordinator, "review_comments", 403, 403),
        (report.project.officer, "report_comments", 403, 403),
        (make_coordinator(HouseFactory()), "report_comments", 404, 404),
    ]
    for user, page, reads, sends in cases:
        client.force_login(user)
        assert client.get(address(page, report)).status_code == reads
        assert client.post(address(page, report), {"body": "Ja."}).status_code == sends
    client.logout()
    assert client.get(address("report_comments", report)).status_code == 302


def test_a_report_that_was_never_handed_in_has_no_page_of_comments(client, report):
    client.force_login(report.project.officer)
    assert client.get(address("review_comments", report_of(report.project, number=2))).status_code == 404


def test_three_comments_ask_as_much_as_one(client, report):
    client.force_login(report.project.officer)
    first = say(report, by=report.project.officer)
    reply(thread=first, body="Ja.", by=report.project.officer, now=NOW)
    client.get(address("review_comments", report))
    with CaptureQueriesContext(connection) as one:
        client.get(address("review_comments", report))
    for _ in range(2):
        more = say(report, by=make_officer())
        reply(thread=more, body="Ja.", by=make_officer(), now=NOW)
    with CaptureQueriesContext(connection) as three:
        client.get(address("review_comments", report))
    assert len(three) == len(one)
