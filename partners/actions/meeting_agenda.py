"""The calendar address of a professional: mailed to her alone, replaced by a new one, ended."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from huizen.actions.invitation import hash_token, new_token
from huizen.links import absolute
from huizen.models import Category, House
from huizen.outbox.queue import queue_message
from partners.models import MeetingCalendar


@transaction.atomic
def mail_agenda_address(*, email: str, name: str, house: House | None, now: datetime) -> MeetingCalendar:
    """Make an address and mail it to the one whose meetings it shows; a former address opens nothing any more."""
    token, token_hash = new_token()
    email = email.strip().lower()
    facts = {"token_hash": token_hash, "made_at": now}
    calendar, _ = MeetingCalendar.objects.update_or_create(email=email, defaults=facts)
    queue_message(
        key=f"meeting-calendar:{token_hash[:32]}",
        category=Category.MEETING,
        recipient=email,
        template="meeting_agenda",
        context={"name": name, "url": absolute(reverse("meeting_agenda_file", args=[token]))},
        house=house,
        now=now,
    )
    return calendar


def end_agenda_address(*, email: str) -> bool:
    """No address any more; says whether there was one."""
    return bool(MeetingCalendar.objects.filter(email=email.lower()).delete()[0])


def agenda_behind(secret: str) -> MeetingCalendar | None:
    """The calendar that an address opens; none for one that was replaced or made up."""
    return MeetingCalendar.objects.filter(token_hash=hash_token(secret)).first()
