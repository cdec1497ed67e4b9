"""What the letters about a question for a date say."""

from typing import Any

from django.urls import reverse

from huizen.languages import in_dutch
from huizen.links import absolute, sign
from huizen.words import day_in_full, moment_in_full
from partners.models import DatePoll, PollVoter

#: What a signed link of somebody who is asked is for.
VOTE = "date-poll"


def vote_url(voter: PollVoter) -> str:
    """The whole address at which somebody says when she can, without an account."""
    return absolute(reverse("poll_vote", args=[sign(VOTE, voter.pk)]))


def poll_url(poll: DatePoll) -> str:
    """The whole address of the page for who asks."""
    return absolute(reverse("poll_detail", args=[poll.pk]))


@in_dutch
def poll_context(poll: DatePoll) -> dict[str, Any]:
    """What every letter about it can say, as JSON."""
    return {
        "title": poll.title,
        "house": poll.host,
        "organiser": str(poll.organiser or poll.host),
        "note": poll.note,
        "deadline": day_in_full(poll.deadline),
        "dates": [
            moment_in_full(option.starts_at, option.ends_at) for option in poll.options.order_by("starts_at")
        ],
        "url": poll_url(poll),
    }


def voter_context(poll: DatePoll, voter: PollVoter) -> dict[str, Any]:
    """What every letter to somebody who is asked can say."""
    return poll_context(poll) | {"name": voter.name, "answer_url": vote_url(voter)}
