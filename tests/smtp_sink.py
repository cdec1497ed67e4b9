"""A real SMTP server that keeps what it gets, and can be as bad as real ones are."""

import asyncio
import email
import email.policy
import logging
from collections import deque
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from config.embedded.ports import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)
ACCEPTED = "250 2.0.0 aanvaard"


@dataclass(frozen=True)
class Received:
    """One mail as it came over the wire, and what the server answered ("" when it hung up)."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    answer: str

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return self.message["Message-ID"]

    @property
    def date(self) -> str:
        return self.message["Date"]


@dataclass
class SmtpSink:
    """The server. Set how it behaves before or between mails; read `accepted` or `received` after.

    `answers`: what the next mails hear after DATA, one each; then all are accepted.
    `recipient_answers`: what an address hears at RCPT TO, such as "550 5.1.1 onbekend".
    `delay`: seconds between the last byte of a mail and the answer.
    `hang_ups`: so many next mails are kept whole, and then the line breaks without an answer.
    `holds`: nobody hears an answer at RCPT TO until it is False again; `held` are those that it let wait.
    """

    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    received: list[Received] = field(default_factory=list)
    answers: deque[str] = field(default_factory=deque)
    recipient_answers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    hang_ups: int = 0
    holds: bool = False
    held: list[str] = field(default_factory=list)
    _controller: Controller | None = None

    @property
    def accepted(self) -> list[Received]:
        """What the server took: it heard 250, or may have for all that the sender knows."""
        return [mail for mail in self.received if mail.answer in ("", ACCEPTED)]

    def to(self, address: str) -> list[Received]:
        """The accepted mails to one address."""
        return [mail for mail in self.accepted if address in mail.recipients]

    def start(self) -> None:
        """Listen; also after `stop`, on the same port."""
        self._controller = Controller(
            self, hostname=self.host, port=self.port, server_hostname="postbus.example"
        )
        self._controller.start()

    def stop(self) -> None:
        """Nobody answers any more: the mail server is down."""
        if self._controller:
            self._controller.stop()
        self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.holds:
            self.held.append(address)
        while self.holds:
            await asyncio.sleep(0.02)  # the test says when it is over
        answer = self.recipient_answers.get(address, "250 2.1.5 goed")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        hang_up, self.hang_ups = self.hang_ups > 0, max(self.hang_ups - 1, 0)
        answer = "" if hang_up else self.answers.popleft() if self.answers else ACCEPTED
        mail = Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content, answer)
        self.received.append(mail)
        await asyncio.sleep(self.delay)
        if hang_up:
            server.transport.abort()
        return answer or ACCEPTED
