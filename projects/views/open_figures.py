"""`/open-data/`: accepted figures for whoever wants them, where the agency switched that on (docs/open-data.md)."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.spreadsheet import csv_file
from projects.open_figures import HEAD, accepted_figures, as_activities, as_rows

#: Anybody may read it from a page of her own, and keep it for an hour.
HEADERS = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}


@require_safe
@public
def figures_json(request):
    """All accepted figures as a tree."""
    _only_if_open()
    facts = {
        "licence": settings.OPEN_FIGURES_LICENCE,
        "source": settings.PORTAL_URL,
        "generated-datetime": timezone.now().isoformat(timespec="seconds"),
        "activities": as_activities(accepted_figures()),
    }
    return JsonResponse(facts, headers=HEADERS, json_dumps_params={"ensure_ascii": False})


@require_safe
@public
def figures_csv(request):
    """The same, a line a figure."""
    _only_if_open()
    content = csv_file(HEAD, as_rows(accepted_figures()))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=HEADERS)


def _only_if_open() -> None:
    if not settings.OPEN_FIGURES:
        raise Http404
