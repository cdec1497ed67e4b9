"""What the agency decides about an application, once its call closed: admissible or not, selected, reserve or not selected.

Each decision is a row that stays, with its reason and its letter, in one transaction with what follows from it.
"""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions import call as calls
from projects.actions.application import ApplicationError, MovedOnError, lock, step_for
from projects.actions.application_mail import tell_decided
from projects.actions.selection import make_project
from projects.application.checks import Checked
from projects.application.flow import SELECTION, Act
from projects.application.jury import missing_judgements
from projects.models import Application, ApplicationDecision, ApplicationState, ApplicationVersion, CallPhase


@transaction.atomic
def check_admissibility(
    *, application: Application, version: int, checks: list[Checked], reason: str, by: User, now: datetime
) -> ApplicationDecision:
    """Say rule by rule whether the application keeps it; where all are kept it goes to the jury.

    Raises MovedOnError when somebody decided meanwhile, ApplicationError without a reason where a rule is not kept.
    """
    _closed(application, now)
    row = lock(application)
    act = Act.ADMIT if all(check.is_kept for check in checks) else Act.REFUSE
    if act == Act.REFUSE and not reason:
        raise ApplicationError("Zeg waarom de aanvraag onontvankelijk is. Het staat in de brief.")
    was_refused = row.state == ApplicationState.INADMISSIBLE
    if was_refused and not reason:
        raise ApplicationError("De aanvraag was onontvankelijk. Zeg waarom jullie dat herzien.")
    return _decide(row, act, version, reason, [check._asdict() for check in checks], by, now)


@transaction.atomic
def decide(
    *, application: Application, act: Act, version: int, reason: str, by: User, now: datetime
) -> ApplicationDecision:
    """Select an application, put it on the reserve list or not select it; a selected one becomes a project.

    Raises MovedOnError when somebody decided meanwhile, ApplicationError without a reason, while a member of the jury
    still judges, or where the project cannot be made.
    """
    _closed(application, now)
    row = lock(application)
    if act not in SELECTION or not reason:
        raise ApplicationError("Zeg waarom. Het staat in de brief.")
    if row.state == ApplicationState.IN_JURY and (waiting := missing_judgements(row)):
        raise ApplicationError(f"De jury is nog niet klaar: {waiting}.")
    return _decide(row, act, version, reason, [], by, now)


def _decide(
    row: Application, act: Act, version: int, reason: str, checks: list[dict], by: User, now: datetime
) -> ApplicationDecision:
    step = step_for(row, act, by)
    seen = _version(row, version)
    decision = ApplicationDecision.objects.create(
        version=seen, kind=ApplicationDecision.Kind(act.value), reason=reason, checks=checks, at=now, by=by
    )
    row.state = step.to
    if act == Act.SELECT:
        row.project = make_project(seen, by=by, now=now)
    row.save(update_fields=["state", "project"])
    record(f"application_{act.value}", row, by=by, now=now, house=row.house, reason=reason[:300])
    tell_decided(decision, now=now)
    return decision


def _closed(application: Application, now: datetime) -> None:
    """The call is locked first, by all who judge or decide in it."""
    if calls.lock(application.call).phase(now) != CallPhase.CLOSED:
        raise ApplicationError("De oproep is nog open. Beslis zodra ze gesloten is.")


def _version(row: Application, number: int) -> ApplicationVersion:
    if row.versions_made != number:
        raise MovedOnError("Er is intussen een andere versie ingediend. Lees die eerst.")
    return ApplicationVersion.objects.select_related("application__house", "application__call").get(
        application=row, number=number
    )
