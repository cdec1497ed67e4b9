"""A question for a date: asked, answered, and one of the moments made a meeting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import Category, House, User
from huizen.outbox.queue import queue_message
from huizen.words import wall
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts, cancel_meeting, plan_meeting
from partners.actions.meeting_group import members_to_ask
from partners.actions.poll_reminder import replan_poll
from partners.models import DatePoll, Meeting, MeetingGroup, PollOption, PollVote, PollVoter
from partners.poll_letter import voter_context

State, Choice = DatePoll.State, PollVote.Choice
#: Nobody looks for a date further ahead.
FURTHEST = timedelta(days=3 * 366)
SEARCHING = "We zoeken een andere datum."


class PollError(Exception):
    """Why a question for a date cannot be so; its text is for the person who tried."""


@dataclass(frozen=True)
class PollFacts:
    """What is asked: about what, until which day, and whether people see what others say."""

    title: str
    deadline: date
    place: str = ""
    online_url: str = ""
    note: str = ""
    shows_votes: bool = False


@transaction.atomic
def open_poll(
    *,
    house: House | None,
    group: MeetingGroup | None,
    facts: PollFacts,
    moments: Sequence[tuple[datetime, datetime]],
    invitees: Sequence[Invitee],
    by: User,
    now: datetime,
) -> DatePoll:
    """Ask people (and the members of `group`) when they can; each gets a letter with a link of her own.

    Raises PollError without two coming moments, or without anybody to ask.
    """
    refuse_odd_moments(moments, now=now)
    poll = DatePoll.objects.create(house=house, group=group, organiser=by, opened_at=now, **asdict(facts))
    PollOption.objects.bulk_create(
        PollOption(poll=poll, starts_at=start, ends_at=end) for start, end in sorted(set(moments))
    )
    people = [*(members_to_ask(group) if group else ()), *invitees]
    if not _ask(poll, people, now):
        raise PollError("Zeg wie je vraagt.")
    replan_poll(poll)
    record("asked_date", poll, by=by, now=now, house=house)
    return poll


@transaction.atomic
def ask_more(*, poll: DatePoll, invitees: Sequence[Invitee], by: User, now: datetime) -> int:
    """Ask more people; gives how many were not asked yet. Raises PollError when it no longer runs."""
    poll = lock_open(poll)
    added = _ask(poll, invitees, now)
    if added:
        replan_poll(poll)
        changes = {"people": [0, len(added)]}
        record("asked_date", poll, by=by, now=now, house=poll.house, changes=changes)
    return len(added)


@transaction.atomic
def vote(*, voter: PollVoter, choices: Mapping[int, str], comment: str, now: datetime) -> PollVoter:
    """Take what somebody says of the moments (`choices`: by the key of the option); a former answer is replaced.

    Raises PollError when a moment was chosen or the question was closed.
    """
    poll = lock_open(voter.poll)
    voter = PollVoter.objects.get(pk=voter.pk)
    options = set(poll.options.filter(pk__in=choices).values_list("pk", flat=True))
    voter.votes.all().delete()
    PollVote.objects.bulk_create(
        PollVote(option_id=option, voter=voter, choice=choices[option]) for option in sorted(options)
    )
    voter.comment, voter.answered_at = comment, now
    voter.save(update_fields=["comment", "answered_at"])
    replan_poll(poll)
    record("answered", poll, by=None, now=now, house=poll.house)
    return voter


@transaction.atomic
def choose_option(*, option: PollOption, facts: MeetingFacts, by: User, now: datetime) -> Meeting:
    """Make one of the moments a meeting: all who were asked are invited.

    Who said that she can come then is written down as coming, and reads so in her invitation; to everybody else it is a
    question. Raises PollError when it no longer runs, MeetingError when the moment is past.
    """
    poll = lock_open(option.poll)
    voters = list(poll.voters.select_related("contact__organisation", "organisation").order_by("pk"))
    yes = set(option.votes.filter(choice=Choice.YES).values_list("voter", flat=True))
    meeting = plan_meeting(
        house=poll.house,
        group=poll.group,
        facts=facts,
        agenda=[],
        invitees=[Invitee(v.name, v.email, v.contact, v.organisation, v.chooses) for v in voters],
        said_yes={v.email: v.answered_at for v in voters if v.pk in yes and v.answered_at},
        by=by,
        now=now,
    )
    _end(poll, State.CHOSEN, meeting)
    record("chose_date", poll, by=by, now=now, house=poll.house)
    return meeting


@transaction.atomic
def close_poll(*, poll: DatePoll, by: User, now: datetime) -> DatePoll:
    """Close it without a date; nobody is asked any more. Raises PollError when it no longer runs."""
    poll = lock_open(poll)
    _end(poll, State.CLOSED, None)
    record("ended", poll, by=by, now=now, house=poll.house)
    return poll


@transaction.atomic
def reopen_poll(*, poll: DatePoll, deadline: date, by: User, now: datetime) -> DatePoll:
    """Ask on, until another day; the meeting that was planned with it does not take place. Answers stay.

    Raises PollError when it runs already, or the day is past.
    """
    poll = _lock(poll)
    if poll.is_open:
        raise PollError("Deze vraag loopt nog.")
    if deadline < wall(now).date():
        raise PollError("Kies een dag vanaf vandaag.")
    meeting = poll.meeting
    poll.state, poll.meeting, poll.deadline = State.OPEN, None, deadline
    poll.save(update_fields=["state", "meeting", "deadline"])
    if meeting and not meeting.is_cancelled and not meeting.is_over(now=now):
        cancel_meeting(meeting=meeting, reason=SEARCHING, by=by, now=now)
    replan_poll(poll)
    record("reopened", poll, by=by, now=now, house=poll.house)
    return poll


def refuse_odd_moments(
    moments: Sequence[tuple[datetime, datetime]],
    *,
    now: datetime,
    known: Collection[tuple[datetime, datetime]] = (),
) -> None:
    """Raises PollError without two moments, or for a new one (not `known`) that is past or absurdly far away."""
    odd = any(not now < start <= now + FURTHEST for start, end in moments if (start, end) not in known)
    if len(set(moments)) < 2 or odd:
        raise PollError("Stel minstens twee momenten voor die nog komen, binnen de drie jaar.")


def _lock(poll: DatePoll) -> DatePoll:
    rows = DatePoll.objects.select_related("house", "group", "organiser", "meeting")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=poll.pk)


def lock_open(poll: DatePoll) -> DatePoll:
    """The question as it is now, held until the transaction ends. Raises PollError when it no longer runs."""
    poll = _lock(poll)
    if not poll.is_open:
        raise PollError("Deze vraag loopt niet meer.")
    return poll


def _end(poll: DatePoll, state: str, meeting: Meeting | None) -> None:
    poll.state, poll.meeting = state, meeting
    poll.save(update_fields=["state", "meeting"])
    replan_poll(poll)


def _ask(poll: DatePoll, invitees: Sequence[Invitee], now: datetime) -> list[PollVoter]:
    """Write down who is asked and queue the letters; an address counts once. Gives who was not asked yet."""
    known = set(poll.voters.values_list("email", flat=True))
    people = {one.address: one for one in reversed(invitees)}
    rows = PollVoter.objects.bulk_create(
        PollVoter(
            poll=poll,
            email=email,
            name=one.name,
            contact=one.contact,
            organisation=one.comes_from,
            chooses=one.chooses,
            invited_at=now,
        )
        for email, one in people.items()
        if email not in known
    )
    for row in rows:
        queue_message(
            key=f"poll:{poll.pk}:v{row.pk}",
            category=Category.MEETING,
            recipient=row.email,
            template="poll_question",
            context=voter_context(poll, row),
            subject=poll,
            house=poll.house,
            now=now,
        )
    return rows
