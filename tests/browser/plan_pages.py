"""Rows and pages of the plan of a project: what it wants to reach, plans, fears and asks."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from projects.actions.amendment_file import Document
from projects.models import Project
from tests.projects.plan_builders import ask, decide, make_milestone, make_result, make_risk
from tests.projects.story_builders import PDF

_OWN = "/beheer/projecten/{own_project}"
#: What the coordinator fills in.
DESK = {
    "theory of change": f"{_OWN}/veranderingstheorie/",
    "ties of an objective": f"{_OWN}/doelen/{{objective}}/verbanden/",
    "result": f"{_OWN}/resultaten/{{result}}/",
    "result taken away": f"{_OWN}/resultaten/{{result}}/weg/",
    "plan": f"{_OWN}/plan/",
    "new milestone": f"{_OWN}/plan/mijlpalen/nieuw/",
    "milestone": f"{_OWN}/plan/mijlpalen/{{milestone}}/",
    "milestone reached": "/beheer/mijlpalen/{milestone}/",
    "new risk": f"{_OWN}/plan/risicos/nieuw/",
    "risk": f"{_OWN}/plan/risicos/{{risk}}/",
    "meetings of a project": f"{_OWN}/plan/overleg/",
    "new action point of a project": f"{_OWN}/plan/acties/nieuw/",
    "changes of a project": f"{_OWN}/wijzigingen/",
    "longer": f"{_OWN}/wijzigingen/vraag/verlenging/",
    "another budget": f"{_OWN}/wijzigingen/vraag/begroting/",
}
#: What the agency decides.
AGENCY = {"change to decide": "/opgroeien/wijzigingen/{amendment}/"}


def plan_of(project: Project) -> dict:
    """Something of everything, with a change that was refused and one that waits."""
    objective, today = project.objectives.get(), timezone.localdate()
    Project.objects.filter(pk=project.pk).update(impact="Elk jong gezin kent iemand in de buurt.")
    outcome = make_result(
        objective, "Gezinnen kennen elkaar en het Huis", "outcome", assumption="de bus rijdt"
    )
    objective.results.exclude(pk=outcome.pk).update(contributes_to=outcome)
    make_milestone(project, "De groep is gestart", today, done_on=today)
    milestone = make_milestone(project, planned_for=today - dt.timedelta(days=9))
    make_risk(project, "Voorbij", closed_on=today)
    risk = make_risk(project, owner=project.coordinator, response="We bellen aan.")
    paper = Document("Brief van de school", ContentFile(PDF, "a.pdf"))
    decide(ask(project, "partner"), accepted=False, text="Nog niet.")
    return {"milestone": milestone.pk, "risk": risk.pk, "amendment": ask(project, files=[paper]).pk}
