"""The letter box of the embedded set-up: every mail is a file, the newest first.

Mail is whatever somebody managed to send: no charset, broken parts, headers that lie. Reading it never fails.
"""

import datetime as dt
import email
import re
import secrets
import time
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from functools import cached_property
from pathlib import Path

#: What `keep` calls a mail; anything else in an address is nobody's mail, and no path of this machine.
NAME = re.compile(r"\d{1,20}-[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True)
class Part:
    """An attachment: its number in the mail, the name of the file, its kind and its bytes."""

    number: int
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail, read when asked."""

    file: Path

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def received_at(self) -> dt.datetime:
        nanoseconds = int(self.name.partition("-")[0])
        return dt.datetime.fromtimestamp(nanoseconds / 1e9, dt.UTC)

    @cached_property
    def message(self) -> Message:
        return email.message_from_bytes(self.file.read_bytes())

    @property
    def sender(self) -> str:
        return words(self.message.get("From"))

    @property
    def recipient(self) -> str:
        return words(self.message.get("Delivered-To") or self.message.get("To"))

    @property
    def subject(self) -> str:
        return words(self.message.get("Subject")) or "(geen onderwerp)"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, words(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        """What a mail reader without pictures shows."""
        return self._first("text/plain")

    @property
    def html(self) -> str:
        return self._first("text/html")

    @property
    def attachments(self) -> list[Part]:
        """Everything that is not the letter itself; a calendar file that is a sibling of the text as well."""
        parts = [part for part in self.message.walk() if not part.is_multipart()]
        return [
            Part(number, file_name(part, number), part.get_content_type(), content(part))
            for number, part in enumerate(parts)
            if is_attachment(part)
        ]

    def _first(self, kind: str) -> str:
        for part in self.message.walk():
            if part.get_content_type() == kind and not part.is_multipart() and not is_attachment(part):
                return decoded(part)
        return ""


def keep(folder: Path, raw: bytes, *, recipients: list[str]) -> Path:
    """Put a mail in the box, whole or not at all; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns()}-{secrets.token_hex(4)}"
    draft = folder / f"{name}.part"
    draft.write_bytes(b"Delivered-To: " + ", ".join(recipients).encode() + b"\r\n" + raw)
    return draft.rename(folder / f"{name}.eml")


def letters(folder: Path) -> list[Letter]:
    """All mail, the newest first."""
    return [Letter(file) for file in sorted(folder.glob("*.eml"), reverse=True)]


def letter(folder: Path, name: str) -> Letter | None:
    """The mail with this name; None when it is not (or no longer) there."""
    file = folder / f"{name}.eml"
    return Letter(file) if NAME.fullmatch(name) and file.is_file() else None


def empty(folder: Path) -> None:
    """Throw all mail away."""
    for kept in letters(folder):
        kept.file.unlink(missing_ok=True)


def words(header) -> str:
    """A header as a person reads it; as it came where it cannot be read."""
    try:
        return str(make_header(decode_header(header or ""))).strip()
    except (MessageError, LookupError, ValueError):
        return str(header)


def content(part: Message) -> bytes:
    """The bytes of a part."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def decoded(part: Message) -> str:
    """The text of a part, in the charset that it names or else UTF-8."""
    try:
        return content(part).decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return content(part).decode("utf-8", "replace")


def is_attachment(part: Message) -> bool:
    """Is it something to keep, not to read?"""
    readable = part.get_content_type() in {"text/plain", "text/html"}
    return not readable or part.get_content_disposition() == "attachment"


def file_name(part: Message, number: int) -> str:
    """What the file is called, without folders; a name of our own where it has none."""
    ending = ".ics" if part.get_content_type() == "text/calendar" else ""
    return Path(words(part.get_filename())).name or f"bijlage-{number}{ending}"
