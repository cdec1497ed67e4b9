"""How a story goes from hand to hand."""

from enum import StrEnum

from huizen.roles import Permission
from projects.flow import May, Step
from projects.models.story import Story


class StoryAct(StrEnum):
    """What somebody does with a story, as its button sends it."""

    PROPOSE = "leg-voor"
    RETURN = "vraag"
    APPROVE = "keur-goed"
    PUBLISH = "publiceer"
    WITHDRAW = "haal-weg"
    REWORK = "herwerk"


#: What the logbook says of each act.
VERBS = {
    StoryAct.PROPOSE: "story_proposed",
    StoryAct.RETURN: "story_returned",
    StoryAct.APPROVE: "story_approved",
    StoryAct.PUBLISH: "story_published",
    StoryAct.WITHDRAW: "story_withdrawn",
    StoryAct.REWORK: "story_reworked",
}

S = Story.State
WRITE, REVIEW = Permission.WRITE_REPORTS, Permission.REVIEW_REPORTS

STEPS = (
    Step(S.DRAFT, StoryAct.PROPOSE, S.PROPOSED, WRITE),
    Step(S.PROPOSED, StoryAct.REWORK, S.DRAFT, WRITE),
    Step(S.PROPOSED, StoryAct.RETURN, S.DRAFT, REVIEW),
    Step(S.PROPOSED, StoryAct.APPROVE, S.APPROVED, REVIEW),
    Step(S.APPROVED, StoryAct.REWORK, S.DRAFT, WRITE),
    Step(S.APPROVED, StoryAct.PUBLISH, S.PUBLISHED, WRITE),
    # Either side takes it off at once.
    Step(S.PUBLISHED, StoryAct.WITHDRAW, S.WITHDRAWN, WRITE),
    Step(S.PUBLISHED, StoryAct.WITHDRAW, S.WITHDRAWN, REVIEW),
    Step(S.WITHDRAWN, StoryAct.REWORK, S.DRAFT, WRITE),
)


def may_with(story: Story, user) -> May:
    """Who writes does so in the House of the story, who reviews does so at the agency."""
    return lambda needed: user.may_in(needed, story.project.house if needed == WRITE else None)
