"""What the offer of a House asks today: proposals, pages that nobody looked at for long, families that wait, reports, who came."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from activities.actions.waiting_list import movable
from activities.attendance_sheet import without_attendance
from activities.freshness import is_old
from activities.models import Activity, CheckQuestion, Proposal, Report, Session
from huizen.dashboard import Tile
from huizen.models import House, User
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


def proposals_to_decide(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for what partners propose, one for her own proposals with a question (two queries)."""
    waiting = Proposal.objects.decided_by(user).filter(state=Proposal.State.WAITING)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    if keys:
        words = count(len(keys), "voorstel van een partner wacht", "voorstellen van partners wachten")
        yield Tile("Voorstellen", f"{words} op jou.", _proposals(keys), "Bekijk", len(keys), 10)
    asked = Proposal.objects.filter(state=Proposal.State.ASKED, by=user)
    keys = list(asked.order_by("pk").values_list("pk", flat=True))
    if keys:
        words = count(len(keys), "vraag", "vragen")
        text = f"{words} van de coördinator over je voorstel."
        yield Tile("Vraag over je voorstel", text, _proposals(keys), "Antwoord", len(keys), 8)


def _proposals(keys: list[int]) -> str:
    """The one that waits, or the list."""
    return reverse("proposal_detail", args=keys) if len(keys) == 1 else reverse("proposal_list")


def offers_to_call_about(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for offer of which nobody answered twice whether it still holds (one query)."""
    silent = CheckQuestion.objects.silent(wall(now).date()).values("activity")
    number = Activity.objects.editable_by(user).filter(pk__in=silent).count()
    if number:
        words = count(number, "activiteit", "activiteiten")
        text = f"Over {words} kwam geen antwoord. Bel even: wie en welk nummer staat erbij."
        yield Tile("Bel even", text, f"{reverse('check_list')}?toon=bellen", "Bekijk wie", number, 33)


def links_to_mend(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for web addresses on her pages that lead nowhere (one query where none is broken)."""
    broken = len(broken_for(user)) if user.may(Permission.EDIT_OFFER) else 0
    if broken:
        text = f"{count(broken, 'link werkt', 'links werken')} niet meer."
        yield Tile("Kapotte links", text, f"{reverse('check_list')}#links", "Bekijk", broken, 45)


def families_that_wait(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for moments with a place that somebody who waits could have, one for all that needs more places (one query)."""
    if not user.may(Permission.SEE_REGISTRATIONS):
        return
    houses = House.objects.where(user, Permission.SEE_REGISTRATIONS)
    waiting = Session.objects.scheduled().filter(
        activity__house__in=houses, starts_at__gt=now, waiting_count__gt=0
    )
    moves = Q(pk__in=movable(now=now).values("pk"))
    found = waiting.aggregate(
        full=Count("pk", filter=~moves), moving=Count("pk", filter=moves), first=Min("pk", filter=moves)
    )
    if found["moving"]:
        words = count(found["moving"], "moment is er plaats", "momenten is er plaats")
        text = f"Bij {words} voor wie wacht. Schuif door."
        address = reverse("session_manage", args=[found["first"]])
        yield Tile("Wachtlijst die verder kan", text, address, "Schuif door", found["moving"], 12)
    if found["full"]:
        text = f"Bij {count(found['full'], 'moment', 'momenten')} staan gezinnen op de wachtlijst."
        yield Tile("Wachtlijsten", text, reverse("session_list"), "Bekijk", found["full"], 30)


def soon(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for what families signed up for today and tomorrow: from there one date is called off (one query)."""
    houses = House.objects.where(user, Permission.SEE_REGISTRATIONS)
    until = wall(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    coming = Session.objects.scheduled().upcoming(now=now).filter(activity__house__in=houses)
    moments = coming.filter(starts_at__lt=until, confirmed_count__gt=0).count()
    if moments:
        text = f"{count(moments, 'moment', 'momenten')} waarvoor gezinnen inschreven."
        yield Tile("Vandaag en morgen", text, reverse("session_list"), "Naar de momenten", moments, 25)


def attendance_to_take(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for moments of which nobody noted yet who came; with one, straight to its list (two queries)."""
    houses = House.objects.where(user, Permission.SEE_REGISTRATIONS)
    waiting = without_attendance(now=now).filter(activity__house__in=houses).order_by("-starts_at", "-pk")
    moments = waiting.count()
    if moments:
        first = waiting.values_list("pk", flat=True).first()
        text = f"{count(moments, 'moment', 'momenten')} zonder aanwezigheid. Begin met het laatste."
        yield Tile("Wie kwam er?", text, reverse("attendance_take", args=[first]), "Noteer", moments, 20)


def reports_to_answer(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for what visitors told us and nobody answered yet (one query)."""
    if not user.may(Permission.ANSWER_REPORTS):
        return
    waiting = Report.objects.editable_by(user).filter(state=Report.State.NEW).count()
    if waiting:
        text = f"{count(waiting, 'melding', 'meldingen')} over een pagina."
        yield Tile("Klopt er iets niet?", text, reverse("report_list"), "Bekijk", waiting, 15)
