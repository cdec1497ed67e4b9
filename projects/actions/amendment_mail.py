"""What people hear about a change of a project: that it is asked, and what was decided."""

from datetime import datetime

from django.urls import reverse

from huizen.links import absolute
from huizen.models import Category, User
from huizen.outbox.queue import letter, queue_letters
from projects.actions.report_reminder import leaders_of
from projects.models import Amendment, AmendmentDecision


def tell_officer(amendment: Amendment, *, now: datetime) -> None:
    """A change is asked: tell who follows the project."""
    if officer := amendment.project.officer:
        url = reverse("amendment_decide", args=[amendment.pk])
        _queue([officer], "project_amendment_asked", amendment, url, {}, now)


def tell_project(decision: AmendmentDecision, *, now: datetime) -> None:
    """The agency decided: tell the coordinators."""
    amendment = decision.amendment
    house = amendment.project.house_id
    url = reverse("amendment_list", args=[amendment.project.slug])
    context = {"verdict": decision.get_kind_display(), "text": decision.text}
    _queue(leaders_of([house])[house], "project_amendment_decided", amendment, url, context, now)


def _queue(
    people: list[User], template: str, amendment: Amendment, url: str, context: dict, now: datetime
) -> None:
    project = amendment.project
    facts = {
        "project": str(project),
        "amendment": amendment.get_kind_display(),
        "reason": amendment.reason,
        "url": absolute(url),
    }
    queue_letters(
        letter(
            key=f"{template}:{amendment.pk}:{user.pk}",
            category=Category.PROJECT,
            recipient=user.email,
            template=template,
            context=facts | context,
            subject=amendment,
            house=project.house,
            now=now,
        )
        for user in people
    )
