"""What the offer of a House asks today: proposals, pages that nobody looked at for long, links, reports."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from activities.freshness import is_old
from activities.models import Activity, CheckQuestion, Proposal, Report
from huizen.dashboard import Tally, Tile
from huizen.models import User
from huizen.roles import Permission
from huizen.web_links import broken_for
from huizen.words import count, wall


def offer_to_look_at(user: User, now: datetime) -> Iterator[Tile]:
    """Tiles for offer that is long unchecked, and for what is hidden by now (one query)."""
    stale = Q(status=Activity.Status.PUBLISHED) & is_old(wall(now).date())
    found = Activity.objects.editable_by(user).aggregate(
        stale=Count("pk", filter=stale),
        hidden=Count("pk", filter=Q(status=Activity.Status.TO_CHECK)),
    )
    if found["stale"]:
        words = count(found["stale"], "activiteit is", "activiteiten zijn")
        text = f"{words} al lang niet nagekeken. Ouders zien een waarschuwing."
        yield Tile("Na te kijken", text, reverse("check_list"), "Kijk na", found["stale"], 40)
    if found["hidden"]:
        words = count(found["hidden"], "activiteit is", "activiteiten zijn")
        text = f"{words} verborgen tot iemand ze nakijkt."
        yield Tile("Verborgen", text, reverse("check_list"), "Kijk na", found["hidden"], 35)


def _proposed(user: User, now: datetime) -> QuerySet[Proposal]:
    """What partners propose and she decides on."""
    return Proposal.objects.decided_by(user).filter(state=Proposal.State.WAITING).order_by("pk")


def _decide(number: int, first: int) -> Tile:
    words = count(number, "voorstel van een partner wacht", "voorstellen van partners wachten")
    return Tile("Voorstellen", f"{words} op jou.", _proposals(number, first), "Bekijk", number, 10)


def _asked(user: User, now: datetime) -> QuerySet[Proposal]:
    """Her own proposals with a question of the coordinator."""
    return Proposal.objects.filter(state=Proposal.State.ASKED, by=user).order_by("pk")


def _explain(number: int, first: int) -> Tile:
    text = f"{count(number, 'vraag', 'vragen')} van de coördinator over je voorstel."
    return Tile("Vraag over je voorstel", text, _proposals(number, first), "Antwoord", number, 8)


def _proposals(number: int, first: int) -> str:
    """The one that waits, or the list."""
    return reverse("proposal_detail", args=[first]) if number == 1 else reverse("proposal_list")


def _silent(user: User, now: datetime) -> QuerySet[Activity]:
    """Offer of which nobody answered twice whether it still holds."""
    silent = CheckQuestion.objects.silent(wall(now).date()).values("activity")
    return Activity.objects.editable_by(user).filter(pk__in=silent).order_by("pk")


def _call(number: int, first: int) -> Tile:
    words = count(number, "activiteit", "activiteiten")
    text = f"Over {words} kwam geen antwoord. Bel even: wie en welk nummer staat erbij."
    return Tile("Bel even", text, f"{reverse('check_list')}?toon=bellen", "Bekijk wie", number, 33)


proposals_to_decide = Tally(Permission.EDIT_OFFER, _proposed, _decide)
questions_to_answer = Tally(Permission.EDIT_OFFER, _asked, _explain)
offers_to_call_about = Tally(Permission.EDIT_OFFER, _silent, _call)


def links_to_mend(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for web addresses on her pages that lead nowhere (two queries, also where none is broken)."""
    broken = len(broken_for(user)) if user.may(Permission.EDIT_OFFER) else 0
    if broken:
        text = f"{count(broken, 'link werkt', 'links werken')} niet meer."
        yield Tile("Kapotte links", text, f"{reverse('check_list')}#links", "Bekijk", broken, 45)


def _reported(user: User, now: datetime) -> QuerySet[Report]:
    """What visitors told us and nobody answered yet."""
    return Report.objects.editable_by(user).filter(state=Report.State.NEW).order_by("created_at", "pk")


def _answer(number: int, first: int) -> Tile:
    text = f"{count(number, 'melding', 'meldingen')} over een pagina."
    return Tile("Klopt er iets niet?", text, reverse("report_list"), "Bekijk", number, 15)


reports_to_answer = Tally(Permission.ANSWER_REPORTS, _reported, _answer)
