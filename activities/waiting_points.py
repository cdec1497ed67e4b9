"""What the offer of a House hands in for the agenda of a meeting: proposals, what is long unchecked, what nobody offers."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from activities.coverage import gaps, lines
from activities.coverage_facts import facts_of
from activities.freshness import is_old
from activities.models import Activity, Proposal
from huizen.words import count, wall
from partners.agenda_sources import Waiting
from partners.models import AgendaItem, Meeting

#: So many gaps are offered, and so many titles stand in the text of a point.
MOST_GAPS, FEW = 5, 10


def proposals(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """What partners propose about their offer and nobody decided on (one query)."""
    waiting = Proposal.objects.filter(activity__house=meeting.house_id, state=Proposal.State.WAITING)
    titles = list(waiting.order_by("pk").values_list("activity__title", flat=True))
    if titles:
        yield Waiting(
            key="voorstellen",
            title=count(len(titles), "voorstel van een partner wacht", "voorstellen van partners wachten"),
            text=_listed(titles),
            url=reverse("proposal_list"),
            purpose=AgendaItem.Purpose.DECIDE,
            minutes=10,
        )


def stale_offer(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """What parents read with a warning, because nobody looked at it for long (one query)."""
    published = Activity.objects.filter(house=meeting.house_id, status=Activity.Status.PUBLISHED)
    old = published.filter(is_old(wall(now).date()))
    titles = list(old.order_by("checked_on", "pk").values_list("title", flat=True))
    if titles:
        yield Waiting(
            key="aanbod-nakijken",
            title=count(len(titles), "activiteit nakijken", "activiteiten nakijken"),
            text=_listed(titles),
            url=reverse("check_list"),
            minutes=10,
        )


def gaps_to_fill(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """What nobody offers, by life domain and age, with the partners who could (four queries); the network has no offer of its own."""
    if meeting.house is None:
        return
    facts = facts_of(meeting.house, now=now)
    domains, ages = facts.axes["domein"], facts.axes["leeftijd"]
    table = lines(facts.offers, domains, ages, facts.partners)
    for gap in gaps(table, domains, ages, facts.partners, where="")[:MOST_GAPS]:
        names = [partner.name for partner in gap.who or []]
        yield Waiting(
            key=f"leemte-{hashlib.sha256(gap.sentence.encode()).hexdigest()[:16]}",
            title=gap.sentence.rstrip("."),
            text=f"Werken hieraan: {', '.join(names[:FEW])}." if names else "",
            url=reverse("coverage"),
        )


def _listed(titles: list[str]) -> str:
    rest = ["- en andere"] if len(titles) > FEW else []
    return "\n".join([*(f"- {title}" for title in titles[:FEW]), *rest])
