"""A project in a few words: its pages, amounts, numbers, and how a report stands."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from huizen import words
from huizen.roles import Permission
from huizen.vocabulary import PolicyGoal
from projects.models import (
    AmendmentDecision,
    Application,
    ApplicationState,
    Call,
    CallPhase,
    Mainstreaming,
    PracticeExample,
    ProgressReport,
    Project,
    ReportState,
    Risk,
    Story,
    Yardstick,
)
from projects.numbers import write_number
from projects.timeline import Due

register = template.Library()

REPORT_KINDS = {
    ReportState.DRAFT: "quiet",
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "warning",
    ReportState.ACCEPTED: "good",
}
STORY_KINDS = {"proposed": "warning", "approved": "info", "published": "good", "withdrawn": "bad"}
STAYS_KINDS = {"sought": "quiet", "partly": "info", "stays": "good", "stops": "quiet"}
EXAMPLE_KINDS = {"proposed": "warning", "returned": "warning", "published": "good", "withdrawn": "quiet"}
YARDSTICK_KINDS = {"standing": "good", "proposed": "warning", "refused": "bad", "former": "quiet"}
APPLICATION_KINDS = {
    ApplicationState.DRAFT: "quiet",
    ApplicationState.SUBMITTED: "info",
    ApplicationState.IN_JURY: "info",
    ApplicationState.INADMISSIBLE: "bad",
    ApplicationState.RESERVE: "warning",
    ApplicationState.NOT_SELECTED: "quiet",
    ApplicationState.SELECTED: "good",
}
PHASE_KINDS = {CallPhase.OPEN: "good", CallPhase.PLANNED: "info", CallPhase.DRAFT: "warning"}
VERDICT_KINDS = {"accepted": "good", "refused": "bad", "withdrawn": "quiet"}
#: The pages of a project, by what one comes there for.
PAGES = (
    (
        "Afgesproken",
        (
            ("project_edit", "Gegevens"),
            ("project_theory", "Verandering"),
            ("result_list", "Resultaten"),
            ("budget", "Begroting"),
            ("amendment_list", "Wijzigingen"),
        ),
    ),
    ("Aan het werk", (("project_plan", "Plan"), ("project_activities", "Activiteiten"))),
    ("Vertellen", (("report_list", "Verslagen"), ("story_list", "Voor iedereen"))),
)
#: Of the agency alone.
AGENCY_PAGES = (("Opgroeien", (("project_follow", "Opvolging"), ("project_logbook", "Logboek"))),)
#: What the agency sees of all projects together.
DESK_PAGES = (
    ("agency", "Bureau"),
    ("comparison", "Vergelijken"),
    ("project_timeline", "Tijdlijn"),
)
#: Between professionals of all Houses.
EXCHANGE_PAGES = (
    ("exchange_questions", "Vragen"),
    ("exchange_examples", "Praktijkvoorbeelden"),
    ("exchange_directory", "Collega's"),
)
#: What the agency sets for all projects of a call, and the way to them.
CALL_PAGES = (
    (
        "Wat we vragen",
        (("call_rules", "Regels"), ("call_criteria", "Criteria"), ("call_guides", "Uitleg")),
    ),
    ("Wie meedoet", (("call_applications", "Aanvragen"), ("call_jury", "Jury"))),
    (
        "Hoe we volgen",
        (("call_periods", "Termijnen"), ("call_questions", "Vragen"), ("call_indicators", "Indicatoren")),
    ),
)


@register.inclusion_tag("projects/page_menu.html", takes_context=True)
def project_tabs(context, project: Project, here: str) -> dict:
    """The pages of one project, with those of the agency for who reviews reports; `here` is the name of this one."""
    reviews = context["request"].user.may(Permission.REVIEW_REPORTS)
    return page_menu(PAGES + (AGENCY_PAGES if reviews else ()), project.slug, here, "Dit project")


@register.inclusion_tag("projects/page_menu.html")
def call_tabs(call: Call, here: str) -> dict:
    """What the agency sets for all projects of a call; `here` is the name of this page."""
    return page_menu(CALL_PAGES, call.pk, here, "Deze oproep")


def page_menu(parts: tuple, key: "str | int", here: str, about: str) -> dict:
    """Pages in parts, each with its address; `title` is what the one that is `here` is called."""
    rows = [
        (part, [(reverse(name, args=[key]), label, name == here) for name, label in pages])
        for part, pages in parts
    ]
    title = next(label for part, pages in parts for name, label in pages if name == here)
    return {"parts": rows, "title": title, "about": about}


@register.inclusion_tag("projects/part_comments.html", takes_context=True)
def part_comments(context, part: dict) -> dict:
    """What was said about one part of a report, in short, and the way to say more; the page gives `threads` and where."""
    about = [thread for thread in context["threads"] if thread.part == part["key"]]
    address = reverse(context["comments_page"], args=[context["report"].pk])
    return {"threads": about, "address": address, "key": part["key"], "label": part["label"]}


@register.inclusion_tag("projects/project_tabs.html")
def desk_tabs(here: str) -> dict:
    """What the agency sees of all projects together; `here` is the name of this page."""
    tabs = [(reverse(name), label, name == here) for name, label in DESK_PAGES]
    return {"tabs": tabs, "about": "Alle projecten"}


@register.filter
def of_project(names: dict[int, str], due: Due) -> str:
    """The name of the project of which something is due."""
    return names[due.project]


@register.filter
def euro(cents: "int | None") -> str:
    """An amount in cents in words; nothing for nothing."""
    return "" if cents is None else words.euros(cents) if cents else "0 euro"


@register.filter
def number(value: "Decimal | int | str | None") -> str:
    """A number as it is written here; a dash for nothing."""
    return "–" if value is None else write_number(Decimal(value))


@register.filter
def report_kind(report: ProgressReport) -> str:
    """The colour of how a report stands (badge)."""
    return REPORT_KINDS[ReportState(report.state)]


@register.filter
def yardstick_kind(yardstick: Yardstick) -> str:
    """The colour of how a yardstick stands (badge)."""
    return YARDSTICK_KINDS[yardstick.state]


@register.filter
def application_kind(application: Application) -> str:
    """The colour of how an application stands (badge)."""
    return APPLICATION_KINDS[ApplicationState(application.state)]


@register.filter
def phase_kind(phase: CallPhase) -> str:
    """The colour of where a call stands (badge)."""
    return PHASE_KINDS.get(phase, "quiet")


@register.filter
def goal_labels(codes: "list[str]") -> "list[str]":
    """Policy goals in words."""
    return [PolicyGoal(code).label for code in codes]


@register.filter
def moment_in_full(moment: "datetime | None") -> str:
    """A day with its year and its hour; a dash for nothing."""
    return words.moment_in_full(moment) if moment else "–"


@register.filter
def verdict_kind(decision: AmendmentDecision) -> str:
    """The colour of what was decided about a change (badge)."""
    return VERDICT_KINDS[decision.kind]


@register.filter
def risk_kind(risk: Risk) -> str:
    """The colour of how much a risk weighs (badge)."""
    return "bad" if risk.is_heavy else "warning" if risk.weight > 2 else "quiet"


@register.inclusion_tag("projects/project_tabs.html")
def exchange_tabs(here: str) -> dict:
    """What professionals give each other; `here` is the name of this page."""
    return {
        "tabs": [(reverse(name), label, name == here) for name, label in EXCHANGE_PAGES],
        "about": "Uitwisseling",
    }


@register.filter
def example_kind(example: PracticeExample) -> str:
    """The colour of how a practice example stands (badge)."""
    return EXAMPLE_KINDS[example.state]


@register.filter
def story_kind(story: Story) -> str:
    """The colour of how a story stands (badge)."""
    return STORY_KINDS.get(story.state, "quiet")


@register.filter
def stays_kind(row: Mainstreaming) -> str:
    """The colour of what stays of a part of a project (badge)."""
    return STAYS_KINDS[row.state]


@register.simple_tag
def call_words(call: Call) -> str:
    """How long the projects of a call last, and what they may cost."""
    lasts = ngettext("Elk project loopt %(years)s jaar.", "Elk project loopt %(years)s jaar.", call.years)
    sentences = [lasts % {"years": call.years}]
    if call.max_per_year:
        euros = write_number(Decimal(call.max_per_year))
        sentences.append(gettext("Het krijgt hoogstens %(euros)s euro per jaar.") % {"euros": euros})
    return " ".join(sentences)
