"""The yardstick of the pages: twenty kilobytes that cost nothing to make, through everything that a page goes through."""

from django.http import HttpResponse
from django.urls import path

from config import urls
from huizen.access import public

PAGE = ("<p>Een gewone regel tekst, zoals er veel op een bladzijde staan.</p>\n" * 300)[: 20 * 1024]


@public
def bare(request):
    """A page that asks nothing and makes nothing."""
    return HttpResponse(PAGE)


urlpatterns = [path("kaal/", bare), *urls.urlpatterns]
handler404 = urls.handler404
handler500 = urls.handler500
