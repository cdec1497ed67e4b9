"""What the outbox asks of a survey's reminders: still wanted, and what do they say.

Asked when a reminder is due and again just before it is handed to the mail server, so that a House that handed in meanwhile,
or a last day that moved, gets no reminder that is no longer true.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from huizen.links import absolute
from huizen.outbox.kinds import Kind, Letter, Row, register
from huizen.words import day_in_full
from projects.actions.survey_reminder import KIND, SurveyKey, coordinating
from projects.models import Phase, SurveyAnswer


def register_kinds() -> None:
    """Hand the kind to the outbox; called by the app's `ready()`."""
    register(Kind(KIND, why_not=why_not, compose=compose))


def why_not(row: Row, now: datetime) -> str:
    """Why a coordinator need not be reminded, or ""."""
    key = SurveyKey.read(row.key)
    answer = SurveyAnswer.objects.select_related("round").filter(pk=key.answer).first()
    if answer is None:
        return "de bevraging bestaat niet meer"
    if answer.is_submitted:
        return "het Huis diende al in"
    if answer.round.closes_on != key.closes_on:
        return "de laatste dag is verplaatst"
    if answer.round.phase(timezone.localdate(now)) != Phase.OPEN:
        return "de bevraging is niet open"
    if not coordinating().filter(house=answer.house_id, user=key.user).exists():
        return "antwoordt niet meer voor dit Huis"
    return ""


def compose(row: Row, now: datetime) -> Letter:
    """The question to answer, with the last day and how far the House is."""
    key = SurveyKey.read(row.key)
    answer = SurveyAnswer.objects.select_related("round", "house").get(pk=key.answer)
    person = coordinating().get(house=answer.house_id, user=key.user).user
    return Letter(
        "survey_reminder",
        {
            "name": person.name,
            "survey": answer.round.name,
            "intro": answer.round.intro,
            "house": answer.house.name,
            "until": day_in_full(answer.round.closes_on),
            "is_first": key.rule == "open",
            "is_begun": bool(answer.changed_at),
            "url": absolute(reverse("survey_answer", args=[answer.pk])),
        },
    )
