"""Offer out of a file: choose it, see what each line will do, confirm, follow, take back."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions.offer_import import prepare_offer_import, start_offer_import
from activities.actions.offer_import_undo import take_back_offer_import, what_offer_can_go
from activities.forms.offer_import import COLUMNS, example, read_offer
from activities.models import OfferImport
from huizen.access import allow
from huizen.roles import Permission
from huizen.views import sheet_import
from partners.views.house import chosen_house

PAGES = sheet_import.ImportPages(
    name="offer_import",
    of="activiteiten",
    create_page="activities/offer_import_create.html",
    detail_page="activities/offer_import_detail.html",
    take_back_page="activities/offer_import_take_back.html",
    columns=COLUMNS,
    start=start_offer_import,
    take_back=take_back_offer_import,
    what_can_go=what_offer_can_go,
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_import_create(request):
    """Choose a file; nothing comes in before it is confirmed on the next page."""
    house, choose = chosen_house(request, Permission.EDIT_OFFER, "In welk Huis voer je activiteiten in?")
    if choose:
        return choose
    return sheet_import.create(
        request,
        PAGES,
        house=house,
        read=partial(read_offer, house=house, today=timezone.localdate()),
        recent=OfferImport.objects.editable_by(request.user),
        prepare=prepare_offer_import,
    )


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_import_example(request, kind):
    """A file to begin from, with two lines that are plainly an example."""
    return sheet_import.example(PAGES, kind, example(timezone.localdate()))


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_import_detail(request, pk):
    """What each line will do or did, and how far it is."""
    return sheet_import.detail(request, PAGES, import_of(request, pk))


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_import_confirm(request, pk):
    """Bring in what can come in."""
    return sheet_import.confirm(request, PAGES, import_of(request, pk))


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_import_discard(request, pk):
    """Throw the file away; nothing came in."""
    return sheet_import.throw_away(request, PAGES, import_of(request, pk))


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_import_faults(request, pk):
    """The lines with a fault as they stood in the file, each with its reason: to mend and send again."""
    return sheet_import.faults(PAGES, import_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_import_take_back(request, pk):
    """A clear question first: what goes, and what stays with the reason."""
    return sheet_import.take_back(request, PAGES, import_of(request, pk))


def import_of(request, pk) -> OfferImport:
    """A file that the person may bring in, or 404."""
    rows = OfferImport.objects.editable_by(request.user).select_related("house", "made_by")
    return get_object_or_404(rows, pk=pk)
