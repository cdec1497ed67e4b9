"""From a row to the bytes of a mail: plain text first, then the same as HTML, then a calendar file if there is one.

A template is `templates/emails/<name>.txt`: the subject, a blank line, paragraphs (huizen/outbox/paragraphs.py makes the
HTML part of them). `<name>.<language>.txt` beside it is the same in another language, where somebody wrote it.
"""

import re
import uuid
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string, select_template
from django.utils import translation

from huizen.languages import DUTCH, language_of
from huizen.models import House, Message
from huizen.outbox.closing import closing
from huizen.outbox.paragraphs import blocks
from huizen.outbox.quiet import BRUSSELS


class AddressHeader(UnstructuredHeader, BaseHeader):
    """A header that holds a web address: on one line, because folding would turn a long address into code."""

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", AddressHeader)
#: Everything in seven bits: no server on the way can damage it.
POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)


class LetterError(Exception):
    """The template gives no mail."""


def compose(message: Message, *, now: datetime) -> None:
    """Write the mail of this row: its title, Message-ID and bytes. Raises whatever a bad template raises."""
    with translation.override(settings.LANGUAGE_CODE if message.language == DUTCH else message.language):
        title, text = written(message)
        text = "\n\n".join(filter(None, [text, closing(message)]))
    message.title = title[:200]
    message.message_id = f"<{uuid.uuid4()}@{_sender()[1].rpartition('@')[2]}>"
    message.body_mime = _mail(message, title, text, now).as_bytes()


def written(message: Message) -> tuple[str, str]:
    """Subject and text of a row as they will be read, without the last lines. Raises LetterError."""
    return words_of(message.template, message.context, house=message.house, language=message.language)


def words_of(
    template: str, context: dict[str, Any], *, house: House | None, language: str = DUTCH
) -> tuple[str, str]:
    """Subject and text of a template. Nothing is escaped: this is not HTML. Raises LetterError."""
    rendered = rendered_text(f"emails/{template}", context, house=house, language=language)
    title, _, text = rendered.partition("\n")
    title, text = one_line(title), re.sub(r"\n{3,}", "\n\n", text.strip())
    if not title or not text:
        raise LetterError(
            f"emails/{template}.txt: the first line is the subject, then a blank line, then text."
        )
    return title, text


def rendered_text(path: str, context: dict[str, Any], *, house: House | None, language: str) -> str:
    """A template of plain text, in this language where somebody wrote it, else in Dutch."""
    words = {"portal_name": settings.PORTAL_NAME, "portal_url": settings.PORTAL_URL, "house": house}
    found = select_template([f"{path}.{language}.txt", f"{path}.txt"])
    template = found.template  # type: ignore[attr-defined]
    return template.render(Context(words | context, autoescape=False)).strip()


def _mail(message: Message, title: str, text: str, now: datetime) -> MIMEPart:
    mail = MIMEPart(POLICY)
    _address(mail, message)
    mail["MIME-Version"] = "1.0"
    mail["Subject"] = title
    mail["Date"] = format_datetime(now.astimezone(BRUSSELS))
    mail["Message-ID"] = message.message_id
    # No out-of-office comes back (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe_url:
        # RFC 8058: mail programs show a button, and POST to this address for who presses it.
        mail["List-Unsubscribe"] = f"<{ascii_url(message.unsubscribe_url)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text + "\n")
    mail.add_alternative(_html(message, title, text), subtype="html")
    if message.calendar:
        mail.attach(_calendar(message.calendar))
    # Last: making a mail of several parts hands the content headers on to the first part.
    mail["Content-Language"] = language_of(message.language).tag
    return mail


def _address(mail: MIMEPart, message: Message) -> None:
    """People know their House, not the portal: its name stands in the list of mails, and it gets the answers."""
    name, address = _sender()
    house = message.house
    mail["From"] = Address(one_line(house.name) if house else name, addr_spec=address)
    mail["To"] = Address(addr_spec=ascii_address(message.recipient))
    if house and house.email:
        mail["Reply-To"] = Address(one_line(house.name), addr_spec=ascii_address(house.email))


def _html(message: Message, title: str, text: str) -> str:
    context = {
        "title": title,
        "blocks": blocks(text),
        "house": message.house,
        "portal_name": settings.PORTAL_NAME,
        "language": language_of(message.language),
    }
    return render_to_string("emails/base.html", context)


def _calendar(text: str) -> MIMEPart:
    """The third way to say the same (RFC 6047): mail programs show it as an appointment."""
    method = re.search(r"^METHOD:(\w+)", text, re.MULTILINE)
    part = MIMEPart(POLICY)
    part.set_content(text, subtype="calendar", params={"method": method[1] if method else "PUBLISH"})
    return part


def _sender() -> tuple[str, str]:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)


def one_line(text: str) -> str:
    """One line without control characters: what was typed can never start a header of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def ascii_url(url: str) -> str:
    """A web address fit for a header: nothing in it can end the line or the address."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def ascii_address(address: str) -> str:
    """The address as mail servers know it: a domain with accents in its ASCII form."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode()}"
