"""What projects hold of a professional: her line in the list of colleagues, for "Wat weten we van jou?"."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from families.holdings import Held, Holding
from huizen.models import User
from huizen.roles import Permission
from huizen.words import day_in_full, wall
from projects.models import DirectoryEntry


def _line(user: User, now: datetime) -> Held | None:
    entry, exchanges = DirectoryEntry.objects.filter(user=user).first(), user.may(Permission.EXCHANGE)
    if entry is None:
        data: dict = {"lijst van collega's": None}
        return Held([], data, reverse("exchange_directory")) if exchanges else None
    since = gettext("In de lijst sinds %(day)s") % {"day": day_in_full(wall(entry.since).date())}
    data = {"lijst van collega's": {"tekst": entry.text, "sinds": entry.since.isoformat()}}
    # Who left her work cannot open that page any more; nobody sees her line there either.
    return Held([entry.text, since], data, reverse("exchange_directory") if exchanges else "")


DIRECTORY = Holding(
    "collega",
    _("Je lijn in de lijst van collega's"),
    _("Tot je ze weghaalt, of tot je je account wist."),
    _line,
    order=70,
)
