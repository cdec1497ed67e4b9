"""From a row to the bytes of a mail: plain text first, then the same as HTML, then a calendar file if there is one.

A template is `templates/emails/<name>.txt`: the subject, a blank line, paragraphs. Addresses stand alone on their
line; a line before it that ends in a colon becomes the words on the button in the HTML part.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string

from huizen.models import Message
from huizen.outbox.quiet import BRUSSELS


class AddressHeader(UnstructuredHeader, BaseHeader):
    """A header that holds a web address: on one line, because folding would turn a long address into code."""

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", AddressHeader)
#: Everything in seven bits: no server on the way can damage it.
POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
_URL = re.compile(r"https?://\S+")
_CODE = re.compile(r"(?=\S*\d|[A-Z]{4})[A-Z0-9]{3,8}(-[A-Z0-9]{3,8})?")


class LetterError(Exception):
    """The template gives no mail."""


@dataclass(frozen=True)
class Block:
    """A piece of the HTML part: lines of text, items of a list, one link, or one code to copy."""

    kind: str
    lines: list[str]
    url: str = ""


def compose(message: Message, *, now: datetime) -> None:
    """Write the mail of this row: its title, Message-ID and bytes. Raises whatever a bad template raises."""
    title, text = written(message)
    message.title = title[:200]
    message.message_id = f"<{uuid.uuid4()}@{_sender()[1].rpartition('@')[2]}>"
    message.body_mime = _mail(message, title, text, now).as_bytes()


def written(message: Message) -> tuple[str, str]:
    """Subject and text as they will be read. Nothing is escaped: this is not HTML. Raises LetterError."""
    words = {"portal_name": settings.PORTAL_NAME, "portal_url": settings.PORTAL_URL, "house": message.house}
    template = get_template(f"emails/{message.template}.txt").template  # type: ignore[attr-defined]
    rendered = template.render(Context(words | message.context, autoescape=False))
    title, _, text = rendered.strip().partition("\n")
    title, text = one_line(title), re.sub(r"\n{3,}", "\n\n", text.strip())
    if not title or not text:
        raise LetterError(
            f"emails/{message.template}.txt: the first line is the subject, then a blank line, then text."
        )
    return title, text


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
    mail["Content-Language"] = "nl-BE"
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
    }
    return render_to_string("emails/base.html", context)


def _calendar(text: str) -> MIMEPart:
    """The third way to say the same (RFC 6047): mail programs show it as an appointment."""
    method = re.search(r"^METHOD:(\w+)", text, re.MULTILINE)
    part = MIMEPart(POLICY)
    part.set_content(text, subtype="calendar", params={"method": method[1] if method else "PUBLISH"})
    return part


def blocks(text: str) -> list[Block]:
    """The paragraphs of a plain text, with its lists and links recognised."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in paragraph.strip().splitlines()]
        found += _blocks_of(lines)
    return found


def _blocks_of(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        kind = _kind(line)
        if kind == "link":
            found.append(_link(found, line))
        elif found and found[-1].kind == kind:
            found[-1].lines.append(line.removeprefix("- "))
        else:
            found.append(Block(kind, [line.removeprefix("- ")]))
    return found


def _kind(line: str) -> str:
    if _URL.fullmatch(line):
        return "link"
    if _CODE.fullmatch(line):
        return "code"
    return "list" if line.startswith("- ") else "text"


def _link(before: list[Block], url: str) -> Block:
    """A link; the last sentence of the line that announces it ("Was jij dat? Maak een account:") is its words."""
    if not before or before[-1].kind != "text" or not before[-1].lines[-1].endswith(":"):
        return Block("link", [url], url)
    *others, words = re.split(r"(?<=[.?!]) ", before[-1].lines.pop().removesuffix(":"))
    before[-1].lines.extend([" ".join(others)] if others else [])
    if not before[-1].lines:
        before.pop()
    return Block("link", [words], url)


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
