"""A question for a date: asked, answered by link, the best first, one step to a meeting, and back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.links import sign
from huizen.models import Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from partners.actions.date_poll import (
    PollError,
    PollFacts,
    ask_more,
    choose_option,
    close_poll,
    open_poll,
    reopen_poll,
    vote,
)
from partners.actions.forget import forget_polls
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts
from partners.dashboard import poll_tiles
from partners.models import DatePoll, PollVoter
from partners.poll_ranking import ranked
from tests.factories import MembershipFactory
from tests.meeting_factories import GroupMemberFactory, MeetingGroupFactory

pytestmark = pytest.mark.django_db

PEOPLE = [Invitee(name, f"{name.lower()}@voorbeeld.example") for name in ("An", "Bob", "Cleo")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def moments(now):
    day = now + dt.timedelta(days=20)
    return [(day + dt.timedelta(days=n), day + dt.timedelta(days=n) + 2 * HOUR) for n in range(3)]


@pytest.fixture
def poll(els, house, moments, now):
    facts = PollFacts("Kernteam", timezone.localdate() + dt.timedelta(days=10), place="Zaal 1")
    return open_poll(house=house, group=None, facts=facts, moments=moments, invitees=PEOPLE, by=els, now=now)


def options(poll):
    return list(poll.options.order_by("starts_at"))


def said(poll, name, *choices):
    """What somebody says of the moments, in their order; "" is nothing."""
    pairs = zip(options(poll), choices, strict=False)
    voter = poll.voters.get(name=name)
    answers = {option.pk: choice for option, choice in pairs if choice}
    return vote(voter=voter, choices=answers, comment="", now=timezone.now())


def chosen(poll, number, els, now):
    option = options(poll)[number]
    facts = MeetingFacts(poll.title, option.starts_at, option.ends_at, place="Zaal 1")
    return choose_option(option=option, facts=facts, by=els, now=now)


def url_of(poll, name="An"):
    return reverse("poll_vote", args=[sign("date-poll", poll.voters.get(name=name).pk)])


def planned(kind):
    rows = PlannedMessage.objects.filter(kind=kind, state="planned").order_by("recipient")
    return list(rows.values_list("recipient", flat=True))


def test_each_person_gets_a_letter_with_all_moments_and_a_link_of_her_own(poll):
    letters = Message.objects.filter(template="poll_question")
    assert {letter.recipient for letter in letters} == {one.email for one in PEOPLE}
    assert len({letter.context["answer_url"] for letter in letters}) == 3
    assert {len(letter.context["dates"]) for letter in letters} == {3}


def test_the_members_of_a_group_are_asked_in_one_go(els, house, moments, now):
    group = MeetingGroupFactory(house=house)
    GroupMemberFactory(group=group, name="Gust")
    facts = PollFacts("Kernteam", timezone.localdate())
    poll = open_poll(house=house, group=group, facts=facts, moments=moments, invitees=[], by=els, now=now)
    assert list(poll.voters.values_list("name", flat=True)) == ["Gust"]


def test_one_moment_or_nobody_is_no_question(els, house, moments, now):
    facts = {"house": house, "group": None, "facts": PollFacts("Kernteam", timezone.localdate()), "by": els}
    for some, people in ((moments[:1] * 2, PEOPLE), (moments, [])):
        with pytest.raises(PollError):
            open_poll(moments=some, invitees=people, now=now, **facts)
    assert not DatePoll.objects.exists()


def test_the_best_comes_first_with_the_reason(poll):
    said(poll, "An", "no", "yes", "yes")
    said(poll, "Bob", "yes", "if_needed", "yes")
    rows = poll.options.prefetch_related("votes")
    best = ranked(rows, list(poll.voters.all()))
    assert [options(poll).index(one.option) for one in best] == [2, 1, 0]
    assert best[0].reason == "2 kunnen. 1 zei nog niets."
    assert best[1].reason == "1 kan, 1 als het moet. 1 zei nog niets."
    assert best[2].reason == "1 kan. Niet: An. 1 zei nog niets."


def test_who_answered_is_not_asked_again_and_the_organiser_hears_when_it_is_time(poll, els):
    assert planned("poll_reminder") == [one.email for one in PEOPLE]
    said(poll, "An", "yes")
    assert planned("poll_reminder") == [one.email for one in PEOPLE[1:]]
    assert planned("poll_organiser") == [els.email]


def test_a_reminder_that_was_due_is_checked_once_more(poll, now):
    row = PlannedMessage.objects.get(kind="poll_reminder", recipient=PEOPLE[0].email)
    kind = kind_named("poll_reminder")
    assert kind.why_not(row, now) == ""
    assert kind.compose(row, now).context["name"] == "An"
    PollVoter.objects.filter(name="An").update(answered_at=now)
    assert kind.why_not(row, now) == "heeft al geantwoord"
    DatePoll.objects.update(state="closed")
    assert kind.why_not(row, now) == "de vraag loopt niet meer"
    note = PlannedMessage.objects.get(kind="poll_organiser")
    assert kind_named("poll_organiser").compose(note, now).context["silent"] == ["Bob", "Cleo"]


def test_one_moment_becomes_a_meeting_and_who_can_come_comes(poll, els, now):
    said(poll, "An", "no", "yes")
    said(poll, "Bob", "yes", "if_needed")
    meeting = chosen(poll, 1, els, now)
    answers = dict(meeting.invitations.values_list("name", "answer"))
    assert answers == {"An": "yes", "Bob": "none", "Cleo": "none"}
    letter = Message.objects.get(recipient=PEOPLE[0].email, template="meeting_invitation")
    assert letter.context["answer"] == "komt"
    poll.refresh_from_db()
    assert (poll.state, poll.meeting) == ("chosen", meeting)
    assert planned("poll_reminder") == []


def test_a_moment_is_chosen_once(poll, els, now):
    chosen(poll, 0, els, now)
    with pytest.raises(PollError, match="loopt niet meer"):
        chosen(poll, 1, els, now)
    with pytest.raises(PollError):
        said(poll, "An", "yes")
    with pytest.raises(PollError):
        ask_more(poll=poll, invitees=PEOPLE, by=els, now=now)


def test_asking_on_cancels_the_meeting_and_keeps_the_answers(poll, els, now):
    said(poll, "An", "yes")
    meeting = chosen(poll, 0, els, now)
    reopen_poll(poll=poll, deadline=timezone.localdate(), by=els, now=now)
    meeting.refresh_from_db()
    poll.refresh_from_db()
    assert (meeting.is_cancelled, poll.is_open, poll.meeting) == (True, True, None)
    assert poll.voters.get(name="An").votes.count() == 1
    with pytest.raises(PollError, match="loopt nog"):
        reopen_poll(poll=poll, deadline=timezone.localdate(), by=els, now=now)


def test_it_closes_without_a_date_and_opens_again(poll, els, now):
    close_poll(poll=poll, by=els, now=now)
    assert planned("poll_organiser") == []
    reopen_poll(poll=poll, deadline=timezone.localdate() + dt.timedelta(days=9), by=els, now=now)
    assert planned("poll_organiser") == [els.email]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing_and_the_button_answers(client, poll, method):
    assert getattr(client, method)(url_of(poll)).status_code == 200
    assert not PollVoter.objects.exclude(answered_at=None).exists()
    first, second, _ = options(poll)
    facts = {f"moment_{first.pk}": "yes", f"moment_{second.pk}": "no", "comment": "Liefst voormiddag"}
    assert client.post(url_of(poll), facts).status_code == 302
    an = poll.voters.get(name="An")
    assert dict(an.votes.values_list("option", "choice")) == {first.pk: "yes", second.pk: "no"}
    assert "checked" in client.get(url_of(poll)).content.decode()


def test_who_can_always_says_so_with_one_tap(client, poll):
    client.post(url_of(poll), {"alles": "1", "comment": "x" * 900})
    assert set(poll.voters.get(name="An").votes.values_list("choice", flat=True)) == {"yes"}


@pytest.mark.parametrize("facts", [{}, {"comment": "x\0"}, {"comment": "x" * 301}])
def test_nonsense_is_no_answer(client, poll, facts):
    assert client.post(url_of(poll), facts).status_code == 422
    assert not PollVoter.objects.exclude(answered_at=None).exists()


def test_an_option_of_another_question_is_no_answer(poll, els, house, moments, now):
    facts = PollFacts("Ander", timezone.localdate())
    other = open_poll(house=house, group=None, facts=facts, moments=moments, invitees=PEOPLE, by=els, now=now)
    vote(voter=poll.voters.get(name="An"), choices={options(other)[0].pk: "yes"}, comment="", now=now)
    assert not poll.voters.get(name="An").votes.exists()


def test_names_are_shown_only_where_the_organiser_lets_them(client, poll):
    said(poll, "Bob", "yes")
    assert "Bob" not in client.get(url_of(poll)).content.decode()
    DatePoll.objects.update(shows_votes=True)
    assert "Bob" in client.get(url_of(poll)).content.decode()


@pytest.mark.parametrize("token", ["verzonnen", "1~abc", "~"])
def test_a_forged_link_opens_nothing(client, db, token):
    assert client.get(reverse("poll_vote", args=[token])).status_code == 404


def typed(moments, **facts):
    rows = {}
    for number, (start, end) in enumerate(moments):
        wall, end = timezone.localtime(start), timezone.localtime(end)
        row = {"day": wall.date().isoformat(), "starts": "10:00", "ends": "12:00"}
        rows |= {f"moment-{number}-{name}": value for name, value in row.items()}
    return {
        "title": "Kernteam",
        "deadline": timezone.localdate().isoformat(),
        "moment-TOTAL_FORMS": str(len(moments)),
        "moment-INITIAL_FORMS": "0",
        "gast-TOTAL_FORMS": "1",
        "gast-INITIAL_FORMS": "0",
        "gast-0-name": "Gust",
        "gast-0-email": "gust@voorbeeld.example",
        **rows,
        **facts,
    }


def test_a_coordinator_asks_chooses_and_asks_again(desk, moments):
    answer = desk.post(reverse("poll_create"), typed(moments))
    poll = DatePoll.objects.get()
    assert answer.url == reverse("poll_detail", args=[poll.pk])
    said(poll, "Gust", "no", "yes", "no")
    page = desk.get(answer.url).content.decode()
    assert page.index("past het best") < page.index("Niet: Gust")
    choose = reverse("poll_choose", args=[options(poll)[1].pk])
    assert "Gust" in desk.get(choose).content.decode()
    assert desk.post(choose, {}).status_code == 422
    desk.post(choose, {"place": "Zaal 1"})
    poll.refresh_from_db()
    assert poll.meeting.invitations.get().answer == "yes"
    desk.post(reverse("poll_reopen", args=[poll.pk]), {"deadline": timezone.localdate().isoformat()})
    desk.post(reverse("poll_close", args=[poll.pk]))
    poll.refresh_from_db()
    assert poll.state == "closed"


@pytest.mark.parametrize(
    "facts",
    [
        {"deadline": "2001-01-01"},
        {"title": ""},
        {"moment-0-day": "9999-12-31"},
        {"moment-0-ends": "09:00"},
        {"moment-0-starts": ""},
        {"gast-0-email": "", "gast-0-name": ""},
    ],
)
def test_a_question_that_is_not_right_is_not_asked(desk, moments, facts):
    assert desk.post(reverse("poll_create"), typed(moments, **facts)).status_code == 422
    assert not DatePoll.objects.exists()


def test_the_desk_asks_to_choose_once_the_last_day_is_past(poll, els, now):
    assert list(poll_tiles(els, now)) == []
    [tile] = poll_tiles(els, now + dt.timedelta(days=12))
    assert tile.url == reverse("poll_detail", args=[poll.pk])


def test_another_house_sees_nothing_of_it(client, poll):
    client.force_login(MembershipFactory().user)
    pages = [reverse(name, args=[poll.pk]) for name in ("poll_detail", "poll_people")]
    pages.append(reverse("poll_choose", args=[options(poll)[0].pk]))
    assert {client.get(url).status_code for url in pages} == {404}
    acts = [reverse(name, args=[poll.pk]) for name in ("poll_close", "poll_reopen")]
    assert {client.post(url).status_code for url in acts} == {404}


def test_more_people_are_asked_once(desk, poll):
    url = reverse("poll_people", args=[poll.pk])
    facts = {"gast-TOTAL_FORMS": "2", "gast-INITIAL_FORMS": "0"}
    facts |= {"gast-0-name": "An", "gast-0-email": PEOPLE[0].email}
    facts |= {"gast-1-name": "Dirk", "gast-1-email": "dirk@voorbeeld.example"}
    desk.post(url, facts)
    assert poll.voters.count() == 4


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same(client, desk, poll, many, django_assert_num_queries):
    poll.voters.exclude(name__in=[one.name for one in PEOPLE[:many]]).delete()
    for voter in poll.voters.all():
        said(poll, voter.name, "yes", "no", "yes")
    with django_assert_num_queries(7):
        desk.get(reverse("poll_detail", args=[poll.pk]))
    with django_assert_num_queries(5):
        desk.get(reverse("poll_list"))
    client.logout()
    with django_assert_num_queries(4):
        client.get(url_of(poll))


def test_old_questions_are_forgotten(poll, now):
    assert forget_polls(before=now, now=now) == 0
    assert forget_polls(before=now + dt.timedelta(days=30), now=now) > 0
    assert not PollVoter.objects.exists()
