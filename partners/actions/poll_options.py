"""Proposing other moments while a question for a date runs. What somebody chose never goes without a word to her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import Category, User
from huizen.outbox.queue import queue_message
from huizen.words import moment_in_full
from partners.actions.date_poll import PollError, lock_open, refuse_odd_moments
from partners.actions.poll_reminder import replan_poll
from partners.models import DatePoll, PollOption, PollVote, PollVoter
from partners.poll_letter import voter_context

Choice = PollVote.Choice
Moment = tuple[datetime, datetime]


@dataclass(frozen=True)
class Other:
    """What other moments would mean: which come, which go, and who had chosen one that goes (by the key of the option)."""

    new: list[Moment]
    gone: list[PollOption]
    chosen_by: dict[int, list[PollVoter]]

    @property
    def chosen(self) -> list[tuple[PollOption, list[PollVoter]]]:
        """What goes and was chosen, with who chose it."""
        return [(option, self.chosen_by[option.pk]) for option in self.gone if option.pk in self.chosen_by]

    @property
    def losers(self) -> list[PollVoter]:
        """Everybody who had chosen something that goes, each once."""
        return list({voter.pk: voter for some in self.chosen_by.values() for voter in some}.values())


class ChosenError(PollError):
    """Moments go that somebody had chosen, and nobody said that this is meant; `other` says which."""

    def __init__(self, other: Other):
        super().__init__("Er vallen momenten weg die iemand al koos. Kijk na wie, en bevestig.")
        self.other = other


@transaction.atomic
def change_options(
    *,
    poll: DatePoll,
    moments: Sequence[Moment],
    seen: set[int],
    is_sure: bool = False,
    by: User,
    now: datetime,
) -> Other:
    """Make these the moments that are proposed. What people said of a moment that stays is kept.

    Everybody is asked to look again when there are new moments; who had chosen one that goes hears it in any case.
    Raises ChosenError where somebody had chosen one that goes and `is_sure` does not say that this is meant; PollError
    when the question no longer runs, when fewer than two moments would be left, or when others than `seen` stand there.
    """
    poll = lock_open(poll)
    options = {(option.starts_at, option.ends_at): option for option in poll.options.order_by("starts_at")}
    if {option.pk for option in options.values()} != seen:
        raise PollError("Iemand anders wijzigde de momenten intussen. Kijk na wat er nu staat.")
    other = _other(options, moments)
    refuse_odd_moments([*(set(options) & set(moments)), *other.new], now=now, known=set(options))
    if other.chosen_by and not is_sure:
        raise ChosenError(other)
    if other.new or other.gone:
        _write(poll, other, by=by, now=now)
    return other


def _other(options: dict[Moment, PollOption], moments: Sequence[Moment]) -> Other:
    gone = [option for moment, option in options.items() if moment not in set(moments)]
    votes = PollVote.objects.filter(option__in=gone).exclude(choice=Choice.NO).select_related("voter")
    chosen_by: dict[int, list[PollVoter]] = {}
    for vote in votes.order_by("voter__name", "pk"):
        chosen_by.setdefault(vote.option_id, []).append(vote.voter)
    return Other(sorted(set(moments) - set(options)), gone, chosen_by)


def _write(poll: DatePoll, other: Other, *, by: User, now: datetime) -> None:
    people = list(poll.voters.order_by("pk")) if other.new else other.losers
    PollOption.objects.filter(pk__in=[option.pk for option in other.gone]).delete()
    PollOption.objects.bulk_create(
        PollOption(poll=poll, starts_at=start, ends_at=end) for start, end in other.new
    )
    PollVoter.objects.filter(pk__in=[voter.pk for voter in people]).update(asked_again_at=now)
    words = {"new": _words(other.new), "gone": _words((one.starts_at, one.ends_at) for one in other.gone)}
    for voter in people:
        lost = [one for one in other.gone if voter in other.chosen_by.get(one.pk, [])]
        _tell(poll, voter, words | {"lost": _words((one.starts_at, one.ends_at) for one in lost)}, now)
    replan_poll(poll)
    changes = {"moments": ["; ".join(words["gone"]), "; ".join(words["new"])]}
    record("changed", poll, by=by, now=now, house=poll.house, changes=changes)


def _words(moments) -> list[str]:
    return [moment_in_full(start, end) for start, end in moments]


def _tell(poll: DatePoll, voter: PollVoter, words: dict[str, list[str]], now: datetime) -> None:
    queue_message(
        key=f"poll:{poll.pk}:v{voter.pk}:{now:%Y%m%dT%H%M%S%f}",
        category=Category.MEETING,
        recipient=voter.email,
        template="poll_changed",
        context=voter_context(poll, voter) | words,
        subject=poll,
        house=poll.house,
        now=now,
    )
