"""What our pages say to machines in the words of schema.org, so that a search engine shows the day, the place and the price.

Only what stands on the page for people as well.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from activities.models import Activity, Session
from huizen.models import House, Location
from huizen.models.location import OpeningHours
from huizen.words import wall

CONTEXT = "https://schema.org"
#: So many moments of a series; who wants all follows its calendar.
MOST_EVENTS = 6
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def of_activity(activity: Activity, sessions: Sequence[Session], *, url: str) -> dict[str, Any]:
    """Its coming moments as events; what has no moments as a service that goes on."""
    if not sessions:
        return {"@context": CONTEXT, **_service(activity, url)}
    events = [_event(activity, session, url) for session in sessions[:MOST_EVENTS]]
    return {"@context": CONTEXT, "@graph": events} if len(events) > 1 else {"@context": CONTEXT, **events[0]}


def of_house(house: House, places: Sequence[Location], *, url: str) -> dict[str, Any]:
    """A House as an organisation of the government, with its places and when they are open."""
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "GovernmentOrganization",
            "name": house.name,
            "description": house.intro,
            "url": url,
            "telephone": house.phone,
            "email": house.email,
            "location": [_place(place, with_hours=True) for place in places if place.address],
        }
    )


def _event(activity: Activity, session: Session, url: str) -> dict[str, Any]:
    gone = session.status == Session.Status.CANCELLED
    return _without_empty(
        {
            "@type": "Event",
            "@id": f"{url}#{session.ical_uid}",
            "name": activity.title,
            "description": activity.summary,
            "url": url,
            "startDate": _wall(session.starts_at),
            "endDate": _wall(session.ends_at),
            "eventStatus": f"{CONTEXT}/{'EventCancelled' if gone else 'EventScheduled'}",
            "eventAttendanceMode": _attendance(session.location or activity.location),
            "location": _where(session.location or activity.location, url),
            "organizer": {"@type": "Organization", "name": str(activity.organiser or activity.house)},
            "isAccessibleForFree": activity.price_kind == Activity.Price.FREE,
            "inLanguage": activity.languages,
            "typicalAgeRange": _years(activity),
            "offers": _offer(activity, session, url),
        }
    )


def _service(activity: Activity, url: str) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "GovernmentService",
            "name": activity.title,
            "description": activity.summary,
            "url": url,
            "provider": {"@type": "GovernmentOrganization", "name": activity.house.name},
            "availableChannel": _without_empty(
                {
                    "@type": "ServiceChannel",
                    "servicePhone": activity.phone or activity.house.phone,
                    "serviceLocation": _place(activity.location) if activity.location else "",
                    "availableLanguage": activity.languages,
                }
            ),
        }
    )


def _where(place: Location | None, url: str) -> dict[str, Any]:
    if place and place.kind == Location.Kind.ONLINE:
        return {"@type": "VirtualLocation", "url": url}
    return _place(place) if place else {}


def _attendance(place: Location | None) -> str:
    online = place is not None and place.kind == Location.Kind.ONLINE
    return f"{CONTEXT}/{'Online' if online else 'Offline'}EventAttendanceMode"


def _place(place: Location, *, with_hours: bool = False) -> dict[str, Any]:
    """`with_hours` reads the rules that the caller fetched already."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postcode,
        "addressLocality": place.town,
        "addressCountry": "BE",
    }
    spot = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    rules = place.opening_hours.all() if with_hours else ()
    return _without_empty(
        {
            "@type": "Place",
            "name": place.name,
            "telephone": place.phone,
            "address": _without_empty(address),
            "geo": spot if place.lat is not None and place.lon is not None else {},
            # Schema.org knows no "first Monday of the month": half a truth would send people to a closed door.
            "openingHoursSpecification": [
                _hours(rule) for rule in rules if rule.nth is None and not rule.by_appointment
            ],
        }
    )


def _hours(rule: OpeningHours) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"{CONTEXT}/{DAYS[rule.weekday]}",
        "opens": f"{rule.opens_at:%H:%M}",
        "closes": f"{rule.closes_at:%H:%M}",
    }


def _offer(activity: Activity, session: Session, url: str) -> dict[str, Any]:
    """Only where the price is known: "kies zelf wat je geeft" has none."""
    cents = {Activity.Price.FREE: 0, Activity.Price.PAID: activity.price_cents}.get(activity.price_kind)
    if cents is None:
        return {}
    stock = "SoldOut" if session.has_queue else "InStock"
    return {
        "@type": "Offer",
        "url": url,
        "price": f"{cents / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": f"{CONTEXT}/{stock}",
    }


def _years(activity: Activity) -> str:
    return f"{max(activity.age_min, 0) // 12}-{max(activity.age_max, 0) // 12}"


def _wall(moment: datetime) -> str:
    return wall(moment).isoformat()


def _without_empty(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [], {})}
