"""What the invented projects plan, fear and ask: a theory of change, milestones, risks, things to do, and changes."""

from datetime import date, timedelta

from demo.network.drawing import paper_file
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from huizen.vocabulary import PolicyGoal
from partners.actions.action_point import Agreed
from partners.models import MeetingGroup, Organisation
from projects.actions.amendment import Shift, ask_amendment, decide_amendment
from projects.actions.amendment_file import Document
from projects.actions.indicator import set_yardstick
from projects.actions.objective_ties import tie_objective
from projects.actions.people import leaders_of
from projects.actions.plan import add_milestone, add_risk, close_risk, reach_milestone
from projects.actions.project import edit_project
from projects.actions.project_meetings import agree_for_project, choose_meetings
from projects.actions.result import add_result, edit_result
from projects.models import Amendment, Indicator, Objective, Project, ResultStatement

Kind = Amendment.Kind
PROGRAMME = "voorbeeld"
IMPACT = "Elk jong gezin in de buurt kent iemand bij wie het terechtkan (voorbeeld)."
#: What changes under each objective, and what has to be true for it.
OUTCOMES = (
    ("Gezinnen kennen elkaar en het Huis (voorbeeld)", "gezinnen zich welkom voelen in het gebouw"),
    ("Partners verwijzen naar elkaar door (voorbeeld)", "medewerkers tijd krijgen om te overleggen"),
)
#: Title, in how many days from today, and how many days ago it was reached.
MILESTONES = (
    ("De babbelgroep is gestart (voorbeeld)", -120, 110),
    ("Alle scholen zijn bezocht (voorbeeld)", -14, None),
    ("De brochure is klaar in vier talen (voorbeeld)", 45, None),
)
#: Description, likelihood, impact, response.
RISKS = (
    ("De begeleider stopt (voorbeeld)", 2, 3, "Twee collega's kennen de groep."),
    ("Het lokaal is te klein (voorbeeld)", 1, 2, "We vragen de sporthal."),
    ("Er zijn te weinig tolken (voorbeeld)", 3, 1, ""),
)


def make_plans(world: World, users: dict[str, User]) -> int:
    """A plan for each project that runs in the invented programme; gives how many."""
    projects = list(
        Project.objects.filter(call__programme__slug=PROGRAMME).select_related("call", "house").order_by("pk")
    )
    for project in projects:
        writer = leaders_of(project.house_id)[0]
        _theory(world, project, writer)
        _milestones(world, project, writer)
        _risks(world, project, writer)
        _agreed(world, project, writer)
    _amendments(world, projects, users[COORDINATOR.email], users[mail("opgroeien")])
    return len(projects)


def _theory(world: World, project: Project, by: User) -> None:
    """Its impact, what changes under each objective, and who answers for it."""
    who = {"by": by, "now": world.now}
    edit_project(project=project, facts={"impact": IMPACT}, **who)
    partners = Organisation.objects.filter(
        partnerships__house=project.house, partnerships__until=None
    ).order_by("pk")
    goals = [goal for goal in PolicyGoal if goal in project.policy_goals]
    objectives = project.objectives.order_by("number")
    for objective, (text, assumption), goal in zip(objectives, OUTCOMES, goals, strict=True):
        _lead_to(objective, text, assumption, **who)
        tie_objective(
            objective=objective, policy_goals=[goal], leads=partners[:1], helps=partners[1:3], **who
        )


def _lead_to(objective: Objective, text: str, assumption: str, **who) -> None:
    outputs = list(objective.results.order_by("pk"))
    outcome = add_result(objective=objective, level="outcome", text=text, assumption=assumption, **who)
    for output in outputs:
        edit_result(
            result=output,
            level=ResultStatement.Level.OUTPUT,
            text=output.text,
            assumption="",
            contributes_to=outcome,
            **who,
        )


def _milestones(world: World, project: Project, by: User) -> None:
    for title, days, ago in MILESTONES:
        planned_for = world.today + timedelta(days=days)
        facts = {"title": title, "planned_for": planned_for}
        made = add_milestone(project=project, facts=facts, by=by, now=world.now)
        if ago is not None:
            done_on = world.today - timedelta(days=ago)
            reach_milestone(milestone=made, done_on=done_on, by=by, now=world.now)


def _risks(world: World, project: Project, by: User) -> None:
    for description, likelihood, impact, response in RISKS:
        facts = {
            "description": description,
            "likelihood": likelihood,
            "impact": impact,
            "response": response,
            "owner": by if response else None,
        }
        made = add_risk(project=project, facts=facts, by=by, now=world.now)
    close_risk(risk=made, closed_on=world.today, by=by, now=world.now)


def _agreed(world: World, project: Project, by: User) -> None:
    """The group of the House that meets about it, and something to do."""
    group = MeetingGroup.objects.filter(house=project.house).order_by("pk").first()
    choose_meetings(project=project, group=group, meetings=[], by=by, now=world.now)
    agreed = Agreed(
        "Nakijken welke scholen nog niet meedoen (voorbeeld)", by, world.today + timedelta(days=9)
    )
    agree_for_project(project=project, agreed=agreed, by=by, now=world.now)


def _amendments(world: World, projects: list[Project], by: User, officer: User) -> None:
    """One was lengthened, one asks to shift its budget, one was refused and asks another target."""
    long, budget, other = projects
    who, decides = {"by": by, "now": world.now}, {"by": officer, "now": world.now}
    until = date(long.last_day.year + 1, 6, 30)
    reason = "De groepen startten later dan gepland (voorbeeld)."
    asked = ask_amendment(
        project=long, kind=Kind.EXTENSION, until=until, reason=reason, files=[_paper("Planning")], **who
    )
    decide_amendment(
        amendment=asked, accepted=True, text="Akkoord, binnen hetzelfde bedrag (voorbeeld).", **decides
    )
    shifts = [
        Shift(1, "Loon (voorbeeld)", "opgroeien", 3_600_000),
        Shift(1, "Tolken (voorbeeld)", "opgroeien", 400_000),
    ]
    reason = "Er zijn meer tolken nodig (voorbeeld)."
    ask_amendment(
        project=budget, kind=Kind.BUDGET, shifts=shifts, reason=reason, files=[_paper("Raming")], **who
    )
    asked = ask_amendment(
        project=other,
        kind=Kind.PARTNER,
        what="De bibliotheek valt weg (voorbeeld).",
        reason="Ze kreeg een andere opdracht (voorbeeld).",
        **who,
    )
    decide_amendment(
        amendment=asked, accepted=False, text="Zeg ook wie haar taak overneemt (voorbeeld).", **decides
    )
    _other_target(other, **who)


def _paper(title: str) -> Document:
    return Document(f"{title} (voorbeeld)", paper_file())


def _other_target(project: Project, **who) -> None:
    indicator = Indicator.objects.filter(result__objective__project=project).latest("pk")
    now = indicator.yardsticks.get(state="standing")
    set_yardstick(
        indicator=indicator,
        baseline=now.baseline,
        baseline_on=now.baseline_on,
        targets=[target and target - 1 for target in now.targets],
        reason="Eén partner is gefuseerd (voorbeeld).",
        **who,
    )
