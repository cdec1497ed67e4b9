"""Whom we reached: a year beside the year before, on a page, on paper, and as a file."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.forms.reach import ReachForm
from activities.models import Referral
from activities.reach import COLUMNS, Line, Year, year_of, years_with_reach
from activities.reach_chart import chart_of
from huizen.access import allow
from huizen.models import House
from huizen.pdf import pdf_response
from huizen.roles import Permission
from huizen.spreadsheet import xlsx_response

SEE = Permission.SEE_REGISTRATIONS


@dataclass(frozen=True)
class Asked:
    """Of which House, and of which year."""

    house: House
    houses: list[House]
    year: int
    years: list[int]

    @property
    def is_running(self) -> bool:
        """Whether this year is not over yet, so that it cannot be held against a whole one."""
        return self.year == self.years[0]


@require_safe
@allow(SEE)
def reach(request):
    """A year by month, activity, place and life domain, beside last year's; as a drawing and as tables."""
    asked = _asked(request)
    found = year_of(asked.house, year=asked.year)
    context = {
        "asked": asked,
        "form": ReachForm(houses=asked.houses, years=asked.years, house=asked.house, year=asked.year),
        "found": found,
        "tables": _tables(found),
        "chart": chart_of(found.months),
        "handed_over": [
            Referral.objects.in_year(asked.house, year).count() for year in (asked.year, asked.year - 1)
        ],
    }
    return render(request, "activities/reach.html", context)


@require_safe
@allow(SEE)
def annual_report(request):
    """The same in sentences and tables, to print."""
    told = _told(request)
    context = told | {"chart": chart_of(told["months"]), "now": timezone.now()}
    return render(request, "activities/annual_report.html", context)


@require_safe
@allow(SEE)
def annual_paper(request):
    """The same as PDF; the table per month says what its drawing says."""
    told = _told(request)
    name = f"jaarverslag {told['asked'].year} {told['asked'].house}"
    return pdf_response("activities/annual_paper.html", told, name=name)


@require_safe
@allow(SEE)
def reach_file(request):
    """All tables of the page under one another, for a spreadsheet."""
    asked = _asked(request)
    found = year_of(asked.house, year=asked.year)
    head = ["Wat", "Naam", *COLUMNS, *[f"{column} vorig jaar" for column in COLUMNS]]
    rows = [
        [
            title,
            line.label.capitalize() if title == "Per maand" else line.label,
            *line.now.numbers,
            *line.before.numbers,
        ]
        for title, lines in [*_tables(found), ("Samen", [found.total])]
        for line in lines
    ]
    return xlsx_response(f"bereik {asked.house} {asked.year}", head, rows)


def _told(request) -> dict:
    asked = _asked(request)
    found = year_of(asked.house, year=asked.year)
    return {
        "asked": asked,
        "found": found,
        "best": found.activities[:3],
        "tables": _tables(found)[1:],
        "months": found.months,
    }


def _tables(found: Year) -> list[tuple[str, list[Line]]]:
    return [
        ("Per maand", found.months),
        ("Per activiteit", found.activities),
        ("Per plek", found.places),
        ("Per levensdomein", found.domains),
    ]


def _asked(request) -> Asked:
    """The House and the year in the address; the first House and this year where it says nothing that is."""
    houses = list(House.objects.where(request.user, SEE).order_by("name"))
    slug = request.GET.get("huis", "")
    house = next((each for each in houses if each.slug == slug), None if slug else houses[0])
    if house is None:
        raise Http404
    years = years_with_reach(house, now=timezone.now())
    asked = request.GET.get("jaar", "")
    year = next((each for each in years if str(each) == asked), years[0])
    return Asked(house, houses, year, years)
