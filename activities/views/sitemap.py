"""`/sitemap.xml`: every page that a searching machine may show, with the day on which it last changed."""

from datetime import UTC, datetime, time

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.models import Activity
from huizen.access import public
from huizen.models import House

PAGES = (
    "home",
    "activity_list",
    "house_list",
    "project_list",
    "public_calls",
    "help",
    "accessibility",
    "privacy",
    "sources",
)


class Pages(Sitemap):
    """What is always there."""

    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class Houses(Sitemap):
    """Each House that parents see."""

    def items(self):
        return House.objects.published().only("slug", "checked_on").order_by("pk")

    def location(self, item):
        return reverse("house_detail", args=[item.slug])

    def lastmod(self, item):
        return item.checked_on and datetime.combine(item.checked_on, time(), UTC)


class Offer(Sitemap):
    """Each activity that is online; ten thousand a file."""

    limit = 10_000

    def items(self):
        return Activity.objects.published().only("slug", "changed_at").order_by("pk")

    def location(self, item):
        return reverse("activity_detail", args=[item.slug])

    def lastmod(self, item):
        return item.changed_at


SECTIONS: dict[str, type[Sitemap]] = {"paginas": Pages, "huizen": Houses, "activiteiten": Offer}


def register(**sections: type[Sitemap]) -> None:
    """Add parts by the name in their address; called by the `ready()` of an app that stands higher."""
    SECTIONS.update(sections)


@require_safe
@public
def sitemap_index(request):
    """Where the parts are."""
    return django_views.index(request, SECTIONS, sitemap_url_name="sitemap_part")


@require_safe
@public
def sitemap_part(request, section):
    """One part; `?p=` is its page."""
    return django_views.sitemap(request, SECTIONS, section=section)
