"""Approving what a partner proposes: it comes online, and nothing that changed meanwhile is overwritten unseen."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.actions.approval import decides
from activities.actions.offer import OfferError, publish_activity
from activities.actions.offer_save import save_offer
from activities.actions.proposal import ProposalError, approved, locked, must_decide
from activities.actions.schedule_change import change_schedules
from activities.actions.schedule_plan import Wish
from activities.actions.translation import put_translation
from activities.models import Activity, Proposal
from activities.offer_facts import RULES, TRANSLATION, Facts, differs, put_facts, rules_from, snapshot
from huizen.models import User

#: What the coordinator chooses where the offer changed since it was proposed.
PROPOSED, PRESENT = "proposed", "present"
CHANGED = "Er is net iets gewijzigd. Kijk eerst wat er nu staat."


def present_facts(proposal: Proposal) -> Facts:
    """What the offer says now in the places that a proposal would change."""
    activity = proposal.activity
    facts = snapshot(activity)
    for row in activity.translations.all():
        facts[f"{TRANSLATION}{row.language}"] = {name: getattr(row, name) for name in row.FIELDS}
    return {name: facts.get(name) for name in proposal.facts}


def clashes(proposal: Proposal, present: Facts) -> list[str]:
    """The facts that changed since she proposed them: there a person chooses."""
    return [name for name in proposal.facts if differs(name, proposal.base.get(name), present[name])]


def seen_mark(proposal: Proposal, present: Facts) -> str:
    """A short mark of all that somebody who decides has before her; another once any of it changes."""
    told = [proposal.state, proposal.facts, present, proposal.activity.status]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]


@transaction.atomic
def approve(*, proposal: Proposal, seen: str, chosen: Mapping[str, Any], by: User, now: datetime) -> Activity:
    """Put what was proposed before parents. `seen`: the mark of what the coordinator read; `chosen`: PROPOSED or
    PRESENT for each fact that changed meanwhile. Raises ProposalError, OfferError.
    """
    proposal = locked(proposal)
    must_decide(proposal, by)
    present = present_facts(proposal)
    if seen != seen_mark(proposal, present):
        raise ProposalError(CHANGED)
    facts = dict(proposal.facts)
    for name in clashes(proposal, present):
        if chosen.get(name) not in (PROPOSED, PRESENT):
            raise ProposalError("Kies wat blijft waar de activiteit intussen veranderde.")
        if chosen[name] == PRESENT:
            del facts[name]
    activity = _bring(proposal, facts, by=by, now=now)
    approved(proposal, by=by, now=now)
    return activity


def _bring(proposal: Proposal, facts: Facts, *, by: User, now: datetime) -> Activity:
    activity = proposal.activity
    if proposal.is_new_offer:
        return publish_activity(activity=activity, by=by, now=now)
    changed = put_facts(Activity.objects.select_related("house").get(pk=activity.pk), facts)
    _check(changed, by)
    save_offer(before=activity, activity=changed, by=by, now=now)
    if RULES in facts:
        rules = rules_from(facts[RULES], changed)
        change_schedules(activity=changed, wish=Wish.whole(changed, rules), by=by, now=now)
    for name in facts:
        if name.startswith(TRANSLATION):
            code = name.removeprefix(TRANSLATION)
            put_translation(activity=changed, language=code, texts=facts[name], by=by, now=now)
    return changed


def _check(activity: Activity, by: User) -> None:
    """What was right when it was proposed may no longer be: a place that closed, a House that she does not lead."""
    try:
        activity.full_clean()
    except ValidationError as error:
        raise OfferError(f"Dit kan niet meer: {' '.join(error.messages)}") from error
    if not decides(by, activity.house):
        raise ProposalError(f"De coördinator van {activity.house} beslist hierover.")
    if activity.location and activity.location.house_id != activity.house_id:
        raise OfferError(f"Deze plek hoort niet bij {activity.house}.")
    if activity.keeper and activity.keeper.organisation_id != activity.organiser_id:
        raise OfferError("Wie ervoor antwoordt, hoort niet meer bij de organisator.")
