"""A project in a few words: its pages, amounts, numbers, and how a report stands."""

from decimal import Decimal

from django import template
from django.urls import reverse

from huizen import words
from huizen.roles import Permission
from projects.models import Call, ProgressReport, Project, ReportState, Yardstick
from projects.numbers import write_number

register = template.Library()

REPORT_KINDS = {
    ReportState.DRAFT: "quiet",
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "warning",
    ReportState.ACCEPTED: "good",
}
YARDSTICK_KINDS = {"standing": "good", "proposed": "warning", "refused": "bad", "former": "quiet"}
PAGES = (
    ("project_edit", "Gegevens"),
    ("result_list", "Resultaten"),
    ("project_activities", "Activiteiten"),
    ("budget", "Begroting"),
    ("report_list", "Verslagen"),
)
#: Of the agency alone.
AGENCY_PAGES = (("project_follow", "Opvolging"),)
#: What the agency sets for all projects of a call.
CALL_PAGES = (
    ("call_periods", "Termijnen"),
    ("call_questions", "Vragen"),
    ("call_indicators", "Indicatoren"),
)


@register.inclusion_tag("projects/project_tabs.html", takes_context=True)
def project_tabs(context, project: Project, here: str) -> dict:
    """The pages of one project, with those of the agency for who reviews reports; `here` is the name of this one."""
    reviews = context["request"].user.may(Permission.REVIEW_REPORTS)
    pages = PAGES + (AGENCY_PAGES if reviews else ())
    tabs = [(reverse(name, args=[project.slug]), label, name == here) for name, label in pages]
    return {"tabs": tabs, "about": "Dit project"}


@register.inclusion_tag("projects/project_tabs.html")
def call_tabs(call: Call, here: str) -> dict:
    """What the agency sets for all projects of a call; `here` is the name of this page."""
    tabs = [(reverse(name, args=[call.pk]), label, name == here) for name, label in CALL_PAGES]
    return {"tabs": tabs, "about": "Deze oproep"}


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
