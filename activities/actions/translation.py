"""Translating an activity: a partner's editor proposes with it, as with any other word of hers."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from activities.actions.approval import needs_approval
from activities.actions.proposal import propose, propose_new
from activities.models import Activity, ActivityTranslation, Proposal
from activities.offer_facts import TRANSLATION, Facts
from huizen.actions import translation as actions
from huizen.actions.logbook import record
from huizen.models import User


@transaction.atomic
def translate_activity(
    *, translation: ActivityTranslation, seen: dict[str, str], renewed: Iterable[str], by: User, now: datetime
) -> Proposal | None:
    """Keep a translation as filled in, or propose it where approval is needed and parents read the offer.

    Raises TranslationError (huizen/actions/translation.py).
    """
    activity = _locked(translation.activity)
    waits = needs_approval(by, activity)
    if waits and activity.status == Activity.Status.PUBLISHED:
        actions.prepare_translation(
            translation=translation, source=activity, seen=seen, renewed=renewed, now=now
        )
        facts = {f"{TRANSLATION}{translation.language}": _facts(translation)}
        return propose(activity=activity, facts=facts, by=by, now=now)
    actions.keep_translation(
        translation=translation, house=activity.house, seen=seen, renewed=renewed, by=by, now=now
    )
    if not waits:
        return None
    if activity.status != Activity.Status.PROPOSED:
        activity.status, activity.changed_at = Activity.Status.PROPOSED, now
        activity.save(update_fields=["status", "changed_at"])
    return propose_new(activity=activity, by=by, now=now)


@transaction.atomic
def put_translation(*, activity: Activity, language: str, texts: Facts, by: User, now: datetime) -> None:
    """Keep a translation that was proposed; where its Dutch changed since, families read that it is outdated."""
    row = activity.translations.filter(language=language).first()
    row = row or ActivityTranslation(activity=activity, language=language)
    is_new = row.pk is None
    for name, value in texts.items():
        setattr(row, name, value)
    row.checked_on = timezone.localdate(now) if row.state == row.State.HUMAN else None
    row.save()
    record("created" if is_new else "translated", row, by=by, now=now, house=activity.house)


@transaction.atomic
def remove_activity_translation(*, translation: ActivityTranslation, by: User, now: datetime) -> None:
    """Take a translation away: the page is in Dutch only."""
    actions.remove_translation(translation=translation, house=translation.activity.house, by=by, now=now)


def _facts(translation: ActivityTranslation) -> Facts:
    names = (*translation.FIELDS, "sources", "state")
    return {name: getattr(translation, name) for name in names}


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).select_related("house").get(pk=activity.pk)
