"""What comes in by itself and asks for a person: files that wait, differences with calendars, calendars that fail."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from activities.models import OfferImport, OutsideCalendar, OutsideEvent
from huizen.dashboard import Tally, Tile
from huizen.models import User
from huizen.roles import Permission
from huizen.words import count

#: A calendar that fails for one night may be there the next.
SILENT_FOR = timedelta(days=2)


def _prepared(user: User, now: datetime) -> QuerySet[OfferImport]:
    """Files with offer that are looked through and not confirmed."""
    waiting = OfferImport.objects.editable_by(user).filter(state=OfferImport.State.PREPARED)
    return waiting.order_by("pk")


def _confirm(number: int, first: int) -> Tile:
    words = count(number, "bestand met activiteiten is", "bestanden met activiteiten zijn")
    text = f"{words} nagekeken en nog niet ingevoerd."
    return Tile("Een bestand wacht", text, reverse("offer_import_detail", args=[first]), "Bekijk", order=67)


def _differing(user: User, now: datetime) -> QuerySet[OutsideEvent]:
    """Activities of which a calendar says something else, about which she decides."""
    return OutsideEvent.objects.editable_by(user).waiting().order_by("pk")


def _compare(number: int, first: int) -> Tile:
    words = count(number, "activiteit zegt", "activiteiten zeggen")
    text = f"{words} iets anders dan de agenda van de partner."
    url = reverse("outside_event", args=[first]) if number == 1 else reverse("outside_list")
    return Tile("Verschil met een agenda", text, url, "Bekijk", number, 36)


def _failing(user: User, now: datetime) -> QuerySet[OutsideCalendar]:
    """Calendars that could not be read for days."""
    mine = OutsideCalendar.objects.editable_by(user).exclude(state=OutsideCalendar.State.STOPPED)
    return mine.filter(failing_since__lt=now - SILENT_FOR).order_by("failing_since", "pk")


def _mend(number: int, first: int) -> Tile:
    words = count(number, "agenda kunnen", "agenda's kunnen")
    url = reverse("outside_detail", args=[first])
    return Tile("Een agenda van elders", f"{words} we al dagen niet lezen.", url, "Bekijk", number, 68)


files_to_confirm = Tally(Permission.EDIT_OFFER, _prepared, _confirm)
calendars_to_compare = Tally(Permission.EDIT_OFFER, _differing, _compare)
calendars_to_mend = Tally(Permission.EDIT_OFFER, _failing, _mend)
INCOMING_TILES = (files_to_confirm, calendars_to_compare, calendars_to_mend)
