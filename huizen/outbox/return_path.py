"""The address to which a mail comes back (VERP): it says which message it was, and nobody can make one up.

`terug@portaal.example` becomes `terug+<number of the message>.<signature>@portaal.example`. The mail server of that
domain must hand what comes in there to `manage.py read_bounce`.
"""

import hmac
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

_LONG = 16


def return_path(message_id: UUID) -> str:
    """The sender on the envelope of one message; without BOUNCE_ADDRESS that of all mail."""
    local, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"{local}+{message_id.hex}.{_signature(message_id)}@{domain}"


def message_of(address: str) -> UUID | None:
    """The message that came back to this address; None where it is no return path of ours."""
    local, _, domain = address.strip("<> ").lower().rpartition("@")
    own, _, own_domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    base, plus, token = local.rpartition("+")
    number, _, signature = token.partition(".")
    if not plus or (base, domain) != (own, own_domain) or not own:
        return None
    try:
        message_id = UUID(hex=number)
    except ValueError:
        return None
    signed = hmac.compare_digest(_signature(message_id).encode(), signature.encode())
    return message_id if signed else None


def _signature(message_id: UUID) -> str:
    return salted_hmac("huizen.return_path", message_id.hex, algorithm="sha256").hexdigest()[:_LONG]
