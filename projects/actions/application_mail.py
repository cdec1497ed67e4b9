"""What a House hears about its application: that it must still come in, that it came in, and what was decided."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from huizen.links import absolute
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.words import moment_in_full
from projects.actions.application_reminder import KIND, ApplicationKey
from projects.actions.mail import mail_to
from projects.actions.people import leaders_of
from projects.models import Application, ApplicationDecision, ApplicationVersion


def why_not(row: Row, now: datetime) -> str:
    """Why a reminder is no longer wanted; empty when it is."""
    key = ApplicationKey.read(row.key)
    application = Application.objects.whole().filter(pk=key.application).first()
    if application is None:
        return "deze aanvraag bestaat niet meer"
    if not application.is_draft:
        return "de aanvraag is ingediend"
    closes_at = application.call.closes_at
    if closes_at is None or int(closes_at.timestamp()) != key.closes_at:
        return "de oproep sluit op een ander moment"
    if not application.call.is_open(now):
        return "de oproep is niet open"
    people = {user.pk for user in leaders_of(application.house_id)}
    return "" if key.user in people else "leidt dit Huis niet meer"


def compose(row: Row, now: datetime) -> Letter:
    """Which application, until when, and where to write on."""
    application = Application.objects.whole().get(pk=row.subject_id)
    return Letter("application_reminder", facts_of(application))


REMINDER = Kind(name=KIND, why_not=why_not, compose=compose)


def tell_received(version: ApplicationVersion, *, now: datetime) -> None:
    """It came in: the coordinators get its number and the sum that proves it."""
    context = {"number": version.number, "sha256": version.sha256}
    _mail(version.application, "application_received", f"received:{version.pk}", context, now)


def tell_decided(decision: ApplicationDecision, *, now: datetime) -> None:
    """The letter with what was decided, and why."""
    application = decision.version.application
    context = {"kind": decision.kind, "decision": decision.get_kind_display(), "reason": decision.reason}
    context["letter_url"] = absolute(reverse("application_letter", args=[application.pk]))
    _mail(application, "application_decided", f"decided:{decision.pk}", context, now)


def facts_of(application: Application) -> dict[str, Any]:
    """What every mail about an application says."""
    call = application.call
    return {
        "application": str(application),
        "call": str(call),
        "house": str(application.house),
        "until": moment_in_full(call.closes_at) if call.closes_at else "",
        "url": absolute(reverse("application", args=[application.pk])),
    }


def people_of(application: Application) -> list[str]:
    """The addresses of who coordinates the House, and of the contact person of the application."""
    found = [user.email for user in leaders_of(application.house_id)]
    contact = application.draft.get("contact-email", "").lower()
    return list(dict.fromkeys([*found, *([contact] if contact else [])]))


def _mail(application: Application, template: str, key: str, context: dict[str, Any], now: datetime) -> None:
    context = facts_of(application) | context
    facts = {"subject": application, "house": application.house, "now": now}
    mail_to(people_of(application), template, context, key=f"application:{key}", **facts)
