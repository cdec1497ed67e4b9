"""The offer, the places and the partners of a House, read for its coverage: three queries, whatever their number."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from activities.coverage import (
    Axis,
    Offer,
    Partner,
    age_axis,
    domain_axis,
    element_axis,
    partner_axis,
    place_axis,
    policy_axis,
)
from activities.models import Activity, Schedule, Session
from huizen.models import House
from huizen.recurrence import ONGOING
from huizen.words import wall
from partners.models import Partnership


class Facts(NamedTuple):
    """All that the coverage of a House is counted from; the axes by code."""

    offers: list[Offer]
    partners: list[Partner]
    axes: dict[str, Axis]

    def of_place(self, key: str) -> "Facts":
        """The same for one place."""
        return self._replace(offers=[offer for offer in self.offers if offer.place == key])


def facts_of(house: House, *, now: datetime) -> Facts:
    """What the House offers to families now or later, and who works there today."""
    rows = list(going_on(now).filter(house=house).select_related("organiser").order_by("pk"))
    in_use = house.locations.in_use().order_by("name", "pk")
    places = {str(pk): name for pk, name in in_use.values_list("pk", "name")}
    offers = [_offer(row, places) for row in rows]
    partners = _partners(house, now)
    # Who is no partner any more still organises what goes on.
    names = {p.key: p.name for p in partners} | {
        str(row.organiser_id): row.organiser.name for row in rows if row.organiser
    }
    axes = (
        policy_axis(offers),
        domain_axis(offers),
        age_axis(),
        place_axis(places.items(), offers),
        element_axis(),
        partner_axis(sorted(names.items(), key=lambda each: each[1]), offers),
    )
    return Facts(offers, partners, {axis.code: axis for axis in axes})


def going_on(now: datetime) -> QuerySet[Activity]:
    """What all Houses offer to families now or later: published, with a moment to come, or without dates."""
    coming = Session.objects.upcoming(now=now).scheduled().filter(activity=OuterRef("pk"))
    rules = Schedule.objects.filter(activity=OuterRef("pk"), kind__in=ONGOING)
    rules = rules.filter(Q(ends_on=None) | Q(ends_on__gte=wall(now).date()))
    published = Activity.objects.filter(status=Activity.Status.PUBLISHED, audience=Activity.Audience.FAMILIES)
    return published.filter(Exists(coming) | Exists(rules))


def _offer(row: Activity, places: dict[str, str]) -> Offer:
    """An activity whose place is no longer in use has none that a family can go to."""
    place = str(row.location_id)
    return Offer(
        tuple(row.life_domains),
        str(row.organiser_id or ""),
        row.age_min,
        row.age_max,
        place if place in places else "",
        row.element,
    )


def _partners(house: House, now: datetime) -> list[Partner]:
    rows = Partnership.objects.on(wall(now).date()).filter(house=house).select_related("organisation")
    return [
        Partner(
            str(row.organisation_id),
            reverse("partner_detail", args=[row.pk]),
            row.organisation.name,
            frozenset(row.organisation.life_domains),
        )
        for row in rows.order_by("organisation__name", "pk")
    ]
