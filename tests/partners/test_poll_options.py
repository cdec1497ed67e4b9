"""Other moments while a question for a date runs: what somebody chose never goes without a word to her."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.models import Event, Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from partners.actions.date_poll import PollError, PollFacts, choose_option, close_poll, open_poll, vote
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts
from partners.actions.poll_options import ChosenError, change_options
from partners.models import PollOption, PollVote
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

PEOPLE = [Invitee(name, f"{name.lower()}@voorbeeld.example") for name in ("An", "Bob", "Cleo")]
HOURS = dt.timedelta(hours=2)


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def moments(now):
    noon = timezone.localtime(now).replace(hour=12, minute=0, second=0) + dt.timedelta(days=20)
    return [(noon + dt.timedelta(days=n), noon + dt.timedelta(days=n) + HOURS) for n in range(4)]


@pytest.fixture
def poll(els, house, moments, now):
    facts = PollFacts("Kernteam", timezone.localdate() + dt.timedelta(days=10), place="Zaal 1")
    asked = {"moments": moments[:3], "invitees": PEOPLE}
    return open_poll(house=house, group=None, facts=facts, **asked, by=els, now=now)


def options(poll):
    return list(poll.options.order_by("starts_at"))


def said(poll, name, *choices, now):
    answers = {option.pk: one for option, one in zip(options(poll), choices, strict=False) if one}
    return vote(voter=poll.voters.get(name=name), choices=answers, comment="", now=now)


def change(poll, moments, els, now, **facts):
    facts = {"seen": {option.pk for option in options(poll)}} | facts
    return change_options(poll=poll, moments=moments, **facts, by=els, now=now + dt.timedelta(minutes=5))


def letters():
    rows = Message.objects.filter(template="poll_changed").order_by("recipient")
    return {row.recipient.partition("@")[0]: row.context for row in rows}


def test_a_moment_that_nobody_chose_goes_without_a_word(poll, moments, els, now):
    said(poll, "An", "yes", "yes", "no", now=now)
    other = change(poll, moments[:2], els, now)
    assert (len(other.gone), len(options(poll)), letters()) == (1, 2, {})
    assert Event.objects.filter(verb="changed").count() == 1


def test_a_moment_that_somebody_chose_goes_only_when_it_is_said_twice(poll, moments, els, now):
    said(poll, "An", "", "yes", "if_needed", now=now)
    said(poll, "Bob", "yes", "no", "no", now=now)
    with pytest.raises(ChosenError) as error:
        change(poll, moments[:2], els, now)
    assert [
        (option.starts_at, [voter.name for voter in people]) for option, people in error.value.other.chosen
    ] == [(moments[2][0], ["An"])]
    assert len(options(poll)) == 3
    change(poll, moments[:2], els, now, is_sure=True)
    assert list(letters()) == ["an"]
    assert (len(letters()["an"]["lost"]), letters()["an"]["new"], len(letters()["an"]["dates"])) == (1, [], 2)
    assert set(PollVote.objects.values_list("voter__name", "choice")) == {
        ("An", "yes"),
        ("Bob", "yes"),
        ("Bob", "no"),
    }


def test_for_a_new_moment_everybody_looks_again_and_is_reminded(poll, moments, els, now):
    said(poll, "An", "yes", "yes", "yes", now=now)
    change(poll, moments, els, now)
    assert list(letters()) == ["an", "bob", "cleo"]
    assert len(letters()["an"]["new"]) == 1
    planned = PlannedMessage.objects.filter(kind="poll_reminder", state="planned")
    assert planned.count() == 3
    an = poll.voters.get(name="An")
    assert (an.is_asked_again, an.votes.count()) == (True, 3)
    reminder = planned.get(recipient="an@voorbeeld.example")
    assert kind_named("poll_reminder").why_not(reminder, now) == ""
    said(poll, "An", "yes", "yes", "yes", "no", now=now + dt.timedelta(hours=1))
    assert not poll.voters.get(name="An").is_asked_again
    assert planned.count() == 2
    assert kind_named("poll_reminder").why_not(reminder, now) == "heeft al geantwoord"


def test_who_said_yes_to_a_moment_that_stays_comes_when_it_is_chosen(poll, moments, els, now):
    said(poll, "An", "yes", "", "", now=now)
    change(poll, moments, els, now)
    option = options(poll)[0]
    facts = MeetingFacts(poll.title, option.starts_at, option.ends_at, place="Zaal 1")
    meeting = choose_option(option=option, facts=facts, by=els, now=now + dt.timedelta(hours=1))
    assert meeting.invitations.get(name="An").answer == "yes"


def test_the_same_moments_change_nothing(poll, moments, els, now):
    other = change(poll, [*moments[:3], moments[0]], els, now)
    assert (other.new, other.gone, letters()) == ([], [], {})
    assert not Event.objects.filter(verb="changed").exists()


def test_a_moment_that_is_past_may_stay_and_a_new_one_may_not(poll, moments, els, now):
    later = moments[0][1] + dt.timedelta(minutes=1)
    facts = {"poll": poll, "seen": {option.pk for option in options(poll)}, "by": els, "now": later}
    change_options(moments=[*moments], **facts)
    facts["seen"] = {option.pk for option in options(poll)}
    with pytest.raises(PollError, match="die nog komen"):
        change_options(moments=[*moments, (now, now + HOURS)], **facts)


def test_fewer_than_two_or_an_older_page_or_a_question_that_ended(poll, moments, els, now):
    with pytest.raises(PollError, match="minstens twee"):
        change(poll, moments[:1], els, now)
    with pytest.raises(PollError, match="Iemand anders"):
        change(poll, moments, els, now, seen={1})
    close_poll(poll=poll, by=els, now=now)
    with pytest.raises(PollError, match="loopt niet meer"):
        change(poll, moments, els, now)
    assert PollOption.objects.count() == 3


# The page.
def page(poll):
    return reverse("poll_options", args=[poll.pk])


def typed(poll, moments, **facts):
    data = {"gezien": [str(option.pk) for option in options(poll)]}
    data |= {"moment-TOTAL_FORMS": str(len(moments)), "moment-INITIAL_FORMS": "0"}
    for number, (start, end) in enumerate(moments):
        start, end = timezone.localtime(start), timezone.localtime(end)
        row = {"day": f"{start:%Y-%m-%d}", "starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}"}
        data |= {f"moment-{number}-{name}": value for name, value in row.items()}
    return data | facts


def test_who_chose_it_is_named_before_anything_happens(desk, poll, moments, now):
    said(poll, "An", "yes", "yes", "yes", now=now)
    assert desk.get(page(poll)).content.decode().count('type="date"') == 6
    answer = desk.post(page(poll), typed(poll, moments[1:]))
    shown = answer.content.decode()
    assert (answer.status_code, "Dit moment koos iemand al" in shown, ": An<" in shown) == (422, True, True)
    assert len(options(poll)) == 3
    answer = desk.post(page(poll), typed(poll, moments[1:], zeker="1"))
    assert answer.url == reverse("poll_detail", args=[poll.pk])
    assert [option.starts_at for option in options(poll)] == [start for start, _ in moments[1:]]
    assert "opnieuw gevraagd" in desk.get(answer.url).content.decode()


def test_what_stands_and_is_sent_again_stays(desk, poll, moments):
    keys = [option.pk for option in options(poll)]
    desk.post(page(poll), typed(poll, moments[:3]))
    assert [option.pk for option in options(poll)] == keys


def test_her_page_says_that_moments_changed(client, desk, poll, moments, now):
    said(poll, "An", "yes", "yes", "yes", now=now - dt.timedelta(hours=1))
    desk.post(page(poll), typed(poll, moments))
    url = letters()["an"]["answer_url"]
    client.logout()
    assert "De momenten zijn gewijzigd" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"gezien": ["x", "9" * 40]},
        {"moment-0-day": "9999-12-31"},
        {"moment-0-day": "x\0"},
        {"moment-0-ends": "09:00"},
        {"moment-0-starts": ""},
        {"moment-TOTAL_FORMS": "99999999999"},
    ],
)
def test_nonsense_changes_nothing(desk, poll, moments, wrong):
    answer = desk.post(page(poll), typed(poll, moments) | wrong)
    assert (answer.status_code, len(options(poll))) == (422, 3)


def test_more_rows_keep_what_was_typed(desk, poll, moments):
    answer = desk.post(page(poll), typed(poll, moments, rijen="momenten"))
    assert f'value="{timezone.localtime(moments[3][0]):%Y-%m-%d}"' in answer.content.decode()
    assert len(options(poll)) == 3


def test_a_question_that_ended_has_no_moments_to_change(desk, poll, els, now):
    close_poll(poll=poll, by=els, now=now)
    assert desk.get(page(poll)).status_code == 404


def test_only_who_plans_meetings_in_the_house(client, poll):
    assert client.get(page(poll)).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert client.get(page(poll)).status_code == 404
    client.force_login(MembershipFactory(role="partner_editor", house=poll.house).user)
    assert client.get(page(poll)).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same(desk, poll, moments, now, many, django_assert_num_queries):
    for one in PEOPLE[:many]:
        said(poll, one.name, "yes", "yes", "yes", now=now)
    with django_assert_num_queries(5):
        desk.get(page(poll))
