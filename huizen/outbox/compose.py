"""From a row to the bytes of a mail: plain text first, then the same as HTML, then a calendar file if there is one.

A template is `templates/emails/<name>.txt`: the subject, a blank line, paragraphs (huizen/outbox/paragraphs.py makes the
HTML part of them). One that parents read marks its words for translation (`{% load i18n %}`): who reads another language
gets it twice, first in hers (huizen/outbox/translated.py).
"""

import re
import uuid
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext, override

from huizen.languages import BY_CODE, DUTCH, Language
from huizen.models import House, Message
from huizen.outbox.closing import closing
from huizen.outbox.paragraphs import blocks
from huizen.outbox.quiet import BRUSSELS
from huizen.outbox.translated import as_plain_text, context_in, languages_of


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
    parts = [_part(message, language) for language in languages_of(message)]
    message.title = parts[0].title[:200]
    message.message_id = f"<{uuid.uuid4()}@{_sender()[1].rpartition('@')[2]}>"
    message.body_mime = _mail(message, parts, now).as_bytes()


class Part(NamedTuple):
    """All that a mail says, in one language."""

    language: Language
    title: str
    text: str


def _part(message: Message, language: Language) -> Part:
    with override(settings.LANGUAGE_CODE if language.code == DUTCH else language.code):
        context = context_in(language, message.context)
        title, text = words_of(message.template, context, house=message.house)
        is_translation = language.code != DUTCH
        mark = (
            gettext("Dit is een vertaling. De Nederlandse tekst staat eronder en geldt.")
            if is_translation
            else ""
        )
        return Part(language, title, "\n\n".join(filter(None, [mark, text, closing(message)])))


def written(message: Message) -> tuple[str, str]:
    """Subject and text of a row in Dutch, without the last lines. Raises LetterError."""
    return words_of(message.template, message.context, house=message.house)


def words_of(template: str, context: dict[str, Any], *, house: House | None) -> tuple[str, str]:
    """Subject and text of a template, in the active language. Nothing is escaped: this is not HTML. Raises LetterError."""
    rendered = rendered_text(f"emails/{template}", context, house=house)
    title, _, text = rendered.partition("\n")
    title, text = one_line(title), re.sub(r"\n{3,}", "\n\n", text.strip())
    if not title or not text:
        raise LetterError(
            f"emails/{template}.txt: the first line is the subject, then a blank line, then text."
        )
    return title, text


def rendered_text(path: str, context: dict[str, Any], *, house: House | None) -> str:
    """A template of plain text, in the active language."""
    words = {"portal_name": settings.PORTAL_NAME, "portal_url": settings.PORTAL_URL, "house": house}
    template = get_template(f"{path}.txt").template  # type: ignore[attr-defined]
    return template.render(Context(words | context, autoescape=False)).strip()


def _mail(message: Message, parts: list[Part], now: datetime) -> MIMEPart:
    mail = MIMEPart(POLICY)
    _address(mail, message)
    mail["MIME-Version"] = "1.0"
    mail["Subject"] = parts[0].title
    mail["Date"] = format_datetime(now.astimezone(BRUSSELS))
    mail["Message-ID"] = message.message_id
    # No out-of-office comes back (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe_url:
        # RFC 8058: mail programs show a button, and POST to this address for who presses it.
        mail["List-Unsubscribe"] = f"<{ascii_url(message.unsubscribe_url)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content("\n\n".join(as_plain_text(text, part.language) for part, text in _below(parts)) + "\n")
    mail.add_alternative(_html(message, parts), subtype="html")
    if message.calendar:
        mail.attach(_calendar(message.calendar))
    # Last: making a mail of several parts hands the content headers on to the first part.
    mail["Content-Language"] = ", ".join(part.language.tag for part in parts)
    return mail


def _below(parts: list[Part]) -> list[tuple[Part, str]]:
    """Each part with its text; what stands below another begins with its own title, as a heading."""
    first, *others = parts
    return [(first, first.text), *((part, f"{part.title}\n---\n\n{part.text}") for part in others)]


def _address(mail: MIMEPart, message: Message) -> None:
    """People know their House, not the portal: its name stands in the list of mails, and it gets the answers."""
    name, address = _sender()
    house = message.house
    mail["From"] = Address(one_line(house.name) if house else name, addr_spec=address)
    mail["To"] = Address(addr_spec=ascii_address(message.recipient))
    if house and house.email:
        mail["Reply-To"] = Address(one_line(house.name), addr_spec=ascii_address(house.email))


def _html(message: Message, parts: list[Part]) -> str:
    context = {
        "title": parts[0].title,
        "language": parts[0].language,
        "parts": [(part.language, blocks(text)) for part, text in _below(parts)],
        "house": message.house,
        "portal_name": settings.PORTAL_NAME,
        "dutch": BY_CODE[DUTCH],
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
