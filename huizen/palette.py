"""The colours of the portal, read from the stylesheet itself, and how well each pair can be read (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

STYLESHEET = settings.BASE_DIR / "static" / "css" / "ground.css"
ROLE = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

#: The least contrast: body text AAA, other text AA, borders of fields and other signs without words.
BODY, TEXT, SIGN = 7.0, 4.5, 3.0
SURFACES = ("paper", "raised", "sunk")
TINTED = ("support", "encounter", "activities", "good", "warning", "bad", "info")


class Colour(NamedTuple):
    """A role, by day and in the evening."""

    light: str
    dark: str


class Pair(NamedTuple):
    """A colour that stands on another one, and the contrast that it must have."""

    front: str
    back: str
    least: float


PAIRS = (
    *(Pair(ink, surface, BODY) for ink in ("ink", "ink-soft") for surface in SURFACES),
    *(Pair("ink", f"{tint}-soft", BODY) for tint in (*TINTED, "accent", "glow")),
    *(Pair(tint, f"{tint}-soft", TEXT) for tint in TINTED),
    *(Pair(tint, surface, TEXT) for tint in TINTED for surface in SURFACES),
    *(Pair("raised", tint, TEXT) for tint in TINTED),
    *(Pair(accent, surface, TEXT) for accent in ("accent", "accent-deep") for surface in SURFACES),
    Pair("accent", "glow-soft", TEXT),
    Pair("accent", "accent-soft", TEXT),
    Pair("accent-deep", "accent-soft", TEXT),
    Pair("ink-soft", "glow-soft", TEXT),
    Pair("ink-soft", "accent-soft", TEXT),
    Pair("on-accent", "accent", TEXT),
    Pair("on-accent", "accent-deep", TEXT),
    Pair("on-glow", "glow", BODY),
    Pair("glow", "wall-near", SIGN),
    *(Pair("edge", surface, SIGN) for surface in SURFACES),
)


def colours(stylesheet: Path = STYLESHEET) -> dict[str, Colour]:
    """Every colour role of the stylesheet."""
    return {name: Colour(light, dark) for name, light, dark in ROLE.findall(stylesheet.read_text())}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
