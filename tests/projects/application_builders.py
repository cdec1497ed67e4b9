"""A call that is open, an application that is filled in, a jury, and the way from one to the other."""

import datetime as dt
import itertools

from django.utils import timezone

from huizen.roles import Role
from huizen.vocabulary import PolicyGoal
from projects.actions.application import (
    begin_application,
    mark_of_draft,
    save_application,
    submit_application,
)
from projects.actions.call import Weighed, publish_call, set_criteria
from projects.actions.decision import check_admissibility
from projects.actions.jury import Given, declare, give_points, seat_member
from projects.actions.period import set_term
from projects.application.checks import Checked
from projects.models import Application, ApplicationVersion, Call, ReportKind
from projects.typed import Typed, mark_of
from tests.factories import HouseFactory, MembershipFactory, MunicipalityFactory, WorkingAreaFactory
from tests.projects.builders import make_call, make_coordinator, make_officer

#: While the call is open, and after it closed.
NOW = timezone.make_aware(dt.datetime(2026, 3, 12, 10, 0))
CLOSES = timezone.make_aware(dt.datetime(2026, 4, 1, 12, 0))
AFTER = CLOSES + dt.timedelta(days=1)
STARTS = dt.date(2027, 1, 1)
CRITERIA = [Weighed("Bereik", "Hoeveel gezinnen.", 60), Weighed("Samenwerking", "", 40)]
FILLED = {
    "contact-name": "An Voorbeeld",
    "contact-email": "an@voorbeeld.example",
    "partner-1": "Bibliotheek",
    "partner-1-role": "leest voor",
    "goals": f"{PolicyGoal.PREVENTIVE_FAMILY_SUPPORT},{PolicyGoal.INTEGRATION}",
    "title": "Samen lezen",
    "summary": "We lezen samen.",
    "objective-1": "Meer gezinnen lezen",
    "objective-1-text": "Elke week.",
    "change": "Kinderen horen meer taal.",
    "measure": "We tellen.",
}
_numbers = itertools.count(1)


def make_open_call(**facts) -> Call:
    """A call of two years that is open, with two criteria, and a content report a year."""
    usual = {
        "year": 2026,
        "years": 2,
        "max_per_year": 50_000,
        "opens_at": NOW - dt.timedelta(days=9),
        "closes_at": CLOSES,
    }
    call, officer = make_call(**(usual | facts)), make_officer()
    set_term(call=call, starts_on=STARTS, deadlines={ReportKind.CONTENT: (3, 31)}, by=officer, now=NOW)
    set_criteria(call=call, criteria=CRITERIA, by=officer, now=NOW)
    return publish_call(call=Call.objects.get(pk=call.pk), by=officer, now=NOW)


def make_house(name: str = ""):
    """A House with a coordinator that works in one municipality."""
    place = name or f"Dorp {next(_numbers)}"
    house = HouseFactory(name=f"Huis {place}")
    WorkingAreaFactory(house=house, municipality=MunicipalityFactory(name=place))
    house.coordinator = make_coordinator(house)
    return house


def begin(call: Call, house=None, *, now=NOW) -> Application:
    house = house or make_house()
    return begin_application(call=call, house=house, by=house.coordinator, now=now)


def filled(application: Application, **texts: str) -> dict[str, Typed]:
    """What a page sends that fills in what is asked; `texts` by key with underscores for dashes."""
    money = {
        key: text
        for year in range(1, application.call.years + 1)
        for key, text in (
            (f"budget-{year}-1", "Loon"),
            (f"budget-{year}-1-source", "opgroeien"),
            (f"budget-{year}-1-euro", "40.000"),
        )
    }
    wanted = FILLED | money | {key.replace("_", "-"): text for key, text in texts.items()}
    return {key: Typed(text, mark_of(application.draft.get(key, ""))) for key, text in wanted.items()}


def coordinator_of(application: Application):
    """Who leads its House."""
    return application.house.memberships.filter(role=Role.COORDINATOR).earliest("pk").user


def fill(application: Application, *, now=NOW, **texts: str) -> Application:
    row = Application.objects.whole().get(pk=application.pk)
    by = coordinator_of(row)
    return save_application(application=row, typed=filled(row, **texts), by=by, now=now).application


def hand_in(application: Application, *, now=NOW, by=None) -> ApplicationVersion:
    row = Application.objects.whole().get(pk=application.pk)
    facts = {"version": row.versions_made, "mark": mark_of_draft(row), "by": by or coordinator_of(row)}
    return submit_application(application=row, **facts, now=now)


def make_handed_in(call: Call, house=None, **texts: str) -> Application:
    """An application that came in."""
    application = fill(begin(call, house), **texts)
    hand_in(application)
    return _again(application)


def make_admitted(call: Call, house=None, *, now=AFTER, **texts: str) -> Application:
    """One that is with the jury, after the call closed."""
    return admit(make_handed_in(call, house, **texts), now=now)


def admit(application: Application, *, now=AFTER) -> Application:
    facts = {"version": 1, "checks": [Checked("Op tijd", True)], "reason": ""}
    check_admissibility(application=application, **facts, by=make_officer(), now=now)
    return _again(application)


def make_running_call(**facts) -> Call:
    """A call that is open on the clock of this machine, and at NOW."""
    now, day = timezone.now(), dt.timedelta(days=1)
    days = {"opens_at": min(NOW, now) - 9 * day, "closes_at": max(NOW, now) + 20 * day}
    return make_open_call(**(days | facts))


def close(call: Call) -> None:
    """The deadline is over, on the clock of this machine."""
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())


def make_juror(call: Call | None = None):
    """Somebody with the role of jury, with a place in the jury of a call where that is given."""
    user = MembershipFactory(house=None, role=Role.JURY).user
    if call:
        seat_member(call=call, user=user, by=make_officer(), now=NOW)
    return user


def points(call: Call, *given: int | None) -> dict[int, Given]:
    """Points by criterion, in order."""
    return {
        each.pk: Given(number, "")
        for each, number in zip(call.criteria.order_by("number"), given, strict=True)
    }


def judge(application: Application, juror, *given: int | None, now=AFTER) -> None:
    """Somebody without a conflict hands in her points."""
    declare(application=application, has_conflict=False, by=juror, now=now)
    give_points(
        application=application, given=points(application.call, *given), hand_in=True, by=juror, now=now
    )


def _again(application: Application) -> Application:
    return Application.objects.whole().get(pk=application.pk)
