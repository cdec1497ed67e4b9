"""Who wants which mail how often. What an address owner must know (a place, a change) is not optional.

A signed link holds the hash of an address and one kind of mail: it opens this without an account, and tells nobody whose
address it is.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from huizen import links
from huizen.languages import in_dutch
from huizen.models import Category, Message, PlannedMessage, Preference, Suppression
from huizen.outbox.kinds import Row
from huizen.outbox.suppression import suppress_hash

PURPOSE = "mail"
Frequency = Preference.Frequency
_ANY = (Frequency.AT_ONCE, Frequency.DAILY, Frequency.WEEKLY, Frequency.OFF)
_DAY = (Frequency.AT_ONCE, Frequency.DAILY, Frequency.OFF)
#: The kinds that somebody may want less often; the first frequency is how they come by themselves.
OPTIONAL: dict[str, tuple[Frequency, ...]] = {
    Category.SESSION_REMINDER: _DAY,
    Category.FEEDBACK: _DAY,
    Category.SPOT_WATCH: (Frequency.AT_ONCE, Frequency.OFF),
    Category.DIGEST: (Frequency.WEEKLY, Frequency.OFF),
    Category.PARTNER_NEWS: (Frequency.WEEKLY, Frequency.OFF),
    Category.MEETING_REMINDER: _ANY,
    Category.CHECK: _ANY,
}
#: What everybody gets who works here, and what families get, before any mail left.
OF_STAFF = (Category.PARTNER_NEWS, Category.MEETING_REMINDER, Category.CHECK)
OF_FAMILIES = (Category.SESSION_REMINDER, Category.FEEDBACK)


def token_of(hashed: str, category: str) -> str:
    """Opens the choices of one address, from a mail of this kind."""
    return links.sign(PURPOSE, f"{hashed}.{category}")


def read_token(token: str) -> tuple[str, str]:
    """(hash of the address, category). Raises BadLinkError."""
    hashed, _, category = links.read(PURPOSE, token).partition(".")
    return hashed, category


def choices_path(hashed: str, category: str) -> str:
    """The page on which an address chooses what it gets, without an account."""
    return reverse("mail_choices", args=[token_of(hashed, category)])


@in_dutch
def stop_url(hashed: str, category: str) -> str:
    """The whole address that ends one kind by a bare POST (RFC 8058); "" for a kind that has no end."""
    if category != Category.MORNING and category not in OPTIONAL:
        return ""
    return links.absolute(reverse("mail_stop", args=[token_of(hashed, category)]))


def frequencies_of(hashed: str) -> dict[str, Frequency]:
    """{category: how often} of all optional kinds, for one address (two queries)."""
    found = {category: choices[0] for category, choices in OPTIONAL.items()}
    for each in Preference.objects.filter(address_hash=hashed, category__in=OPTIONAL):
        found[each.category] = Frequency(each.frequency)
    stopped = Suppression.objects.filter(address_hash=hashed, category__in=OPTIONAL)
    return found | dict.fromkeys(stopped.values_list("category", flat=True), Frequency.OFF)


def kinds_of(hashed: str) -> list[str]:
    """The optional kinds that an address ever got, will get or chose about, in the order of the list."""
    tables = (Message, PlannedMessage, Preference, Suppression)
    rows = [table.objects.filter(address_hash=hashed).values_list("category") for table in tables]
    known = {category for (category,) in rows[0].union(*rows[1:])}
    return [category for category in OPTIONAL if category in known]


def waits_of(rows: Iterable[Row]) -> dict[str, str]:
    """{key: daily or weekly} of those rows that wait for a morning mail, in one query."""
    rows = list(rows)
    wishes = Preference.objects.filter(address_hash__in={row.address_hash for row in rows})
    found = {(each.address_hash, each.category): each.frequency for each in wishes}
    return {
        row.key: wait for row in rows if (wait := found.get((row.address_hash, row.category))) is not None
    }


@transaction.atomic
def choose(hashed: str, *, category: str, frequency: str, now: datetime) -> None:
    """From now on this kind comes so often to this address. Twice is once; what waits is held back when it is "off"."""
    Preference.objects.filter(address_hash=hashed, category=category).delete()
    if frequency == Frequency.OFF:
        suppress_hash(hashed, reason=Suppression.Reason.UNSUBSCRIBED, category=category, now=now)
        return
    Suppression.objects.filter(address_hash=hashed, category=category).delete()
    if frequency in (Frequency.DAILY, Frequency.WEEKLY) and frequency != OPTIONAL[category][0]:
        row = Preference(address_hash=hashed, category=category, frequency=frequency, at=now)
        Preference.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def stop(hashed: str, *, category: str, now: datetime) -> None:
    """No more mail of this kind; of the morning mail: of all that it brought together."""
    wanted = [category]
    if category == Category.MORNING:
        wishes = Preference.objects.filter(address_hash=hashed)
        wanted = list(wishes.values_list("category", flat=True))
    for each in wanted:
        choose(hashed, category=each, frequency=Frequency.OFF, now=now)
