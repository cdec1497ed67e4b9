"""Who hears about a story: the agency that it waits for, and the project that it was read."""

from datetime import datetime

from django.urls import reverse

from huizen.links import absolute
from huizen.models import Category, Event, User
from huizen.outbox.queue import letter, queue_letters
from projects.actions.report_reminder import leaders_of
from projects.models import Story
from projects.story_flow import StoryAct

#: What each act says in the subject of its mail; of other acts nobody is told.
SUBJECTS = {
    StoryAct.PROPOSE: "Een verhaal om na te lezen",
    StoryAct.RETURN: "Opgroeien vraagt een aanpassing van je verhaal",
    StoryAct.APPROVE: "Je verhaal is goedgekeurd",
}


def tell(story: Story, act: StoryAct, event: Event, *, now: datetime) -> None:
    """Tell who has to do something now. `event`: what the logbook wrote of it, so that each act is one mail."""
    if act not in SUBJECTS:
        return
    context = {
        "title": SUBJECTS[act],
        "story": str(story),
        "project": str(story.project),
        "remark": story.remark,
        "act": act.name,
        "url": absolute(reverse("story_detail", args=[story.pk])),
    }
    queue_letters(
        letter(
            key=f"project_story:{event.pk}:{user.pk}",
            category=Category.PROJECT,
            recipient=user.email,
            template="project_story",
            context=context,
            subject=story,
            house=story.project.house,
            now=now,
        )
        for user in _people(story, act)
    )


def _people(story: Story, act: StoryAct) -> list[User]:
    project = story.project
    if act == StoryAct.PROPOSE:
        return [project.officer] if project.officer else []
    return leaders_of([project.house_id])[project.house_id] if project.house_id else []
