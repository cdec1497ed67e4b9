"""Everybody can read every colour, by day and in the evening: computed from the stylesheet itself."""

import pytest

from huizen import palette

COLOURS = palette.colours()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", palette.PAIRS, ids=lambda pair: f"{pair.front} on {pair.back}")
def test_a_pair_has_enough_contrast(pair, scheme):
    front, back = (getattr(COLOURS[name], scheme) for name in (pair.front, pair.back))

    assert palette.contrast(front, back) >= pair.least


def test_every_colour_of_the_stylesheet_is_in_a_pair():
    named = {name for pair in palette.PAIRS for name in (pair.front, pair.back)}

    # A line only separates; whoever cannot see it misses nothing.
    assert set(COLOURS) - named == {"line"}


def test_no_rule_outside_the_tokens_names_a_colour():
    for file in palette.STYLESHEET.parent.glob("*.css"):
        outside = file.read_text().split("@layer base {")[-1]
        assert palette.re.findall(r"#[0-9a-f]{3,8}\b", outside) == [], file.name


def test_contrast_is_what_the_norm_says():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert palette.contrast("#0b5d4b", "#0b5d4b") == 1
