"""What is on offer, found: `find`, how many one wish less would give, and the activities for the cards."""

from datetime import datetime

from activities import filters
from activities.models import Activity
from activities.search.wanted import Found, Hit, Wanted
from activities.topics import TOPIC


def find(wanted: Wanted, *, now: datetime, start: int = 0, stop: int = 20) -> Found:
    """What fits, in order, from `start` until `stop`, with the counts of the choices."""
    old = _old(wanted)
    counts = filters.counted(old, now=now)
    total = counts.pop("total")
    nested: dict[str, dict[str, int]] = {}
    for name, number in counts.items():
        facet, _, code = name.partition("_")
        nested.setdefault(facet, {})[code] = number
    rows = filters.found(old, now=now)[start:stop]
    hits = [Hit(r.pk, r.next_id, r.next_start, r.ongoing or "", r.distance) for r in rows]
    return Found(total=total, hits=tuple(hits), counts=nested)


def without(wanted: Wanted, *, now: datetime) -> dict[str, int]:
    """How many would fit if one wish were dropped, by its name."""
    counts = filters.counted_without(_old(wanted), now=now)
    dated = counts.pop("visible", 0)
    wishes = {
        "between": wanted.between,
        "days": wanted.days,
        "deel": wanted.deel,
        "vakantie": wanted.vakantie,
    }
    return counts | {name: dated for name, wish in wishes.items() if wish}


def cards(hits) -> list[Activity]:
    """The activities of these hits, in order, with what a card needs."""
    keys = [hit.activity_id for hit in hits]
    rows = Activity.objects.select_related("house", "organiser", "location__municipality").in_bulk(keys)
    sessions = filters.Session.objects.in_bulk([hit.session_id for hit in hits if hit.session_id])
    for hit in hits:
        row = rows[hit.activity_id]
        row.next_session, row.ongoing = sessions.get(hit.session_id), hit.ongoing
        row.distance, row.fits_from = hit.distance_km, hit.fits_from
    return [rows[key] for key in keys]


def _old(wanted: Wanted) -> filters.Wanted:
    age = wanted.leeftijd or ((wanted.children[0], wanted.children[0] + 1) if wanted.children else None)
    return filters.Wanted(
        text=wanted.q,
        spot=wanted.spot,
        radius_km=wanted.straal,
        ages=age,
        element=wanted.element,
        between=wanted.between,
        in_school_holidays=wanted.vakantie,
        weekday=wanted.days[0] if wanted.days else None,
        part_of_day=wanted.deel,
        free=wanted.gratis,
        drop_in=wanted.vrij,
        topic=TOPIC.get(wanted.vraag),
        offer_type=wanted.soort,
        house=wanted.huis,
        order=wanted.volgorde,
    )
