"""Who hears about a story: the agency that it waits for, and the project that it was read."""

from datetime import datetime

from django.urls import reverse

from huizen.links import absolute
from huizen.models import Event
from projects.actions.mail import mail_to
from projects.actions.people import followers_of, leaders_of
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
    project = story.project
    context = {
        "title": SUBJECTS[act],
        "story": str(story),
        "project": str(project),
        "remark": story.remark,
        "act": act.name,
        "url": absolute(reverse("story_detail", args=[story.pk])),
    }
    people = followers_of(project) if act == StoryAct.PROPOSE else leaders_of(project.house_id)
    facts = {"subject": story, "house": project.house, "now": now}
    mail_to(people, "project_story", context, key=f"project_story:{event.pk}", **facts)
