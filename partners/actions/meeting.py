"""Planning, changing, cancelling and restoring a meeting.

Every change locks the meeting first, so that two people who act at once act one after the other, and the calendar's
SEQUENCE rises with each change that invitees hear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from huizen.actions.logbook import record
from huizen.models import House, User
from huizen.words import moment_in_full
from partners.actions.agenda import AgendaPoint, write_agenda
from partners.actions.invitee import Invitee, add_invitees
from partners.actions.meeting_group import members_to_ask
from partners.actions.meeting_letter import Word, send_word
from partners.actions.meeting_lock import MeetingError, lock_meeting, raise_sequence
from partners.actions.meeting_reminder import replan
from partners.models import Meeting, MeetingGroup, MeetingInvitation

Answer = MeetingInvitation.Answer


@dataclass(frozen=True)
class MeetingFacts:
    """What a meeting is: about what, when (aware datetimes), where, a message to who is asked, and whether they see who comes."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    online_url: str = ""
    note: str = ""
    shows_who_comes: bool = False


@transaction.atomic
def plan_meeting(
    *,
    house: House | None,
    facts: MeetingFacts,
    agenda: Sequence[AgendaPoint],
    invitees: Sequence[Invitee],
    by: User,
    now: datetime,
    group: MeetingGroup | None = None,
    said_yes: Mapping[str, datetime] | None = None,
) -> Meeting:
    """Plan a meeting: everybody who is asked gets a letter with the agenda and an entry for the calendar.

    Without a House it is one of the whole network. The members of `group` are asked too. `said_yes`: who said
    before that she can come at this moment, and when (by address); it stands as her answer. Raises MeetingError when the moment is past.
    """
    _refuse_past_start(facts, now)
    meeting = Meeting.objects.create(
        house=house,
        group=group,
        organiser=by,
        ical_uid=new_uid(),
        moment_set_at=now,
        changed_at=now,
        **asdict(facts),
    )
    write_agenda(meeting, agenda)
    add_invitees(meeting, [*(members_to_ask(group) if group else ()), *invitees], now=now)
    _keep_answers(meeting, said_yes or {})
    replan(meeting)
    record("planned", meeting, by=by, now=now, house=house)
    _tell(meeting, Word("meeting_invitation"), now=now)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    facts: MeetingFacts,
    agenda: Sequence[AgendaPoint],
    tell: bool,
    seen: datetime,
    by: User,
    now: datetime,
) -> Meeting:
    """Change a meeting. Who is asked hears of another time or place, and of the rest when `tell` says so.

    Another time asks everybody again: an answer was about the former moment (it stays to be seen as
    `earlier_answer`). `seen` is the `changed_at` that the editor had in front of her. Raises MeetingError when
    somebody else changed it since, when it is over or cancelled, or when the new moment is past.
    """
    meeting = lock_meeting(meeting)
    _refuse_unless_open(meeting, now)
    if seen != meeting.changed_at:
        raise MeetingError("Iemand anders wijzigde dit overleg intussen. Kijk na wat er nu staat.")
    before = _facts_of(meeting)
    if _moved(before, facts):
        _refuse_past_start(facts, now)
        set_moment_anew(meeting, now)
    meeting.set_apart = meeting.set_apart or (meeting.series_id is not None and before != facts)
    _write_facts(meeting, facts, now)
    agenda_before = write_agenda(meeting, agenda)
    replan(meeting)
    changes = _logged_changes(before, facts) | _logged_agenda(agenda_before, agenda)
    record("changed", meeting, by=by, now=now, house=meeting.house, changes=changes)
    if tell or _moved(before, facts) or _elsewhere(before, facts):
        _tell_anew(meeting, Word("meeting_update", context=_told_changes(before, facts)), now=now)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, now: datetime) -> Meeting:
    """Cancel a meeting: everybody hears it once, it leaves their calendars, and no reminder goes out.

    Raises MeetingError when it is over, or cancelled already.
    """
    meeting = lock_meeting(meeting)
    _refuse_unless_open(meeting, now)
    meeting.status, meeting.cancel_reason, meeting.changed_at = Meeting.Status.CANCELLED, reason, now
    meeting.save(update_fields=["status", "cancel_reason", "changed_at"])
    replan(meeting)
    record("cancelled", meeting, by=by, now=now, house=meeting.house, reason=reason)
    _tell_anew(meeting, Word("meeting_cancelled", method="CANCEL", context={"reason": reason}), now=now)
    return meeting


