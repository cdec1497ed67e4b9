"""Which moment suits best, and why (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huizen.words import count
from partners.models import PollOption, PollVote, PollVoter

Choice = PollVote.Choice
#: So many who cannot come are named.
NAMED = 3


@dataclass(frozen=True)
class Ranked:
    """A moment with who can, who can if needed, who cannot, and who said nothing of it."""

    option: PollOption
    yes: tuple[str, ...]
    if_needed: tuple[str, ...]
    no: tuple[str, ...]
    silent: int

    @property
    def reason(self) -> str:
        """Why it stands where it stands: "4 kunnen, 1 als het moet. Niet: An."."""
        words = count(len(self.yes), "kan", "kunnen", none="Niemand kan zeker")
        if self.if_needed:
            words += f", {len(self.if_needed)} als het moet"
        if self.no:
            more = " en andere" if len(self.no) > NAMED else ""
            words += f". Niet: {', '.join(self.no[:NAMED])}{more}"
        if self.silent:
            words += f". {count(self.silent, 'zei', 'zeiden')} nog niets"
        return f"{words}."


def ranked(options: Iterable[PollOption], voters: Sequence[PollVoter]) -> list[Ranked]:
    """The best moment first: most who can come at all, then most who can easily, then the soonest.

    Each option with its `votes` at hand. Who did not answer counts for no moment.
    """
    names = {voter.pk: voter.name for voter in voters}
    found = [_ranked(option, names) for option in options]
    return sorted(
        found, key=lambda one: (-len(one.yes) - len(one.if_needed), -len(one.yes), one.option.starts_at)
    )


def _ranked(option: PollOption, names: dict[int, str]) -> Ranked:
    said = {vote.voter_id: vote.choice for vote in option.votes.all() if vote.voter_id in names}
    by_choice = {
        choice: tuple(sorted(names[pk] for pk, one in said.items() if one == choice))
        for choice in Choice.values
    }
    return Ranked(
        option,
        by_choice[Choice.YES],
        by_choice[Choice.IF_NEEDED],
        by_choice[Choice.NO],
        len(names) - len(said),
    )
