"""Who said what of which moment, as a table by person."""

from collections.abc import Sequence
from typing import NamedTuple

from partners.models import PollOption, PollVote, PollVoter

Choice = PollVote.Choice
#: What a cell says, and the colour of its badge.
WORDS = {
    Choice.YES: ("kan", "good"),
    Choice.IF_NEEDED: ("als het moet", "warning"),
    Choice.NO: ("kan niet", "bad"),
    "": ("?", "quiet"),
}


class Cell(NamedTuple):
    """What somebody says of one moment."""

    option: PollOption
    words: str
    kind: str


def table_of(
    options: Sequence[PollOption], voters: Sequence[PollVoter]
) -> list[tuple[PollVoter, list[Cell]]]:
    """A row for each person, a cell for each moment. Each option with its `votes` at hand."""
    said = {(vote.voter_id, option.pk): vote.choice for option in options for vote in option.votes.all()}
    return [
        (voter, [Cell(option, *WORDS[said.get((voter.pk, option.pk), "")]) for option in options])
        for voter in voters
    ]
