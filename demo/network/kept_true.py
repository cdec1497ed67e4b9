"""How offer is kept true in the demo: who answers for it, what was asked and answered, a link that leads nowhere."""

from datetime import date, timedelta

from activities.models import Activity, CheckLetter, CheckQuestion, Report
from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import EDITOR, EDITS
from demo.network.world import World
from huizen.models import LinkCheck
from huizen.models.link_check import hash_of
from partners.models import Contact, Organisation

Answer = CheckQuestion.Answer
#: What was asked in Baldemore: how many days ago, and the answer.
ASKED = ((30, ""), (16, ""), (4, ""), (9, Answer.CHANGES), (3, ""))
#: So many days ago somebody last looked at them: nearly half a year.
LOOKED_AT = 172
OF_THE_LIBRARY = ("Spelotheek", "Nederlands oefenen met je kind erbij")
BROKEN = "https://speelotheek.voorbeeld.example/uren-2024"


def make_kept_true(world: World, homes: list[Home], circle: Circle) -> int:
    """Questions in Baldemore in every state, and a broken link; gives how many were asked."""
    home = next(home for home in homes if home.area.name == BALDEMORE)
    offer = Activity.objects.published().filter(house=home.house, organiser=None).order_by("-pk")
    partners = [each for each in circle.of_house[home.house.pk] if circle.contacts[each.pk]]
    made = 0
    for (ago, answer), activity, partner in zip(ASKED, offer, partners, strict=False):
        keeper = circle.contacts[partner.pk][0]
        _keep(activity, partner, keeper, looked_at=world.today - timedelta(days=LOOKED_AT))
        _ask(world, activity, keeper, ago, answer)
        made += 1
    _ask_the_library(world, home, partners)
    _break_a_link(world, partners)
    return made


def _keep(activity: Activity, partner: Organisation, keeper: Contact, *, looked_at: date) -> None:
    activity.organiser, activity.keeper, activity.checked_on = partner, keeper, looked_at
    activity.save(update_fields=["organiser", "keeper", "checked_on"])


def _ask(world: World, activity: Activity, keeper: Contact, ago: int, answer: str) -> None:
    letter = _letter(world, keeper.email, keeper.name, keeper.phone, ago)
    answered_at = world.now - timedelta(days=ago - 1) if answer else None
    CheckQuestion.objects.create(letter=letter, activity=activity, answer=answer, answered_at=answered_at)
    if answer:
        Report.objects.create(
            activity=activity,
            house=activity.house,
            kind=Report.Kind.CHANGES,
            text="Vanaf januari begint het om 10 uur.",
            email=keeper.email,
            created_at=answered_at,
        )


def _ask_the_library(world: World, home: Home, partners: list[Organisation]) -> None:
    """Demo Partner has two things to look at, so that "alles klopt nog" has something to do."""
    library = next(each for each in partners if each.name == EDITS)
    letter = _letter(world, EDITOR.email, EDITOR.name, library.phone, 2)
    for title in OF_THE_LIBRARY:
        activity = Activity.objects.filter(house=home.house, title=title).earliest("pk")
        activity.organiser, activity.checked_on = library, world.today - timedelta(days=LOOKED_AT)
        activity.save(update_fields=["organiser", "checked_on"])
        CheckQuestion.objects.create(letter=letter, activity=activity)


def _letter(world: World, email: str, name: str, phone: str, ago: int) -> CheckLetter:
    asked_on = world.today - timedelta(days=ago)
    return CheckLetter.objects.create(
        id=world.uuid(),
        email=email,
        name=name,
        phone=phone,
        month=asked_on.replace(day=1),
        asked_on=asked_on,
    )


def _break_a_link(world: World, partners: list[Organisation]) -> None:
    partner = next(each for each in partners if each.name != EDITS)
    Organisation.objects.filter(pk=partner.pk).update(website=BROKEN)
    LinkCheck.objects.create(
        url_hash=hash_of(BROKEN),
        url=BROKEN,
        checked_on=world.today,
        last_status=404,
        reason="De pagina bestaat niet meer.",
        failing_since=world.today - timedelta(days=7),
        failed_days=2,
    )
