"""Text messages: the second way out, behind one small interface, off until SMS_PROVIDER names a provider.

A provider is a class with `send(number, text, reference)`, named by its path. It answers what became of the message, and
never raises for what the other side does. Same table, keys, leases and states as mail.
"""

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.module_loading import import_string

from huizen.models import DeliveryAttempt, Message
from huizen.outbox.carrier import Answer
from huizen.outbox.compose import rendered_text

Outcome = DeliveryAttempt.Outcome
#: The basic table and the extension table of GSM 03.38 (3GPP TS 23.038, 6.2.1): an extension sign takes two places.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
#: Places in one message alone, and in each of several.
_GSM, _UCS2 = (160, 153), (70, 67)
#: Signs that a text means the same without: they would more than halve what fits.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)


class TextError(Exception):
    """This cannot be sent as a text message."""


class Provider(Protocol):
    """Who brings text messages to phones."""

    def send(self, number: str, text: str, reference: str) -> Answer:
        """Give one message away; `number` is international (+32470123456), `reference` ours."""
        ...


class MessageBird:
    """The REST API of MessageBird (now Bird), https://developers.messagebird.com/api/sms-messaging/#send-outbound-sms

    `POST https://rest.messagebird.com/messages` with `Authorization: AccessKey …` and a JSON body; 201 means taken, an
    error names its code and a description. Needs SMS_KEY, and SMS_SENDER (eleven letters, or a number).
    """

    def send(self, number: str, text: str, reference: str) -> Answer:
        body = {
            "originator": settings.SMS_SENDER,
            "recipients": [number.removeprefix("+")],
            "body": text,
            "datacoding": "auto",
            "reference": reference,
        }
        head = {"Authorization": f"AccessKey {settings.SMS_KEY}", "Content-Type": "application/json"}
        request = Request(settings.SMS_URL, json.dumps(body).encode(), head, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=settings.SMS_TIMEOUT) as response:  # noqa: S310
                return Answer(Outcome.ACCEPTED, response.status, f"id {_json(response).get('id', '?')}")
        except HTTPError as error:
            return _refused(error)
        except URLError as error:
            # The request did not get out: nothing can have been taken.
            return Answer(Outcome.TEMPORARY, None, f"{type(error).__name__}: {error}")
        except (OSError, HTTPException) as error:
            return Answer(Outcome.TIMEOUT, None, f"{type(error).__name__}: {error}")


class Gateway:
    """The provider of the settings, as the outbox wants its carriers: nothing to open, nothing to close."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *error) -> None:
        pass

    def connect(self) -> None:
        pass

    def hang_up(self) -> None:
        pass

    def hand_over(self, message: Message, why_not: Callable[[], str]) -> Answer:
        """Give one text message away: in a single request, so there is no waiting in which it could become unwanted."""
        text = bytes(message.body_mime or b"").decode()
        return self._provider.send(message.recipient, text, str(message.pk))


def is_on() -> bool:
    """Whether this portal sends text messages."""
    return bool(settings.SMS_PROVIDER)


def gateway() -> Gateway | None:
    """The way out for text messages; None where there is none."""
    return Gateway(import_string(settings.SMS_PROVIDER)()) if is_on() else None


def compose_sms(message: Message, *, now: datetime) -> None:
    """Write the text of this row (`templates/sms/<template>.txt`), and count what it costs. Raises TextError."""
    words = rendered_text(f"sms/{message.template}", message.context, house=message.house)
    text = re.sub(r"\s+", " ", words).strip().translate(_PLAIN)
    if not text:
        raise TextError(f"sms/{message.template}.txt is leeg.")
    message.title, message.body_mime = text[:200], text.encode()
    message.message_id = f"sms:{uuid.uuid4()}"
    message.segments = segments(text)
    message.cost = message.segments * Decimal(settings.SMS_SEGMENT_PRICE)


def segments(text: str) -> int:
    """In how many parts a text travels: 160 places of seven bits, or 70 of sixteen where one sign needs them."""
    if set(text) <= _BASIC | _EXTENSION:
        size, (alone, each) = len(text) + sum(sign in _EXTENSION for sign in text), _GSM
    else:
        size, (alone, each) = len(text.encode("utf-16-be")) // 2, _UCS2
    return 1 if size <= alone else -(-size // each)


def is_mobile(number: str) -> bool:
    """Whether a text message can reach an international number: of Belgium only those that begin with 4."""
    return bool(re.fullmatch(r"\+(?:324\d{8}|(?!32)\d{8,15})", number))


def _json(response: Any) -> dict[str, Any]:
    try:
        found = json.loads(response.read(100_000))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refused(error: HTTPError) -> Answer:
    """Too many, or their fault: later again. Ours, or the number: never. Only the number is about the address."""
    told = _json(error).get("errors") or [{}]
    first = told[0] if isinstance(told, list) and isinstance(told[0], dict) else {}
    text = str(first.get("description") or error.reason)
    if error.code == 429 or error.code >= 500:
        return Answer(Outcome.TEMPORARY, error.code, text)
    is_number = "recipient" in str(first.get("parameter", ""))
    return Answer(Outcome.PERMANENT, error.code, text, no_such_address=is_number)
