"""The invented programme asks for projects: a call that is open, with a draft and one that came in, one that is still to
come, and one at the jury."""

from datetime import date, datetime, timedelta

from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.people import COORDINATOR, JUROR, SECOND_JUROR
from demo.network.world import World, mail
from huizen.models import House, User
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
from projects.application.parts import Step
from projects.models import Application, Call, Programme, ReportKind
from projects.typed import Typed, mark_of

DAY = timedelta(days=1)
#: Days from today on which the calls open and close.
OPEN, COMING, CLOSED = (-20, 9), (30, 75), (-60, -15)
CRITERIA = (
    Weighed("Bereik van gezinnen", "Ook gezinnen die de weg nu niet vinden.", 40),
    Weighed("Samenwerking met partners", "Wie doet wat, en staat dat vast?", 35),
    Weighed("Wat blijft er na de subsidie", "Een plan, geen belofte.", 25),
)
GUIDES = {
    Step.WHO.value: "Noem elke partner die echt iets doet. Eén zin per partner is genoeg.",
    Step.CHANGE.value: "Schrijf wat gezinnen merken, niet wat jullie doen.",
    Step.BUDGET.value: "Tel per werkingsjaar. Eigen middelen tellen niet mee voor het hoogste bedrag.",
}
#: What a draft says, and what makes it whole.
BEGUN = {
    "partner-1": "Bibliotheek (voorbeeld)",
    "partner-1-role": "leest voor en leent boeken uit",
    "goals": f"{PolicyGoal.PREVENTIVE_FAMILY_SUPPORT},{PolicyGoal.INTEGRATION}",
    "summary": "Dit is een verzonnen aanvraag. Gezinnen lezen samen in hun eigen taal.",
    "objective-1": "Meer gezinnen lezen thuis (voorbeeld)",
}
WHOLE = BEGUN | {
    "change": "Kinderen horen thuis meer taal. Ouders kennen de bibliotheek. (verzonnen)",
    "measure": "We tellen gezinnen en vragen het hen. (verzonnen)",
    "stays": "De bibliotheek neemt het voorlezen over. (verzonnen)",
}
#: The area of its House, the title, and the points of the second member of the jury by criterion; None: a conflict.
AT_THE_JURY = (
    (BALDEMORE, "Voorbeeld: lezen op schoot", (8, 7, 6)),
    (ANTWERPEN, "Voorbeeld: samen koken", (8, 7, 6)),
    ("Leuven", "Voorbeeld: taal op het plein", None),
)


def make_calls(world: World, homes: list[Home], users: dict[str, User]) -> int:
    """Three calls, two with their applications; gives how many applications."""
    houses = {home.area.name: home.house for home in homes}
    officer = users[mail("opgroeien")]
    is_open = _call(world, "Voorbeeldoproep die open is (verzonnen)", world.today.year + 1, OPEN, officer)
    _apply(world, is_open, houses[BALDEMORE], "Voorbeeld: woorden in huis", users, BEGUN, hand_in=False)
    _apply(world, is_open, houses[ANTWERPEN], "Voorbeeld: een huis vol boeken", users, WHOLE)
    _call(world, "Voorbeeldoproep die nog opent (verzonnen)", world.today.year + 2, COMING, officer)
    closed = _call(world, "Voorbeeldoproep bij de jury (verzonnen)", world.today.year, CLOSED, officer)
    for area, title, _ in AT_THE_JURY:
        _apply(world, closed, houses[area], title, users, WHOLE)
    _jury(world, closed, users, officer)
    return Application.objects.count()


def _call(world: World, title: str, year: int, days: tuple[int, int], officer: User) -> Call:
    opens, closes = (world.now + each * DAY for each in days)
    call = Call.objects.create(
        programme=Programme.objects.get(slug="voorbeeld"),
        year=year,
        title=title,
        intro="Deze oproep is verzonnen. Ze toont hoe een Huis met zijn partners een project aanvraagt.",
        years=2,
        max_per_year=50_000,
        contact_name="Een medewerker van Opgroeien (verzonnen)",
        contact_email=officer.email,
        opens_at=opens,
        closes_at=closes,
        guides=GUIDES,
        released_by=ReportKind.CONTENT,
        released_percent=20,
        source_note="Verzonnen voor deze demo.",
    )
    starts = date(world.today.year + 1, 1, 1)
    told = min(opens, world.now)
    set_term(call=call, starts_on=starts, deadlines={ReportKind.CONTENT: (4, 1)}, by=officer, now=told)
    set_criteria(call=call, criteria=CRITERIA, by=officer, now=told)
    return publish_call(call=call, by=officer, now=told)


def _apply(
    world: World, call: Call, house: House, title: str, users: dict[str, User], texts, *, hand_in=True
) -> None:
    by, now = users[COORDINATOR.email], call.opens_at + 5 * DAY
    application = begin_application(call=call, house=house, by=by, now=now)
    wanted = texts | {"title": title} | (_money(call) if hand_in else {})
    typed = {key: Typed(text, mark_of(application.draft.get(key, ""))) for key, text in wanted.items()}
    application = save_application(application=application, typed=typed, by=by, now=now).application
    if hand_in:
        seen = mark_of_draft(application)
        submit_application(application=application, version=0, mark=seen, by=by, now=now + DAY)


def _money(call: Call) -> dict[str, str]:
    line = {"": "Loon (voorbeeld)", "-source": "opgroeien", "-euro": "42.500"}
    own = {"": "Lokaal (voorbeeld)", "-source": "own", "-euro": "6.000"}
    return {
        f"budget-{year}-{number}{end}": text
        for year in range(1, call.years + 1)
        for number, lines in enumerate((line, own), start=1)
        for end, text in lines.items()
    }


def _jury(world: World, call: Call, users: dict[str, User], officer: User) -> None:
    """One member is ready, the other has begun: she sees what she still has to do."""
    now: datetime = call.closes_at + 2 * DAY
    juror, second = users[JUROR.email], users[SECOND_JUROR.email]
    for user in (juror, second):
        seat_member(call=call, user=user, by=officer, now=now)
    rows = {row.title: row for row in call.applications.select_related("call")}
    checks = [Checked("Op tijd ingediend", True), Checked("Een Huis met partners", True)]
    for _, title, points in AT_THE_JURY:
        row = rows[title]
        check_admissibility(application=row, version=1, checks=checks, reason="", by=officer, now=now)
        declare(application=row, has_conflict=points is None, by=second, now=now + DAY)
        if points:
            _points(row, points, second, now + DAY)
    first = rows[AT_THE_JURY[0][1]]
    declare(application=first, has_conflict=False, by=juror, now=now + DAY)
    _points(first, (9, 6, None), juror, now + DAY)


def _points(row: Application, points: tuple, by: User, now: datetime) -> None:
    criteria = row.call.criteria.order_by("number")
    given = {
        each.pk: Given(number, "Verzonnen opmerking.") for each, number in zip(criteria, points, strict=True)
    }
    give_points(application=row, given=given, hand_in=None not in points, by=by, now=now)
