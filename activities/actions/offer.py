"""What happens to an activity: made, changed, proposed, published, taken offline, archived, copied, looked at again."""

from datetime import datetime
from itertools import count
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify

from activities.actions.approval import may_approve, needs_approval
from activities.actions.offer_save import keep_version, save_offer
from activities.actions.proposal import close_open, open_proposal, propose, propose_new
from activities.actions.schedule_change import Answers, Changed, change_schedules
from activities.actions.schedule_plan import Wish
from activities.actions.sessions import extend_sessions
from activities.models import (
    Activity,
    ActivityTranslation,
    ActivityVersion,
    Proposal,
    Registration,
    Schedule,
)
from activities.offer_facts import RULES, Facts, facts_of, rules_of
from huizen.actions.logbook import record
from huizen.models import User
from huizen.recurrence import BRUSSELS

Status = Activity.Status
SLUG_LENGTH = 100


class OfferError(Exception):
    """This cannot be done with the activity now; the text is a sentence for who tried."""


class ConflictError(OfferError):
    """Somebody else saved the offer meanwhile: `theirs` is what it says now, `base` what both began with (empty
    where that is not known)."""

    def __init__(self, theirs: Facts, base: Facts):
        super().__init__("Iemand anders heeft deze activiteit net gewijzigd. Kies wat er blijft.")
        self.theirs, self.base = theirs, base


class Saved(NamedTuple):
    """What became of a change: it is kept, and some moments could not follow fewer places; or it is proposed."""

    behind: int = 0
    proposal: Proposal | None = None


@transaction.atomic
def create_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Keep a new activity, with its own address: a draft, or a proposal of who needs approval."""
    activity.slug = free_slug(activity.title)
    activity.status = Status.PROPOSED if needs_approval(by, activity) else Status.DRAFT
    activity.changed_at = now
    activity.save()
    keep_version(activity=activity, by=by, now=now)
    if activity.status == Status.PROPOSED:
        propose_new(activity=activity, by=by, now=now)
    else:
        record("created", activity, by=by, now=now, house=activity.house)
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, seen_at: datetime | None, by: User, now: datetime) -> Saved:
    """Keep what was typed; what needs approval waits beside an offer that is online, and parents read on.

    `seen_at`: when the offer (or what she proposed for it) had last changed as the editor saw it. Raises
    ConflictError where somebody else changed it meanwhile.
    """
    before = _locked(activity)
    waits = needs_approval(by, before) or needs_approval(by, activity)
    if waits and before.status == Status.PUBLISHED:
        _refuse_other(before, open_proposal(before), seen_at)
        return Saved(proposal=propose(activity=before, facts=facts_of(activity), by=by, now=now))
    _refuse_other(before, None, seen_at)
    activity.status = Status.PROPOSED if waits else before.status
    behind = save_offer(before=before, activity=activity, by=by, now=now)
    return Saved(behind, propose_new(activity=activity, by=by, now=now) if waits else None)


@transaction.atomic
def set_schedules(
    *, activity: Activity, wish: Wish, answers: Answers | None = None, by: User, now: datetime
) -> Changed | Proposal:
    """Keep the rules of an activity and bring its coming moments in line, or propose them where approval is needed.

    Raises UnseenError, BusyError.
    """
    activity = _locked(activity)
    waits = needs_approval(by, activity)
    if waits and activity.status == Status.PUBLISHED:
        proposal = propose(activity=activity, facts={RULES: _rules_after(activity, wish)}, by=by, now=now)
        if proposal:
            return proposal
        return Changed()
    changed = change_schedules(activity=activity, wish=wish, answers=answers, by=by, now=now)
    if waits:
        _propose_again(activity, by=by, now=now)
    return changed


@transaction.atomic
def publish_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Put an activity online: its moments are made and it counts as looked at today.

    Raises OfferError where nothing says when it is, or where only a coordinator may decide.
    """
    activity = _locked(activity)
    if activity.status == Status.PUBLISHED:
        return activity
    _may_decide(activity, by)
    schedules = list(activity.schedules.order_by("pk"))
    if not schedules and not activity.sessions.upcoming(now=now).exists():
        raise OfferError("Zeg eerst wanneer het is. Dan kan de activiteit online.")
    for schedule in schedules:
        extend_sessions(schedule=schedule, now=now)
    activity.checked_on = now.astimezone(BRUSSELS).date()
    activity.published_at = activity.published_at or now
    if activity.status == Status.PROPOSED:
        close_open(activity=activity, state=Proposal.State.APPROVED, by=by, now=now)
    return _become(activity, Status.PUBLISHED, "published", by=by, now=now)


