"""The directory of all Houses: the one of your place first, then all of them by province."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.directory import Listed, Near, by_province, listed_houses, nearest_houses
from huizen.finder import FoundPlace, find_places, place_by_key
from huizen.finder.names import LONGEST
from huizen.models import House, Municipality
from huizen.shared_pages import shared


@dataclass(frozen=True)
class Answer:
    """What was asked for, the place that it means, or the places to choose from."""

    asked: str
    place: FoundPlace | None = None
    choices: list[FoundPlace] = field(default_factory=list)
    is_guess: bool = False
    nearest: list[Near] = field(default_factory=list)


@require_safe
@public
@shared
def house_list(request):
    """Every House; with `?plaats=` first the one that serves that place, or honestly that there is none."""
    today = timezone.localdate()
    listed = listed_houses(day=today)
    province = _one_of(request.GET.get("provincie"), Municipality.Province.values)
    form = _one_of(request.GET.get("vorm"), House.Form.values)
    shown = [
        row
        for row in listed
        if (not province or row.province == province) and (not form or row.house.form == form)
    ]
    return render(
        request,
        "huizen/house_list.html",
        {
            "answer": _answer(request.GET.get("plaats", ""), listed, today),
            "groups": by_province(shown),
            "shown": len(shown),
            "total": len(listed),
            "province": province,
            "form_code": form,
            "provinces": _counted(Municipality.Province.choices, (row.province for row in listed)),
            "forms": _counted(House.Form.choices, (row.house.form for row in listed)),
        },
    )


def _one_of(value: str | None, allowed: list[str]) -> str:
    return value if value in allowed else ""


def _counted(choices, values) -> list[tuple[str, str, int]]:
    """Choices that would give something, with how many."""
    counts = Counter(values)
    return [(code, label, counts[code]) for code, label in choices if counts[code]]


def _answer(asked: str, listed: list[Listed], day: date) -> Answer:
    asked = asked.replace("\x00", "").strip()[:LONGEST]
    place = place_by_key(asked, day=day)
    if place:
        nearest = [] if place.house else nearest_houses(listed, place)
        return Answer(place.label, place=place, nearest=nearest)
    found = find_places(asked, day=day)
    exact = [place for place in found if place.exact]
    return Answer(asked, choices=exact or found, is_guess=not exact)
