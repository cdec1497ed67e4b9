"""What happens to an activity: made, changed, proposed, published, taken offline, archived, copied, looked at again."""

from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from activities.actions.sessions import (
    Rebuilt,
    extend_sessions,
    rebuild_sessions,
    remove_coming_sessions,
    set_capacity,
    set_kept,
)
from activities.models import Activity, ActivityTranslation, Registration, Schedule
from activities.recurrence import BRUSSELS, schedule_in_words
from huizen.actions.logbook import record
from huizen.models import House, User
from huizen.roles import Permission

Status = Activity.Status
#: What the editor does not type: it follows from what happens.
DERIVED = {"id", "status", "checked_on", "changed_at", "published_at", "is_demo", "slug"}
SLUG_LENGTH = 100


class OfferError(Exception):
    """This cannot be done with the activity now; the text is a sentence for who tried."""


def may_publish(user: User, house: House) -> bool:
    """Whether somebody puts offer of this House online herself; a partner's editor proposes it."""
    return house in user.houses_where(Permission.PUBLISH_OFFER)


def may_approve(user: User, house: House) -> bool:
    """Whether somebody decides on what partners propose in this House."""
    return house in user.houses_where(Permission.APPROVE_OFFER)


@transaction.atomic
def create_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Keep a new activity, with its own address: a draft, or a proposal where the maker may not publish."""
    activity.slug = free_slug(activity.title)
    activity.status = Status.DRAFT if may_publish(by, activity.house) else Status.PROPOSED
    activity.changed_at = now
    activity.save()
    verb = "created" if activity.status == Status.DRAFT else "proposed"
    record(verb, activity, by=by, now=now, house=activity.house)
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, seen_at: datetime | None, by: User, now: datetime) -> int:
    """Keep what was typed and say how many moments could not follow a smaller number of places.

    `seen_at`: when the activity had last changed as the editor saw it. What a partner's editor changes
    becomes a proposal again. Raises OfferError where somebody else changed it meanwhile.
    """
    before = Activity.objects.select_for_update().get(pk=activity.pk)
    if seen_at and before.changed_at != seen_at:
        raise OfferError(
            "Iemand anders heeft deze activiteit net gewijzigd. Open ze opnieuw en kijk wat er staat."
        )
    activity.status = before.status if may_publish(by, activity.house) else Status.PROPOSED
    activity.changed_at = now
    activity.save()
    changes = differences(before, activity)
    if activity.status != before.status:
        changes["status"] = [before.status, activity.status]
    if changes:
        record("changed", activity, by=by, now=now, house=activity.house, changes=changes)
    behind = set_capacity(activity=activity, before=before.capacity, now=now)
    set_kept(activity=activity, before=before.reserved_places, now=now)
    return behind


@transaction.atomic
def set_schedules(
    *, activity: Activity, saved: list[Schedule], removed: list[Schedule], by: User, now: datetime
) -> Rebuilt:
    """Keep the rules of an activity and bring its coming moments in line; what had to stay is handed back."""
    before = _rules_in_words(activity)
    total = Rebuilt()
    for schedule in removed:
        _add(total, remove_coming_sessions(schedule=schedule, by=by, now=now))
        schedule.delete()
    for schedule in saved:
        schedule.activity = activity
        schedule.save()
        _add(total, rebuild_sessions(schedule=schedule, by=by, now=now))
    after = _rules_in_words(activity)
    if before != after:
        _changed(activity, by=by, now=now, changes={"wanneer": [before, after]})
    return total


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
    return _become(activity, Status.PUBLISHED, "published", by=by, now=now)


@transaction.atomic
def unpublish_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Take an activity offline to work on it. Raises OfferError while families are signed up for what comes."""
    activity = _locked(activity)
    _may_decide(activity, by)
    _nobody_signed_up(activity, now)
    return _become(activity, Status.DRAFT, "unpublished", by=by, now=now)


@transaction.atomic
def archive_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Put an activity away: its page stays and says so. Raises OfferError while families are signed up."""
    activity = _locked(activity)
    _nobody_signed_up(activity, now)
    return _become(activity, Status.ARCHIVED, "archived", by=by, now=now)


@transaction.atomic
def check_activity(*, activity: Activity, by: User, now: datetime) -> Activity:
    """Say that everything still holds: parents see the new date, and an activity to check is online again."""
    activity = _locked(activity)
    if activity.status not in {Status.PUBLISHED, Status.TO_CHECK}:
        raise OfferError("Deze activiteit staat niet online. Publiceer ze, dan is ze meteen nagekeken.")
    activity.checked_on = now.astimezone(BRUSSELS).date()
    return _become(activity, Status.PUBLISHED, "checked", by=by, now=now)


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


def differences(before: Model, after: Model) -> dict[str, list]:
    """What changed, by the Dutch name of the field: [before, after] in words that a logbook can keep."""
    fields = [field for field in before._meta.concrete_fields if field.name not in DERIVED]
    return {
        str(field.verbose_name): [_shown(before, field), _shown(after, field)]
        for field in fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    }


def _shown(row: Model, field):
    if field.is_relation:
        related = getattr(row, field.name)
        return str(related) if related else None
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    return list(value) if isinstance(value, list | tuple) else value


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).select_related("house").get(pk=activity.pk)


def _become(activity: Activity, status: str, verb: str, *, by: User, now: datetime) -> Activity:
    before, activity.status, activity.changed_at = activity.status, status, now
    activity.save(update_fields=["status", "changed_at", "checked_on", "published_at"])
    changes = {"status": [before, status]} if before != status else {}
    record(verb, activity, by=by, now=now, house=activity.house, changes=changes)
    return activity


def _changed(activity: Activity, *, by: User, now: datetime, changes: dict) -> None:
    """A partner's editor who changes when it is proposes the activity anew."""
    if not may_publish(by, activity.house) and activity.status != Status.PROPOSED:
        changes["status"] = [activity.status, Status.PROPOSED]
        activity.status = Status.PROPOSED
    activity.changed_at = now
    activity.save(update_fields=["status", "changed_at"])
    record("changed", activity, by=by, now=now, house=activity.house, changes=changes)


def _rules_in_words(activity: Activity) -> list[str]:
    return [
        schedule_in_words(schedule) for schedule in Schedule.objects.filter(activity=activity).order_by("pk")
    ]


def _may_decide(activity: Activity, by: User) -> None:
    """What a partner proposes is for the coordinator; the rest for who publishes in the House."""
    decides = may_approve if activity.status == Status.PROPOSED else may_publish
    if not decides(by, activity.house):
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


def _add(total: Rebuilt, part: Rebuilt) -> None:
    total.added += part.added
    total.moved += part.moved
    total.removed += part.removed
    total.kept += part.kept
