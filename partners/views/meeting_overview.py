"""The meetings of a year: who comes, who never does, who does not answer, what was represented."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.house_choice import house_asked
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from partners.meeting_presence import Party, presence, years

HEAD = ["Partner", "Gevraagd", "Kwam", "Kwam niet", "Geen antwoord", "Valt op"]
#: What asks for a call, in words.
VERDICTS = {"never": "kwam nooit", "silent": "antwoordt zelden", "": ""}


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_overview(request):
    """Of one House, or for the agency of the whole network; `?jaar=2026`, at first this year."""
    return render(request, "partners/meeting_overview.html", _asked(request))


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_overview_export(request, kind):
    """Who came how often, as the page shows it."""
    asked = _asked(request)
    rows = (_line(party) for party in asked["presence"].parties)
    return table_response(kind, f"overleg-wie-komt-{asked['year']}", HEAD, rows)


def _asked(request) -> dict:
    """The House and the year of the address, and what the meetings of it say."""
    now = timezone.now()
    asked, houses = house_asked(request, Permission.PLAN_MEETINGS)
    house = asked or next(iter(houses), None)
    this_year = timezone.localdate(now).year
    known = sorted({*years(house, now=now), this_year}, reverse=True)
    year = next((one for one in known if str(one) == request.GET.get("jaar", "")), this_year)
    return {
        "house": house,
        "houses": houses,
        "presence": presence(house=house, year=year, now=now),
        "years": [(one, "" if one == this_year else str(one)) for one in known],
        "year": year,
    }


def _line(party: Party) -> list:
    figures = [len(party.asked), len(party.came), party.stayed_away, party.silent]
    return [party.name, *figures, VERDICTS[party.verdict]]
