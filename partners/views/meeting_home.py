"""For whom is a meeting: a House, or for the agency the whole network?"""

from django.shortcuts import render

from huizen.roles import Permission

NETWORK = "netwerk"


def chosen_home(request, question: str):
    """The House of the address (`?huis=<pk>`, `?huis=netwerk`), or the only one she has; else the page that asks which.

    Gives (House, None), (None, None) for the network, or (None, page).
    """
    houses = {str(house.pk): house for house in request.user.houses_where(Permission.PLAN_MEETINGS)}
    of_agency = request.user.may_in(Permission.PLAN_MEETINGS, None)
    asked = request.GET.get("huis", "")
    if asked in houses or (len(houses) == 1 and not of_agency):
        return houses.get(asked) or next(iter(houses.values())), None
    if of_agency and (asked == NETWORK or not houses):
        return None, None
    query = request.GET.copy()
    query.pop("huis", None)
    context = {
        "houses": list(houses.values()),
        "network": NETWORK if of_agency else "",
        "question": question,
        "path": request.path,
        "rest": query.urlencode(),
    }
    return None, render(request, "partners/house_choose.html", context)