@transaction.atomic
def restore_meeting(*, meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Let a cancelled meeting take place after all, at its own moment; answers stay as they were.

    Raises MeetingError when it was not cancelled, or its moment is past.
    """
    meeting = lock_meeting(meeting)
    if not meeting.is_cancelled:
        raise MeetingError("Dit overleg gaat gewoon door.")
    _refuse_past_start(_facts_of(meeting), now)
    meeting.status, meeting.cancel_reason = Meeting.Status.SCHEDULED, ""
    meeting.moment_set_at = meeting.changed_at = now
    meeting.save(update_fields=["status", "cancel_reason", "moment_set_at", "changed_at"])
    replan(meeting)
    record("restored", meeting, by=by, now=now, house=meeting.house)
    _tell_anew(meeting, Word("meeting_restored"), now=now)
    return meeting


def _keep_answers(meeting: Meeting, said_yes: Mapping[str, datetime]) -> None:
    rows = list(meeting.invitations.filter(email__in=said_yes))
    for row in rows:
        row.answer, row.answered_at = Answer.YES, said_yes[row.email]
    MeetingInvitation.objects.bulk_update(rows, ["answer", "answered_at"])


def new_uid() -> str:
    """What names an entry in calendars, for life."""
    return f"{uuid4()}@{urlsplit(settings.PORTAL_URL).hostname}"


def _refuse_past_start(facts: MeetingFacts, now: datetime) -> None:
    if facts.starts_at <= now:
        raise MeetingError("Dit moment is al voorbij. Kies een later moment.")


def _refuse_unless_open(meeting: Meeting, now: datetime) -> None:
    if meeting.is_cancelled:
        raise MeetingError("Dit overleg gaat al niet meer door.")
    if meeting.is_over(now=now):
        raise MeetingError("Dit overleg is voorbij.")


def set_moment_anew(meeting: Meeting, now: datetime) -> None:
    """The answers were about the former moment: keep them beside, and ask again."""
    meeting.time_version += 1
    meeting.moment_set_at = now
    meeting.invitations.exclude(answer=Answer.NONE).update(
        earlier_answer=F("answer"), answer=Answer.NONE, answered_at=None
    )


def _write_facts(meeting: Meeting, facts: MeetingFacts, now: datetime) -> None:
    for name, value in asdict(facts).items():
        setattr(meeting, name, value)
    meeting.changed_at = now
    meeting.save()


def _tell_anew(meeting: Meeting, word: Word, *, now: datetime) -> None:
    """Tell everybody of a change: with the next SEQUENCE, so that calendars take it over."""
    raise_sequence(meeting)
    _tell(meeting, word, now=now)


def _tell(meeting: Meeting, word: Word, *, now: datetime) -> None:
    whole = Meeting.objects.whole().get(pk=meeting.pk)
    send_word(word, whole, whole.invitations.asked().order_by("pk"), now=now)


def _facts_of(meeting: Meeting) -> MeetingFacts:
    return MeetingFacts(**{name: getattr(meeting, name) for name in MeetingFacts.__dataclass_fields__})


def _moved(before: MeetingFacts, after: MeetingFacts) -> bool:
    return (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at)


def _elsewhere(before: MeetingFacts, after: MeetingFacts) -> bool:
    return (before.place, before.online_url) != (after.place, after.online_url)


def _told_changes(before: MeetingFacts, after: MeetingFacts) -> dict[str, Any]:
    """What the letter says of a change: each thing that differs, old and new."""
    pairs = [
        (
            "Wanneer",
            moment_in_full(before.starts_at, before.ends_at),
            moment_in_full(after.starts_at, after.ends_at),
        ),
        ("Waar", before.place, after.place),
        ("Online", before.online_url, after.online_url),
        ("Titel", before.title, after.title),
    ]
    changes = [{"label": label, "old": old, "new": new} for label, old, new in pairs if old != new]
    return {"changes": changes, "moved": _moved(before, after)}


def _logged_changes(before: MeetingFacts, after: MeetingFacts) -> dict[str, list[Any]]:
    old, new = asdict(before), asdict(after)
    return {name: [_plain(old[name]), _plain(new[name])] for name in old if old[name] != new[name]}


def _logged_agenda(before: Sequence[AgendaPoint], after: Sequence[AgendaPoint]) -> dict[str, list[Any]]:
    if list(before) == list(after):
        return {}
    return {"agenda": [[point.title for point in before], [point.title for point in after]]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
