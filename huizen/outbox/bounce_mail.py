"""Reading a mail that came back (RFC 3464, RFC 6522): of which message it speaks, and what it says. Pure; never raises.

Which message: by the address to which it came (huizen/outbox/return_path.py), else by the Message-ID of the mail that it
quotes. A report about nothing of ours, an out-of-office or any other mail is no bounce.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from typing import cast
from uuid import UUID

from huizen.models import DeliveryEvent
from huizen.outbox.compose import one_line
from huizen.outbox.return_path import message_of

Kind = DeliveryEvent.Kind
#: Where mail servers write to whom a mail was addressed.
TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
#: Of the address, the mailbox that was closed, the domain that is not there (RFC 3463); anything else may pass.
_GONE = re.compile(r"5\.(1\.\d{1,3}|2\.1|4\.4)$")
_UNKNOWN = re.compile(
    r"user unknown|unknown user|no such user|does not exist|5\.1\.(1|2|3|6|10)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Bounce:
    """One report: about which message, by its number or by its Message-ID, and what was said."""

    kind: str
    text: str
    message: UUID | None = None
    message_id: str = ""


def read_bounce(raw: bytes) -> Bounce | None:
    """The report in a mail, None for a mail that is none or that speaks of nothing we could know."""
    mail = email.message_from_bytes(raw)
    kind, text = _said(mail)
    message = next(filter(None, map(message_of, _addresses(mail))), None)
    message_id = "" if message else _quoted_message_id(mail)
    return Bounce(kind, text, message, message_id) if kind and (message or message_id) else None


def _said(mail: Mail) -> tuple[str, str]:
    """(kind, words) of the worst that the report says of a recipient; ("", "") when it says nothing."""
    found = [(_kind(status), _words(status)) for status in _recipients(mail)]
    order = [Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELAYED, Kind.DELIVERED]
    return min(
        (said for said in found if said[0]), key=lambda said: order.index(Kind(said[0])), default=("", "")
    )


def _recipients(mail: Mail) -> Iterator[Mail]:
    """The blocks that speak of one recipient each."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            blocks = cast(list[Mail], part.get_payload())
            yield from (block for block in blocks if block.get("Action"))


def _kind(status: Mail) -> str:
    action = _field(status, "Action").lower()
    if action == "delayed":
        return Kind.DELAYED
    if action in ("delivered", "relayed", "expanded"):
        return Kind.DELIVERED
    if action != "failed":
        return ""
    code = _field(status, "Status").partition(" ")[0]
    is_gone = _GONE.match(code) or (code[:1] == "5" and _UNKNOWN.search(_field(status, "Diagnostic-Code")))
    return Kind.HARD_BOUNCE if is_gone else Kind.SOFT_BOUNCE


def _words(status: Mail) -> str:
    code, words = _field(status, "Status"), _field(status, "Diagnostic-Code").partition(";")[2]
    return one_line(f"{code} {words}")[:300]


def _field(status: Mail, name: str) -> str:
    return str(status.get(name, "")).strip()


def _addresses(mail: Mail) -> Iterator[str]:
    for name in TO:
        for value in mail.get_all(name, []):
            yield from re.findall(r"[^\s<>,;\"]+@[^\s<>,;\"]+", str(value))


def _quoted_message_id(mail: Mail) -> str:
    """The Message-ID of the mail that came back, as it stands under the report."""
    for part in mail.walk():
        kind, payload = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list) and payload:
            return _field(cast(Mail, payload[0]), "Message-ID")
        if kind == "text/rfc822-headers" and isinstance(payload, str):
            return str(email.message_from_string(payload).get("Message-ID", "")).strip()
    return ""
