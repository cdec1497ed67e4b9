"""For which House does somebody act, who has a role in several?"""

from django.shortcuts import render
from django.urls import reverse

from huizen.models import House
from huizen.roles import Permission
from partners.models import Organisation


def chosen_house(request, permission: Permission, question: str):
    """The House of the address (`?huis=<pk>`), or the only one she has; else the page that asks which.

    Gives (house, None) or (None, page).
    """
    houses = request.user.houses_where(permission)
    by_key = {str(house.pk): house for house in houses}
    house = by_key.get(request.GET.get("huis", "")) or (houses[0] if len(by_key) == 1 else None)
    if house:
        return house, None
    query = request.GET.copy()
    query.pop("huis", None)
    context = {
        "houses": list(by_key.values()),
        "question": question,
        "path": request.path,
        "rest": query.urlencode(),
    }
    return None, render(request, "partners/house_choose.html", context)


def house_behind(user, organisation: Organisation) -> House | None:
    """The House in whose name somebody edits an organisation, for the logbook; her first where there are more."""
    mine = House.objects.filter(partnerships__organisation=organisation, partnerships__until=None)
    return mine.filter(memberships__user=user, memberships__ended_at=None).order_by("pk").first()


def way_back(user, organisation: Organisation) -> str:
    """Where somebody returns to after editing: the partner's page, or for the partner's own editor the desk."""
    house = user.houses_where(Permission.EDIT_PARTNERS)
    partnership = organisation.partnerships.filter(house__in=house, until=None).order_by("pk").first()
    return reverse("partner_detail", args=[partnership.pk]) if partnership else reverse("desk")
