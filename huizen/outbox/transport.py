"""The mail server: one kept connection, one recipient a mail, and the whole truth about what it answered.

The only place that speaks SMTP, and it uses smtplib itself: Django's mail backend raises the same error before and
after the last dot of DATA. Before that dot nothing can have been accepted; after it, silence means *unknown*.
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable

from django.conf import settings

from huizen.models import DeliveryAttempt, Message
from huizen.outbox.carrier import Answer, UnreachableError
from huizen.outbox.compose import ascii_address
from huizen.outbox.return_path import return_path

Outcome = DeliveryAttempt.Outcome
#: Enhanced codes (RFC 3463) and bare codes at RCPT that speak of the address, not of us or of our words.
_NO_SUCH_ADDRESS = re.compile(r"5\.1\.(1|2|3|6|10)\b")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
#: Seconds that the server may take before the first byte of a mail; after more it is asked anew whether the mail is wanted.
PATIENCE = 1.0


class _RefusedError(Exception):
    """The server said no to one step of the conversation."""

    def __init__(self, step: str, code: int, text: bytes):
        super().__init__(step, code, text)
        self.step, self.code, self.text = step, code, text.decode("utf-8", "replace")


class MailServer:
    """The server of the settings; a context manager that says goodbye."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._deadline = 0.0

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(self, *error) -> None:
        if self._smtp:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self.hang_up()

    def connect(self) -> None:
        """Be connected. Raises UnreachableError; asked before a mail is claimed, so that an outage costs no try."""
        if self._smtp:
            return
        self._begin()
        try:
            self._smtp = self._open()
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            raise UnreachableError(str(error)) from error

    def hand_over(self, message: Message, why_not: Callable[[], str]) -> Answer:
        """Give one mail to the server. Takes at most half a lease, so that nobody else has it meanwhile."""
        self._begin()
        began = time.monotonic()
        try:
            self._envelope(message)
            self._smtp_say("DATA", expected=354)
            if time.monotonic() - began > PATIENCE and (reason := why_not()):
                # Without its last dot nothing is accepted: who hangs up here takes the mail back.
                self.hang_up()
                return Answer(Outcome.WITHHELD, None, reason)
            # What the kernel does not take whole lacks its last dot, so the server cannot have accepted it.
            self._smtp_now().send(_stuffed(bytes(message.body_mime or b"")))
        except _RefusedError as refusal:
            return self._refused(refusal)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer(Outcome.TEMPORARY, None, f"{type(error).__name__}: {error}")
        return self._finish()

    def _finish(self) -> Answer:
        """The last dot is on its way. From here on, no answer means that we do not know."""
        try:
            code, text = self._smtp_now().getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer(Outcome.TIMEOUT, None, f"{type(error).__name__}: {error}")
        if code != 250:
            return self._refused(_RefusedError("DATA", code, text))
        return Answer(Outcome.ACCEPTED, code, text.decode("utf-8", "replace"))

    def _envelope(self, message: Message) -> None:
        """MAIL and RCPT; once more on a new connection when the kept one turns out to be dead."""
        was_kept = self._smtp is not None
        try:
            self._say_envelope(message)
        except (OSError, smtplib.SMTPException):
            if not was_kept:
                raise
            self.hang_up()
            self._say_envelope(message)

    def _say_envelope(self, message: Message) -> None:
        if self._smtp is None:
            self._smtp = self._open()
        self._smtp_say(f"MAIL FROM:<{return_path(message.pk)}>")
        self._smtp_say(f"RCPT TO:<{ascii_address(message.recipient)}>")

    def _smtp_say(self, command: str, *, expected: int = 250) -> None:
        code, text = self._smtp_now().docmd(command)
        if code != expected:
            raise _RefusedError(command.partition(" ")[0], code, text)

    def _refused(self, refusal: _RefusedError) -> Answer:
        self._start_over(refusal.code)
        # A no to MAIL is about the portal (a password, a limit), not about this mail: try again later.
        is_final = 500 <= refusal.code < 600 and refusal.step != "MAIL"
        return Answer(
            Outcome.PERMANENT if is_final else Outcome.TEMPORARY,
            refusal.code,
            f"{refusal.step}: {refusal.text}",
            no_such_address=is_final and _is_about_address(refusal),
        )

    def _start_over(self, code: int) -> None:
        """Leave the connection clean for the next mail; 421 says that the server hangs up."""
        try:
            if code == 421 or self._smtp_now().rset()[0] != 250:
                self.hang_up()
        except (OSError, smtplib.SMTPException):
            self.hang_up()

    def _open(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
        smtp = kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=self._seconds_left())
        try:
            if settings.EMAIL_USE_TLS:
                smtp.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            smtp.ehlo_or_helo_if_needed()
            # Without this the kernel may keep the last packet of a mail back until the one before is acknowledged.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _begin(self) -> None:
        self._deadline = time.monotonic() + settings.OUTBOX_LEASE_SECONDS / 2

    def _seconds_left(self) -> float:
        return max(0.01, min(settings.EMAIL_TIMEOUT, self._deadline - time.monotonic()))

    def _smtp_now(self) -> smtplib.SMTP:
        """The connection, with its timeout set to what is left of the time for this mail."""
        if self._smtp is None or self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        self._smtp.sock.settimeout(self._seconds_left())
        return self._smtp

    def hang_up(self) -> None:
        """Close the connection without a word; the next mail opens another."""
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _is_about_address(refusal: _RefusedError) -> bool:
    if _NO_SUCH_ADDRESS.search(refusal.text):
        return True
    return refusal.step == "RCPT" and refusal.code in (550, 551, 553) and not _ENHANCED.search(refusal.text)


def _stuffed(body: bytes) -> bytes:
    """The body as DATA wants it (RFC 5321, 4.5.2): a dot doubled at the start of a line, and a last dot alone."""
    body = re.sub(rb"(?m)^\.", b"..", body)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")
