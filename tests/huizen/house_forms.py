"""What a browser sends when a House is edited, and what the logbook says of it."""

from huizen.models import Event


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


FACTS = {"name": "Baldemore", "form": "physical", "legal_form": "", "intro": "", "participation": ""}
PLACE = {
    "name": "Het Huis",
    "kind": "house",
    "street": "Rondplein 1",
    "postcode": "2400",
    "wheelchair": "yes",
    "buggy": "yes",
    "toilet": "unknown",
    "changing_table": "no",
}
RULE = {"weekday": "2", "opens_at": "09:00", "closes_at": "12:00", "in_school_holidays": "on"}
