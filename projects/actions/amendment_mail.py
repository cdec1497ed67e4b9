"""What people hear about a change of a project: that it is asked, and what was decided."""

from datetime import datetime

from django.urls import reverse

from huizen.links import absolute
from huizen.models import User
from projects.actions.mail import mail_to
from projects.actions.people import followers_of, leaders_of
from projects.models import Amendment, AmendmentDecision


def tell_officer(amendment: Amendment, *, now: datetime) -> None:
    """A change is asked: tell who follows the project."""
    url = reverse("amendment_decide", args=[amendment.pk])
    _mail(followers_of(amendment.project), "project_amendment_asked", amendment, {"url": absolute(url)}, now)


def tell_project(decision: AmendmentDecision, *, now: datetime) -> None:
    """The agency decided: tell the coordinators."""
    amendment, project = decision.amendment, decision.amendment.project
    url = absolute(reverse("amendment_list", args=[project.slug]))
    context = {"verdict": decision.get_kind_display(), "text": decision.text, "url": url}
    _mail(leaders_of(project.house_id), "project_amendment_decided", amendment, context, now)


def _mail(people: list[User], template: str, amendment: Amendment, context: dict, now: datetime) -> None:
    project = amendment.project
    asked = {"amendment": amendment.get_kind_display(), "reason": amendment.reason, "project": str(project)}
    facts = {"subject": amendment, "house": project.house, "now": now}
    mail_to(people, template, asked | context, key=f"{template}:{amendment.pk}", **facts)
