"""Mail of the demo that did not just arrive: refused, in doubt, sent back, told by text message; and who to call."""

from datetime import datetime, timedelta

from django.conf import settings

from activities.models import Registration
from demo.network.houses import BALDEMORE, Home
from demo.network.people import COORDINATOR, PARENT
from demo.network.world import World
from huizen.actions.bounce import Told, hear
from huizen.models import Category, Channel, DeliveryAttempt, DeliveryEvent, House, Message, Suppression
from huizen.outbox.compose import compose
from huizen.outbox.preferences import Frequency, choose
from huizen.outbox.queue import letter
from huizen.outbox.sms import compose_sms
from huizen.outbox.suppression import address_hash, suppress

State, Outcome = Message.State, DeliveryAttempt.Outcome
NO_SUCH = (550, "RCPT: 5.1.1 User unknown")
GREYLISTED = (451, "DATA: 4.7.1 Greylisted, try again later")
PHONE = "0400 00 00 00"
TAKEN = (250, "2.0.0 Ok: queued")


def make_delivery(world: World, homes: list[Home]) -> None:
    """What the delivery pages of Baldemore show on the first day."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    yesterday = world.now - timedelta(days=1)
    gone, *others = _families(house)
    _refused(house, gone, yesterday)
    _greylisted(house, others[0], yesterday)
    _in_doubt(house, others[1], yesterday)
    _sent_back(house, others[2], yesterday)
    _by_text_message(house, others, world)
    for category in (Category.MEETING_REMINDER, Category.CHECK):
        choose(address_hash(COORDINATOR.email), category=category, frequency=Frequency.DAILY, now=world.now)


def _families(house: House) -> list[Registration]:
    """Sign-ups of four different families; the first gave a telephone number as well."""
    rows = Registration.objects.filter(session__activity__house=house).exclude(email__in=["", PARENT.email])
    found = {row.email: row for row in rows.select_related("session__activity").order_by("pk")[:200]}
    families = list(found.values())[:4]
    Registration.objects.filter(email=families[0].email).update(phone=PHONE)
    return families


def _refused(house: House, family: Registration, at: datetime) -> None:
    message = _mail(house, family, "geweigerd", at, State.FAILED, "geweigerd: RCPT: 5.1.1 User unknown")
    _try(message, 1, at, Outcome.PERMANENT, NO_SUCH)
    suppress(family.email, reason=Suppression.Reason.HARD_BOUNCE, now=at)


def _greylisted(house: House, family: Registration, at: datetime) -> None:
    message = _mail(house, family, "later", at, State.SENT)
    _try(message, 1, at, Outcome.TEMPORARY, GREYLISTED)
    _try(message, 2, at + timedelta(minutes=1), Outcome.ACCEPTED, TAKEN)


def _in_doubt(house: House, family: Registration, at: datetime) -> None:
    doubt = "geen antwoord: misschien wel verstuurd"
    message = _mail(house, family, "onzeker", at, State.UNKNOWN, doubt)
    _try(message, 1, at, Outcome.TIMEOUT, (None, "TimeoutError: timed out"))


def _sent_back(house: House, family: Registration, at: datetime) -> None:
    message = _mail(house, family, "terug", at, State.SENT)
    _try(message, 1, at, Outcome.ACCEPTED, TAKEN)
    full = "5.2.2 552 mailbox full"
    told = Told("mail", f"demo:{message.pk}", DeliveryEvent.Kind.SOFT_BOUNCE, at, message.pk, text=full)
    hear(told, now=at)


def _by_text_message(house: House, families: list[Registration], world: World) -> None:
    """Three this month and two of a month ago, so that there is something to count."""
    for number, days in enumerate((1, 2, 3, 33, 34)):
        at = world.now - timedelta(days=days)
        family = families[number % len(families)]
        context = {"house": house.name, "title": "Spelen (voorbeeld)", "phone": house.phone}
        message = letter(
            key=f"demo:sms:{number}",
            category=Category.CHANGE,
            channel=Channel.SMS,
            recipient="+32400000000",
            template="session_cancelled",
            context=context,
            now=at,
            subject=family,
            house=house,
        )
        compose_sms(message, now=at)
        message.state, message.sent_at, message.attempts = State.SENT, at, 1
        message.save()


def _mail(
    house: House, family: Registration, name: str, at: datetime, state: str, reason: str = ""
) -> Message:
    message = letter(
        key=f"demo:{name}",
        category=Category.CHANGE,
        recipient=family.email,
        template="participants_message",
        context={
            "subject": "Breng een handdoek mee (voorbeeld)",
            "text": "Tot morgen!",
            "name": family.name,
            "title": family.session.activity.title,
            "when": "morgen",
            "link": settings.PORTAL_URL,
            "house": house.name,
        },
        now=at,
        subject=family,
        house=house,
    )
    compose(message, now=at)
    message.state, message.reason, message.attempts = state, reason, 1
    message.sent_at = at if state == State.SENT else None
    message.save()
    return message


def _try(message: Message, number: int, at: datetime, outcome: str, answer: tuple[int | None, str]) -> None:
    code, text = answer
    message.tries.create(
        number=number, started_at=at, ended_at=at, outcome=outcome, smtp_code=code, text=text
    )
    Message.objects.filter(pk=message.pk).update(attempts=number)
