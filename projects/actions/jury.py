"""The jury of a call: who sits in it, what each member declares, the points that she gives and hands in."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, QuerySet

from huizen.actions.logbook import record
from huizen.models import Membership, User
from huizen.roles import Permission, roles_with
from projects.actions import call as calls
from projects.models import Application, ApplicationState, Call, Judgement, JurySeat, Score


class JuryError(Exception):
    """Why this cannot be done in a jury, in words for who tried."""


class Given(NamedTuple):
    """What a member gives on one criterion; None for no points yet."""

    points: int | None
    remark: str


def jurors() -> QuerySet[User]:
    """Who can sit in a jury: everybody with that role today."""
    current = Membership.objects.current().filter(role__in=roles_with(Permission.JUDGE))
    return User.objects.filter(is_active=True, pk__in=current.values("user"))


@transaction.atomic
def seat_member(*, call: Call, user: User, by: User, now: datetime) -> JurySeat:
    """Give somebody a place in the jury, or her former one again. Raises JuryError for who has no role of jury."""
    row = calls.lock(call)
    if not jurors().filter(pk=user.pk).exists():
        raise JuryError("Deze persoon is geen jurylid (meer). Nodig haar eerst uit.")
    last = row.seats.aggregate(last=Max("number"))["last"] or 0
    seat, is_new = JurySeat.objects.get_or_create(
        call=row, user=user, defaults={"number": last + 1, "added_at": now}
    )
    if is_new or seat.ended_at:
        JurySeat.objects.filter(pk=seat.pk).update(ended_at=None)
        record("jury_seated", row, by=by, now=now, reason=str(seat))
    return seat


@transaction.atomic
def unseat_member(*, seat: JurySeat, by: User, now: datetime) -> None:
    """Take somebody out of the jury. Points that she handed in still count."""
    row = calls.lock(seat.call)
    if JurySeat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=now):
        record("jury_unseated", row, by=by, now=now, reason=str(seat))


@transaction.atomic
def declare(*, application: Application, has_conflict: bool, by: User, now: datetime) -> Judgement:
    """Say whether you have a conflict of interest: before you read anything, or later when you find one.

    With a conflict the points that you gave are gone. A mistake is taken back as long as nobody gave points. Raises
    JuryError for who sits in another jury, once you handed in points, and to take a conflict back after that.
    """
    seat, row = _seat(application, by)
    said = Judgement.objects.select_related("application").filter(seat=seat, application=row).first()
    if said is None:
        said = Judgement.objects.create(
            seat=seat, application=row, has_conflict=has_conflict, declared_at=now
        )
        verb = "conflict_declared" if has_conflict else "no_conflict_declared"
    elif has_conflict == said.has_conflict:
        return said
    elif has_conflict:
        _find_conflict(said, now)
        verb = "conflict_declared"
    else:
        if not may_take_back(said):
            raise JuryError(
                "Over deze aanvraag gaf iemand al punten. Klopt je melding niet, bel dan Opgroeien."
            )
        _lift(said, now)
        verb = "conflict_taken_back"
    record(verb, row, by=None, now=now, reason=str(seat))
    return said


def may_take_back(said: Judgement) -> bool:
    """Whether a member may still take her conflict back herself: nobody gave points, and nothing was decided."""
    given = Score.objects.filter(judgement__application=said.application_id, points__isnull=False)
    return said.has_conflict and said.application.state == ApplicationState.IN_JURY and not given.exists()


@transaction.atomic
def lift_conflict(*, judgement: Judgement, reason: str, by: User, now: datetime) -> Judgement:
    """The agency takes back a conflict that was declared by mistake, also when others gave points already.

    Raises JuryError without a reason, where there is no conflict (any more), or once it was decided.
    """
    calls.lock(judgement.application.call)
    row = Judgement.objects.select_related("application", "seat").get(pk=judgement.pk)
    if not row.has_conflict:
        raise JuryError("Dit belangenconflict is al opgeheven.")
    if row.application.state != ApplicationState.IN_JURY:
        raise JuryError("Over deze aanvraag is al beslist. De melding blijft staan.")
    if not reason.strip():
        raise JuryError("Zeg waarom.")
    _lift(row, now)
    record("conflict_lifted", row.application, by=by, now=now, reason=f"{row.seat}: {reason.strip()}"[:300])
    return row


@transaction.atomic
def give_points(
    *, application: Application, given: Mapping[int, Given], hand_in: bool, by: User, now: datetime
) -> Judgement:
    """Keep the points and remarks by criterion; handed in, they stand and count.

    Raises JuryError after a conflict, once they were handed in, when the jury is over, or where points are missing.
    """
    seat, row = _seat(application, by)
    said = Judgement.objects.filter(seat=seat, application=row, has_conflict=False).first()
    if said is None:
        raise JuryError("Zeg eerst of je een belangenconflict hebt.")
    if said.handed_in_at:
        raise JuryError("Je diende je punten al in. Ze veranderen niet meer.")
    if row.state != ApplicationState.IN_JURY:
        raise JuryError("Over deze aanvraag is al beslist. Er komen geen punten meer bij.")
    criteria = list(row.call.criteria.order_by("number"))
    if hand_in and (missing := [each.name for each in criteria if given[each.pk].points is None]):
        raise JuryError(f"Geef nog punten voor: {', '.join(missing)}.")
    for each in criteria:
        Score.objects.update_or_create(judgement=said, criterion=each, defaults=given[each.pk]._asdict())
    if hand_in:
        said.handed_in_at = now
        said.save(update_fields=["handed_in_at"])
        record("judged", row, by=None, now=now, reason=str(seat))
    return said


def _seat(application: Application, by: User) -> tuple[JurySeat, Application]:
    """The call is locked: criteria, points and decisions wait for each other."""
    call = calls.lock(application.call)
    seat = JurySeat.objects.filter(call=call, user=by, ended_at=None).first()
    row = Application.objects.judged_by(by).select_related("call").filter(pk=application.pk).first()
    if seat is None or row is None:
        raise JuryError("Je zit niet in de jury van deze aanvraag.")
    return seat, row


def _find_conflict(said: Judgement, now: datetime) -> None:
    if said.handed_in_at:
        raise JuryError("Je diende je punten al in. Bel Opgroeien als je een belangenconflict ontdekt.")
    said.scores.all().delete()
    said.has_conflict, said.declared_at = True, now
    said.save(update_fields=["has_conflict", "declared_at"])


def _lift(said: Judgement, now: datetime) -> None:
    said.has_conflict, said.declared_at = False, now
    said.save(update_fields=["has_conflict", "declared_at"])
