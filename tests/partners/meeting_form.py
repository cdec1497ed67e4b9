"""What a browser sends when a meeting is planned."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone


def soon(days=30):
    return timezone.localdate() + dt.timedelta(days=days)


def typed(**facts):
    return {
        "title": "Stuurgroep",
        "day": soon().isoformat(),
        "starts": "19:30",
        "ends": "21:00",
        "place": "Zaal 1",
        "agenda-TOTAL_FORMS": "2",
        "agenda-INITIAL_FORMS": "0",
        "agenda-0-title": "Rondvraag",
        "agenda-0-position": "2",
        "agenda-0-purpose": "discuss",
        "agenda-0-minutes": "10",
        "agenda-1-title": "Welkom",
        "agenda-1-position": "1",
        "agenda-1-purpose": "inform",
        "gast-TOTAL_FORMS": "1",
        "gast-INITIAL_FORMS": "0",
        "gast-0-name": "Gust",
        "gast-0-email": "Gust@Voorbeeld.example",
        **facts,
    }


def create(client, **facts):
    return client.post(reverse("meeting_create"), typed(**facts))
