"""The web addresses that stand in the texts of offer, and where they are changed."""

import re

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from activities.models import Activity, CheckQuestion
from huizen.models import User
from huizen.web_links import Source

_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+")


def addresses_in(text: str) -> list[str]:
    """The web addresses of a text, each once; the point that ends the sentence is no part of one."""
    return list(dict.fromkeys(found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)))


def _offer(user: User | None) -> QuerySet[Activity]:
    """All offer with an address that is online or waits to be looked at, or what of it a person may change."""
    rows = Activity.objects.all() if user is None else Activity.objects.editable_by(user)
    end = Value("\n")
    text = Concat("description", end, "plain", end, "bring", output_field=TextField())
    told = rows.filter(status__in=CheckQuestion.ASKED_ABOUT).annotate(label=F("title"), text=text)
    return told.filter(text__contains="://").annotate(at=Cast("pk", CharField()))


LINKS_OF_OFFER = Source(_offer, "offer_edit", addresses_in)
