"""`/activiteiten/nieuw.atom`: what came online last, for feed readers and for the site of a municipality."""

from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from activities.forms.report import AboutForm
from activities.models import Activity
from activities.place_choice import chosen_place
from huizen.access import public
from huizen.models import House
from huizen.words import ages

MOST = 50


@dataclass(frozen=True)
class Asked:
    """Of one House (of a place: the House that serves it; none where none does), or of everywhere."""

    house: House | None = None
    place: str = ""


@conditional_page
@require_safe
@public
def new_offer(request):
    """The feed, of `?huis=` or `?plaats=`, or of everywhere; what we do not know is left out."""
    return NewOffer()(request)


class NewOffer(Feed):
    """Offer in the order in which it came online, the newest first."""

    feed_type = Atom1Feed
    language = "nl-BE"
    subtitle = "Wat er nieuw is voor gezinnen."

    def get_object(self, request):
        _, house = AboutForm(request.GET).about()
        place = chosen_place(request.GET.get("plaats", ""), day=timezone.localdate())
        if not house and place.found:
            return Asked(place.house, place.found.label)
        return Asked(house)

    def title(self, asked):
        where = asked.house.name if asked.house else asked.place
        return f"Nieuw: {where}" if where else "Nieuwe activiteiten"

    def link(self, asked):
        path = reverse("activity_list")
        return f"{path}?huis={asked.house.slug}" if asked.house else path

    def items(self, asked):
        rows = Activity.objects.published().exclude(published_at=None).select_related("house")
        if asked.house:
            rows = rows.filter(house=asked.house)
        elif asked.place:
            rows = rows.none()
        return rows.order_by("-published_at", "-pk")[:MOST]

    def item_title(self, activity):
        return activity.title

    def item_description(self, activity):
        return f"{activity.summary} ({ages(activity.age_min, activity.age_max)}, {activity.house})"

    def item_link(self, activity):
        return reverse("activity_detail", args=[activity.slug])

    def item_pubdate(self, activity):
        return activity.published_at

    def item_updateddate(self, activity):
        return activity.changed_at
