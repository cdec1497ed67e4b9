"""How a story goes from hand to hand: one table of what may happen in which state, and who may do it (pure)."""

from enum import StrEnum
from typing import NamedTuple

from huizen.roles import Permission
from projects.models.story import Story


class StoryAct(StrEnum):
    """What somebody does with a story, as its button sends it."""

    PROPOSE = "leg-voor"
    RETURN = "vraag"
    APPROVE = "keur-goed"
    PUBLISH = "publiceer"
    WITHDRAW = "haal-weg"
    REWORK = "herwerk"


class StoryStep(NamedTuple):
    """Where an act leads, who may do it, and what the logbook says."""

    to: Story.State
    permission: Permission
    verb: str


State = Story.State
WRITE, REVIEW = Permission.WRITE_REPORTS, Permission.REVIEW_REPORTS
_PROPOSE = StoryStep(State.PROPOSED, WRITE, "story_proposed")
_REWORK = StoryStep(State.DRAFT, WRITE, "story_reworked")

STEPS: dict[tuple[str, StoryAct], tuple[StoryStep, ...]] = {
    (State.DRAFT, StoryAct.PROPOSE): (_PROPOSE,),
    (State.PROPOSED, StoryAct.REWORK): (_REWORK,),
    (State.PROPOSED, StoryAct.RETURN): (StoryStep(State.DRAFT, REVIEW, "story_returned"),),
    (State.PROPOSED, StoryAct.APPROVE): (StoryStep(State.APPROVED, REVIEW, "story_approved"),),
    (State.APPROVED, StoryAct.REWORK): (_REWORK,),
    (State.APPROVED, StoryAct.PUBLISH): (StoryStep(State.PUBLISHED, WRITE, "story_published"),),
    # Either side takes it off at once.
    (State.PUBLISHED, StoryAct.WITHDRAW): (
        StoryStep(State.WITHDRAWN, WRITE, "story_withdrawn"),
        StoryStep(State.WITHDRAWN, REVIEW, "story_withdrawn"),
    ),
    (State.WITHDRAWN, StoryAct.REWORK): (_REWORK,),
}


def step_of(story: Story, act: StoryAct, user) -> StoryStep | None:
    """Where an act of somebody leads; None where it is not possible, or not hers."""
    return next((step for step in STEPS.get((story.state, act), ()) if _may(user, step, story)), None)


def acts_on(story: Story, user) -> set[StoryAct]:
    """What somebody can do with a story as it stands."""
    return {act for act in StoryAct if step_of(story, act, user)}


def _may(user, step: StoryStep, story: Story) -> bool:
    return user.may_in(step.permission, story.project.house if step.permission == WRITE else None)