@transaction.atomic
def unpublish_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Take an activity offline to work on it. Raises OfferError while families are signed up for what comes."""
    activity = _locked(activity)
    _may_decide(activity, by)
    _nobody_signed_up(activity, now)
    if activity.status == Status.PROPOSED:
        close_open(activity=activity, state=Proposal.State.DECLINED, by=by, now=now)
    return _become(activity, Status.DRAFT, "unpublished", by=by, now=now)


@transaction.atomic
def archive_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Put an activity away: its page stays and says so. Raises OfferError while families are signed up."""
    activity = _locked(activity)
    _nobody_signed_up(activity, now)
    close_open(activity=activity, state=Proposal.State.TAKEN_BACK, by=by, now=now)
    return _become(activity, Status.ARCHIVED, "archived", by=by, now=now)


@transaction.atomic
def check_activity(*, activity: Activity, by: User | None, now: datetime, reason: str = "") -> Activity:
    """Say that everything still holds: parents see the new date, and an activity to check is online again.

    `by` is None for who answers by the link in her mail and has no account; `reason` then says so.
    """
    activity = _locked(activity)
    if activity.status not in {Status.PUBLISHED, Status.TO_CHECK}:
        raise OfferError("Deze activiteit staat niet online. Publiceer ze, dan is ze meteen nagekeken.")
    activity.checked_on = now.astimezone(BRUSSELS).date()
    return _become(activity, Status.PUBLISHED, "checked", by=by, now=now, reason=reason)


@transaction.atomic
def copy_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """A new draft with the same facts and rules, to make next season of it; sign-ups and moments stay behind."""
    copy = Activity.objects.get(pk=activity.pk)
    copy.pk = None
    copy._state.adding = True
    copy.checked_on = copy.published_at = None
    copy = create_activity(activity=copy, by=by, now=now)
    for schedule in Schedule.objects.filter(activity=activity).order_by("pk"):
        schedule.pk, schedule.activity = None, copy
        schedule._state.adding = True
        schedule.save()
    for translation in ActivityTranslation.objects.filter(activity=activity).order_by("pk"):
        translation.pk, translation.activity = None, copy
        translation._state.adding = True
        translation.save()
    record("copied", activity, by=by, now=now, house=activity.house, changes={"kopie": [None, copy.slug]})
    return copy


def free_slug(title: str) -> str:
    """The address of an activity: its title, with a number when that is taken."""
    base = slugify(title)[:SLUG_LENGTH].strip("-") or "activiteit"
    taken = set(Activity.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def _refuse_other(before: Activity, waiting: Proposal | None, seen_at: datetime | None) -> None:
    """Nothing is overwritten that the editor did not see; what only its state changed, is no other offer."""
    present_at = waiting.at if waiting else before.changed_at
    if not seen_at or present_at == seen_at:
        return
    theirs = facts_of(before) | (waiting.facts if waiting else {})
    seen = before.versions.filter(at__lte=seen_at).order_by("-at", "-pk").first()
    base = _fields_of(seen) if seen else {}
    if theirs != base:
        raise ConflictError(theirs, base)


def _fields_of(version: ActivityVersion) -> Facts:
    return {name: value for name, value in version.facts.items() if name != RULES}


def _rules_after(activity: Activity, wish: Wish) -> list[Facts]:
    """All rules of an activity as a wish leaves them."""
    changed = {rule.pk: rule for rule in wish.saved if rule.pk}
    gone = {rule.pk for rule in wish.removed}
    kept = [changed.get(row.pk, row) for row in activity.schedules.order_by("pk") if row.pk not in gone]
    return rules_of([*kept, *(rule for rule in wish.saved if not rule.pk)])


def _propose_again(activity: Activity, *, by: User, now: datetime) -> None:
    activity.refresh_from_db(fields=["changed_at"])
    if activity.status != Status.PROPOSED:
        activity.status = Status.PROPOSED
        activity.save(update_fields=["status"])
    propose_new(activity=activity, by=by, now=now)


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).select_related("house").get(pk=activity.pk)


def _become(
    activity: Activity, status: str, verb: str, *, by: User | None, now: datetime, reason: str = ""
) -> Activity:
    before, activity.status, activity.changed_at = activity.status, status, now
    activity.save(update_fields=["status", "changed_at", "checked_on", "published_at"])
    changes = {"status": [before, status]} if before != status else {}
    record(verb, activity, by=by, now=now, house=activity.house, changes=changes, reason=reason)
    return activity


def _may_decide(activity: Activity, by: User) -> None:
    """What a partner proposes is for the coordinator; the rest for who needs no approval."""
    waits = needs_approval(by, activity)
    if waits or (
        activity.status == Status.PROPOSED and not may_approve(by, activity.house, activity.organiser)
    ):
        raise OfferError("De coördinator van het Huis beslist hierover.")


def _nobody_signed_up(activity: Activity, now: datetime) -> None:
    signed_up = (
        Registration.objects.current().filter(session__activity=activity, session__starts_at__gt=now).count()
    )
    if signed_up:
        raise OfferError(
            f"Er zijn nog {signed_up} inschrijvingen voor wat komt. Zeg die momenten eerst af, dan weet iedereen het."
            if signed_up > 1
            else "Er is nog 1 inschrijving voor wat komt. Zeg dat moment eerst af, dan weet het gezin het."
        )
