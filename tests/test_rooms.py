"""The map of the house in docs/architecture.md names rooms and files that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAP = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```")[1]
A_FILE = re.compile(r"[\w/-]+\.(?:py|yaml|css|js|html)\b")
APPS = {path.parent.name for path in ROOT.glob("*/apps.py")}


def named() -> Iterator[tuple[Path, Path, str]]:
    """Each file that the map names: its room, the shelf on which its line begins, and what it is called."""
    room = shelf = ROOT
    for line in MAP.splitlines():
        first = line.split()[0] if line.strip() else ""
        if line[:1].strip():
            room = ROOT / first
        if len(line) - len(line.lstrip()) <= 2:
            shelf = room / first
        for file in A_FILE.findall(line):
            yield room, shelf, file


def test_the_map_names_every_room():
    assert {line.partition("/")[0] for line in MAP.splitlines()} >= APPS


@pytest.mark.parametrize(("room", "shelf", "file"), list(named()))
def test_the_file_stands_where_the_map_says(room, shelf, file):
    assert any((place / file).exists() for place in (ROOT, room, shelf))


@pytest.mark.parametrize("app", sorted(APPS))
def test_a_room_names_a_file_once(app):
    files = [file for room, _, file in named() if room.name == app and (room / file).exists()]
    assert len(files) == len(set(files))
