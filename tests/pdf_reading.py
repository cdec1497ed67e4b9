"""Reads a PDF back as its reader does: the catalogue, the tree of its structure, and the words of its pages.

Only what our own papers hold; whatever else stands in a file is not understood.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_TOKEN = re.compile(
    rb"\s*(?:(?P<open><<|\[)|(?P<close>>>|\])|(?P<ref>\d+ \d+ R\b)|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<text>\((?:[^()\\]|\\.)*\))|(?P<name>/[^\s<>\[\]()/]*)|(?P<word>[^\s<>\[\]()/]+))",
    re.S,
)


class Ref(int):
    """The number of another object."""


@dataclass(frozen=True)
class Pdf:
    """A PDF in bytes."""

    content: bytes

    @cached_property
    def objects(self) -> dict[int, Any]:
        """Every object by its number: a dictionary, list, text or number; what a stream holds stands under `stream`."""
        found = {}
        for head in re.finditer(rb"(?<!\d)(\d+) 0 obj\b", self.content):
            value, end = _value(self.content, head.end())
            if self.content[end : end + 20].lstrip().startswith(b"stream"):
                value["stream"] = self._stream(value, self.content.index(b"stream", end))
            found[int(head[1])] = value
        for each in list(found.values()):
            if isinstance(each, dict) and each.get("Type") == "/ObjStm":
                found |= _packed(each)
        return found

    def get(self, value: Any) -> Any:
        """What a reference points to; anything else is itself."""
        return self.objects[int(value)] if isinstance(value, Ref) else value

    @cached_property
    def catalog(self) -> dict[str, Any]:
        """Where a reader begins."""
        return next(
            each
            for each in self.objects.values()
            if isinstance(each, dict) and each.get("Type") == "/Catalog"
        )

    @property
    def title(self) -> str:
        """What stands in the bar of the window."""
        return next(
            each["Title"]
            for each in self.objects.values()
            if isinstance(each, dict) and "Title" in each and "Dest" not in each
        )

    def tags(self) -> list[str]:
        """The tags of the structure in the order in which they are read aloud."""
        return [element["S"].removeprefix("/") for element in self.elements()]

    def elements(self, kind: str = "") -> Iterator[dict[str, Any]]:
        """The elements of the structure in reading order, all or those of one kind."""
        yield from (
            each
            for each in self._walk(self.catalog["StructTreeRoot"])
            if kind in ("", each["S"].removeprefix("/"))
        )

    def words(self) -> str:
        """All words, in the order in which they are drawn; white space told once."""
        pages = [self._page(each) for each in self.pages()]
        return re.sub(r"\s+", " ", " ".join(pages)).strip()

    def pages(self) -> list[dict[str, Any]]:
        """The sheets."""
        return [
            each for each in self.objects.values() if isinstance(each, dict) and each.get("Type") == "/Page"
        ]

    def _walk(self, where: Any) -> Iterator[dict[str, Any]]:
        element = self.get(where)
        if not isinstance(element, dict) or element.get("Type") == "/OBJR":
            return
        if "S" in element:
            yield element
        kids = self.get(element.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, Ref):
                yield from self._walk(kid)

    def _stream(self, about: dict[str, Any], at: int) -> bytes:
        start = self.content.index(b"\n", at) + 1
        held = self.content[start : self.content.index(b"\nendstream", start)]
        return zlib.decompress(held) if about.get("Filter") == "/FlateDecode" else held

    def _page(self, page: dict[str, Any]) -> str:
        fonts = self.get(self.get(page["Resources"])["Font"])
        letters = {name: self._letters(self.get(font)) for name, font in fonts.items()}
        said, now = [], {}
        drawn = self.get(page["Contents"])["stream"]
        for piece in re.finditer(rb"/(\S+) [\d.]+ Tf|\[(.*?)\] TJ|<([0-9a-fA-F]+)> Tj|\bET\b", drawn, re.S):
            if piece[1]:
                now = letters[piece[1].decode()]
            elif piece[0] == b"ET":
                said.append(" ")
            else:
                codes = "".join(re.findall(r"<([0-9a-fA-F]*)>", (piece[2] or b"<%s>" % piece[3]).decode()))
                said.append(
                    "".join(now.get(codes[at : at + 4].lower(), "") for at in range(0, len(codes), 4))
                )
        return "".join(said)

    def _letters(self, font: dict[str, Any]) -> dict[str, str]:
        table = self.get(font["ToUnicode"])["stream"].decode()
        return {
            code.lower(): bytes.fromhex(text).decode("utf-16-be", "replace")
            for code, text in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
        }


def _packed(stream: dict[str, Any]) -> dict[int, Any]:
    """The objects that were put together in one stream."""
    first, held = int(stream["First"]), stream["stream"]
    numbers = [int(each) for each in held[:first].split()]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {number: _value(held, first + offset)[0] for number, offset in pairs}


def _value(content: bytes, at: int) -> tuple[Any, int]:
    """The value that begins here, and where it ends."""
    token = _TOKEN.match(content, at)
    if token["open"] == b"<<":
        items, end = _many(content, token.end())
        return {items[i].removeprefix("/"): items[i + 1] for i in range(0, len(items), 2)}, end
    if token["open"]:
        return _many(content, token.end())
    return _plain(token), token.end()


def _many(content: bytes, at: int) -> tuple[list[Any], int]:
    items = []
    while True:
        token = _TOKEN.match(content, at)
        if token["close"]:
            return items, token.end()
        value, at = _value(content, at)
        items.append(value)


def _plain(token: re.Match) -> Any:
    if token["ref"]:
        return Ref(token["ref"].split()[0])
    if token["hex"]:
        return _text(bytes.fromhex(token["hex"][1:-1].decode()))
    if token["text"]:
        return _text(re.sub(rb"\\(.)", rb"\1", token["text"][1:-1], flags=re.S))
    return (token["name"] or token["word"]).decode("latin-1")


def _text(held: bytes) -> str:
    return held[2:].decode("utf-16-be") if held.startswith(b"\xfe\xff") else held.decode("latin-1")
