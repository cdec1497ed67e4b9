"""A telephone number in one spelling."""

import pytest

from activities.actions.contact import BadPhoneError, international


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("014 00 00 00", "+3214000000"),
        ("0470/12.34.56", "+32470123456"),
        ("+32 (0)470 12 34 56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("+31 6 12345678", "+31612345678"),
    ],
)
def test_a_number_has_one_spelling(typed, number):
    assert international(typed) == number


@pytest.mark.parametrize("typed", ["abc", "12", "0", "+", "470123456", "0" * 40, "٠٤٧٠١٢٣٤٥٦"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(BadPhoneError, match="0470 00 00 00"):
        international(typed)
