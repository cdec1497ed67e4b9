"""A House asks for a project: begun once, kept as it is typed, handed in as a frozen version, taken back until the call closes.

The clock is passed in: the moment of closing itself is too late, whatever a page showed before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db import transaction
from django.utils import timezone

from huizen.actions.logbook import record
from huizen.models import House, User
from huizen.words import moment_in_full
from projects.actions.application_mail import tell_received
from projects.actions.application_reminder import replan
from projects.application.flow import STEPS, Act
from projects.application.parts import parts_of, values_of
from projects.application.standing import standing_of
from projects.flow import Step, step_of
from projects.models import Application, ApplicationState, ApplicationVersion, Call, CallPhase
from projects.report_content import sum_of
from projects.typed import Typed, take


class ApplicationError(Exception):
    """Why this cannot be done with an application, in words for who tried."""


class ClosedError(ApplicationError):
    """The call is not open (any more)."""


class MovedOnError(ApplicationError):
    """Somebody did something with the application since this page was opened."""


class UnfinishedError(ApplicationError):
    """What still has to be filled in: `faults`, a sentence a field."""

    def __init__(self, faults: dict[str, str]):
        super().__init__("De aanvraag is nog niet klaar. Kijk na wat er nog ontbreekt.")
        self.faults = faults


@dataclass(frozen=True)
class Saved:
    """How saving went. `others`: what somebody else wrote meanwhile in the fields that were not taken."""

    application: Application
    values: dict[str, str]
    others: dict[str, str]


@transaction.atomic
def begin_application(*, call: Call, house: House, by: User, now: datetime) -> Application:
    """A draft of a House, with its own municipalities in it; the one that it began already where there is one.

    Raises ClosedError when the call is not open.
    """
    check_open(call, now)
    row, is_new = Application.objects.get_or_create(
        call=call, house=house, versions_made=0, defaults={"begun_at": now, "draft": _first(house, by, now)}
    )
    if is_new:
        record("application_begun", row, by=by, now=now, house=house)
        replan(Application.objects.filter(pk=row.pk))
    return row


@transaction.atomic
def save_application(
    *, application: Application, typed: Mapping[str, Typed], by: User, now: datetime
) -> Saved:
    """Keep what was typed, field by field: two people in different fields lose nothing.

    Where another wrote in the same field meanwhile, that stays and is told of. Raises MovedOnError when it was handed
    in, ClosedError when the call closed.
    """
    row = lock(application)
    if not row.is_draft:
        raise MovedOnError("Deze aanvraag is al ingediend. Wat je typte, is niet bewaard.")
    check_open(row.call, now)
    # A line that somebody fills in now belongs to the form from here on.
    parts = parts_of(row.call, row.draft | {key: one.text for key, one in typed.items()})
    values = values_of(parts, row.draft)
    new, others = take(values, typed)
    row.draft |= new
    row.title, row.saved_at = row.draft.get("title", "")[:160], now
    row.save(update_fields=["draft", "title", "saved_at"])
    return Saved(row, values | new, others)


@transaction.atomic
def submit_application(
    *, application: Application, version: int, mark: str, by: User, now: datetime
) -> ApplicationVersion:
    """Freeze what she saw on her page (`mark`) as the version after `version`.

    Raises MovedOnError when somebody handed it in or wrote in it meanwhile, ClosedError after the deadline,
    UnfinishedError when something is missing.
    """
    row = lock(application)
    step = step_for(row, Act.SUBMIT, by)
    check_open(row.call, now)
    standing = standing_of(row, today=timezone.localdate(now))
    if row.versions_made != version or mark_of_draft(row) != mark:
        raise MovedOnError("Er veranderde iets sinds je deze pagina opende. Kijk het na en dien dan in.")
    if standing.faults:
        raise UnfinishedError(standing.faults)
    row.state, row.versions_made = step.to, row.versions_made + 1
    row.save(update_fields=["state", "versions_made"])
    frozen = ApplicationVersion.objects.create(
        application=row,
        number=row.versions_made,
        content=standing.content,
        sha256=sum_of(standing.content),
        submitted_at=now,
        submitted_by=by,
    )
    record("application_submitted", row, by=by, now=now, house=row.house)
    replan(Application.objects.filter(pk=row.pk))
    tell_received(frozen, now=now)
    return frozen


@transaction.atomic
def withdraw_application(*, application: Application, version: int, by: User, now: datetime) -> Application:
    """Take it back to change it; what was handed in is kept and no longer counts. Raises ClosedError after the deadline."""
    row = lock(application)
    step = step_for(row, Act.WITHDRAW, by)
    check_open(row.call, now)
    if row.versions_made != version:
        raise MovedOnError("Er is intussen een andere versie ingediend.")
    row.state = step.to
    row.save(update_fields=["state"])
    record("application_withdrawn", row, by=by, now=now, house=row.house)
    replan(Application.objects.filter(pk=row.pk))
    return row


def lock(application: Application) -> Application:
    """The application as it is now; who else wants to change it waits."""
    return Application.objects.select_for_update(of=("self",)).whole().get(pk=application.pk)


def step_for(application: Application, act: Act, by: User) -> Step[Act]:
    """The step that this act is in its state. Raises MovedOnError where it is none, or not hers."""
    step = step_of(STEPS, application.state, act, by.may)
    if step is None:
        raise MovedOnError(f"Dat kan niet: deze aanvraag is {application.get_state_display()}.")
    return step


def check_open(call: Call, now: datetime) -> None:
    """Raises ClosedError, with when the call closed or opens, unless it is open."""
    phase = call.phase(now)
    if phase == CallPhase.CLOSED and call.closes_at:
        when = moment_in_full(call.closes_at)
        raise ClosedError(f"Deze oproep sloot op {when}. Je kan niets meer wijzigen of indienen.")
    if phase == CallPhase.PLANNED and call.opens_at:
        raise ClosedError(f"Deze oproep opent op {moment_in_full(call.opens_at)}.")
    if phase != CallPhase.OPEN:
        raise ClosedError("Deze oproep is niet open.")


def mark_of_draft(application: Application) -> str:
    """By which a page shows that it saw all that stands there now, the documents included."""
    files = application.files.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)
    seen = [f"{key}={text}" for key, text in sorted(application.draft.items()) if text]
    return blake2b("\n".join([*seen, *map(str, files)]).encode(), digest_size=8).hexdigest()


def is_late_draft(application: Application, now: datetime) -> bool:
    """Whether the call closed on a draft: it never came in."""
    return application.state == ApplicationState.DRAFT and application.call.phase(now) == CallPhase.CLOSED


def _first(house: House, by: User, now: datetime) -> dict[str, str]:
    """What the portal knows already: who begins, and where the House works."""
    areas = house.working_areas.on(timezone.localdate(now)).select_related("municipality")
    names = sorted({area.municipality.name for area in areas})
    return {"contact-name": by.name, "contact-email": by.email, "places": "\n".join(names)}
