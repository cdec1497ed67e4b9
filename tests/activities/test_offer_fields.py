"""Ages, amounts and days, as people write them."""

import datetime as dt

import pytest

from activities.forms.fields import AgeField, DaysField, EuroField


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("zwanger", -9),
        ("6 maanden", 6),
        ("1 maand", 1),
        ("2,5 jaar", 30),
        ("2 jaar en 4 maanden", 28),
        ("", 7),
    ],
)
def test_ages_are_read_as_people_say_them_and_written_back_the_same(text, months):
    field = AgeField(unlimited=7)
    assert field.clean(text) == months
    assert field.prepare_value(months) == text


def test_amounts_and_days_are_read_as_people_write_them():
    assert [EuroField().clean(text) for text in ("3", "3,5", "€ 3.50", "2 euro", "")] == [
        300,
        350,
        350,
        200,
        None,
    ]
    assert [EuroField().prepare_value(cents) for cents in (300, 350)] == ["3", "3,50"]
    days = [dt.date(2026, 3, 4), dt.date(2026, 3, 11)]
    assert DaysField().clean("11/3/2026; 2026-03-04\n4-3-2026") == days
    assert DaysField().prepare_value(days) == "4/3/2026, 11/3/2026"
