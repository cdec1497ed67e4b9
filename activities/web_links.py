"""The web addresses that stand in the texts of offer, and where they are changed."""

import re
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from activities.models import Activity, CheckQuestion
from huizen.models import User
from huizen.web_links import WebLink

_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+")
TEXTS = ("description", "plain", "bring")


def links_of_offer(user: User | None) -> Iterator[WebLink]:
    """Of all offer that is online or waits to be looked at, or of what a person may change."""
    rows = Activity.objects.all() if user is None else Activity.objects.editable_by(user)
    holds = Q()
    for name in TEXTS:
        holds |= Q(**{f"{name}__contains": "://"})
    rows = rows.filter(holds, status__in=CheckQuestion.ASKED_ABOUT).only("title", *TEXTS).order_by("pk")
    for activity in rows:
        for url in addresses_in("\n".join(getattr(activity, name) for name in TEXTS)):
            yield WebLink(url, activity.title, reverse("offer_edit", args=[activity.pk]))


def addresses_in(text: str) -> list[str]:
    """The web addresses of a text, each once; the point that ends the sentence is no part of one."""
    return list(dict.fromkeys(found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)))
