"""The plain text of a mail as the pieces of its HTML part: what is written once is read in both.

Addresses stand alone on their line; a line before it that ends in a colon becomes the words on the button. A line of
dashes under a line makes that one a heading.
"""

import re
from dataclasses import dataclass

_URL = re.compile(r"https?://\S+")
_CODE = re.compile(r"(?=\S*\d|[A-Z]{4})[A-Z0-9]{3,8}(-[A-Z0-9]{3,8})?")
_RULE = re.compile(r"-{3,}")


@dataclass(frozen=True)
class Block:
    """A piece of the HTML part: a heading, lines of text, items of a list, one link, or one code to copy."""

    kind: str
    lines: list[str]
    url: str = ""


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
        elif kind == "rule":
            _make_heading(found)
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
    if _RULE.fullmatch(line):
        return "rule"
    return "list" if line.startswith("- ") else "text"


def _make_heading(found: list[Block]) -> None:
    """The line above becomes a heading; without one the dashes are nothing but a pause."""
    if found and found[-1].kind == "text":
        line = found[-1].lines.pop()
        if not found[-1].lines:
            found.pop()
        found.append(Block("heading", [line]))


def _link(before: list[Block], url: str) -> Block:
    """A link; the last sentence of the line that announces it ("Was jij dat? Maak een account:") is its words."""
    if not before or before[-1].kind != "text" or not before[-1].lines[-1].endswith(":"):
        return Block("link", [url], url)
    *others, words = re.split(r"(?<=[.?!؟]) ", before[-1].lines.pop().removesuffix(":").rstrip())
    before[-1].lines.extend([" ".join(others)] if others else [])
    if not before[-1].lines:
        before.pop()
    return Block("link", [words], url)
