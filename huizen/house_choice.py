"""Of which House does a page tell, to somebody who has a role in several?"""

from huizen.models import House
from huizen.roles import Permission

#: The parameter of an address; its value is the slug of a House.
HOUSE = "huis"


def house_asked(request, permission: Permission) -> tuple[House | None, list[House]]:
    """The House of the address, or None for nothing and nonsense; and all in which she may do this, by name (no query more)."""
    houses = sorted(request.user.houses_where(permission), key=lambda house: (house.name, house.pk))
    asked = request.GET.get(HOUSE, "")
    return next((house for house in houses if house.slug == asked), None), houses
