"""The figures of offer as the database holds it: of one, of a list, and of a whole House."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from activities.models import Activity, Schedule, Session
from activities.quality import LOW, Missing, Quality, Told, quality
from huizen.house_panels import Line, Panel
from huizen.models import House
from huizen.words import count, wall

WEAKEST = 5


@dataclass(frozen=True)
class ToDo:
    """One thing that would raise the figure, with the page on which it is done ("" where she may not)."""

    words: str
    url: str
    points: int


def with_told(rows: QuerySet[Activity], *, now: datetime) -> QuerySet[Activity]:
    """Activities ready for `figure_of`: one query more, however many there are."""
    rules = Schedule.objects.filter(activity=OuterRef("pk"))
    coming = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=now)
    rows = rows.annotate(has_moments=Q(Exists(rules)) | Q(Exists(coming)))
    return rows.select_related("house", "location").prefetch_related("translations")


def figure_of(activity: Activity, *, today: date) -> Quality:
    """The figure of an activity of `with_told`."""
    translated = any(each.holds("summary") and not each.outdated() for each in activity.translations.all())
    return quality(activity, Told(activity.has_moments, translated, today))


def figures_of(rows: QuerySet[Activity], *, now: datetime) -> list[tuple[Activity, Quality]]:
    """Each activity with its figure, in the order of the rows."""
    today = wall(now).date()
    return [(each, figure_of(each, today=today)) for each in with_told(rows, now=now)]


def things_to_do(activity: Activity, found: Quality, *, keeps_house: bool) -> list[ToDo]:
    """What would raise the figure of one activity, each with its page. `keeps_house`: whether she may change places."""
    return [
        ToDo(each.words, _page(activity, each, keeps_house=keeps_house), each.points)
        for each in found.missing
    ]


def _page(activity: Activity, missing: Missing, *, keeps_house: bool) -> str:
    if missing.where == "place":
        return reverse("location_edit", args=[activity.location_id]) if keeps_house else ""
    if missing.where == "translation":
        return reverse("offer_translation", args=[activity.pk, "fr"])
    if missing.where == "when":
        return reverse("offer_schedule", args=[activity.pk])
    if missing.where == "check":
        return reverse("check_list")
    return f"{reverse('offer_edit', args=[activity.pk])}#id_{missing.where}"


def panel_of(house: House, now: datetime) -> Iterator[Panel]:
    """On the page of a House: how well its offer is told, and the five that are told the least."""
    online = Activity.objects.filter(house=house, status=Activity.Status.PUBLISHED)
    found = sorted(figures_of(online.order_by("pk"), now=now), key=lambda pair: pair[1].percent)
    if not found:
        return
    mean = round(sum(each.percent for _, each in found) / len(found))
    low = sum(each.is_low for _, each in found)
    words = count(low, "activiteit staat", "activiteiten staan", none="Geen enkele activiteit staat")
    yield Panel(
        title="Hoe volledig is jullie aanbod?",
        text=f"Gemiddeld {mean} %. {words} onder {LOW} %.",
        lines=tuple(_line(activity, each) for activity, each in found[:WEAKEST]),
        url=f"{reverse('offer_list')}?status=published&volgorde=volledig&house={house.pk}",
        button="Bekijk alle activiteiten",
    )


def _line(activity: Activity, found: Quality) -> Line:
    first = found.missing[0].words if found.missing else ""
    return Line(
        activity.title, reverse("offer_edit", args=[activity.pk]), f"{found.percent} %. {first}".strip()
    )
