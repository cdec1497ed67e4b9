"""Partners out of a file: choose it, see what each line will do, confirm, follow, take back."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views import sheet_import
from partners.actions.import_undo import take_back_import, what_can_go
from partners.actions.partner_import import prepare_import, start_import
from partners.forms.partner_import import COLUMNS, EXAMPLE, read_partners
from partners.models import PartnerImport
from partners.views.house import chosen_house

PAGES = sheet_import.ImportPages(
    name="import",
    of="partners",
    create_page="partners/import_create.html",
    detail_page="partners/import_detail.html",
    take_back_page="partners/import_take_back.html",
    columns=COLUMNS,
    start=start_import,
    take_back=take_back_import,
    what_can_go=what_can_go,
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def import_create(request):
    """Choose a file; nothing comes in before it is confirmed on the next page."""
    house, choose = chosen_house(request, Permission.EDIT_PARTNERS, "Voor welk Huis voer je partners in?")
    if choose:
        return choose
    read = partial(read_partners, today=timezone.localdate())
    recent = PartnerImport.objects.editable_by(request.user)
    return sheet_import.create(request, PAGES, house=house, read=read, recent=recent, prepare=prepare_import)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_example(request, kind):
    """A file to begin from, with one line that is plainly an example."""
    return sheet_import.example(PAGES, kind, EXAMPLE)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_detail(request, pk):
    """What each line will do or did, and how far it is."""
    return sheet_import.detail(request, PAGES, import_of(request, pk))


@require_POST
@allow(Permission.EDIT_PARTNERS)
def import_confirm(request, pk):
    """Bring in what can come in."""
    return sheet_import.confirm(request, PAGES, import_of(request, pk))


@require_POST
@allow(Permission.EDIT_PARTNERS)
def import_discard(request, pk):
    """Throw the file away; nothing came in."""
    return sheet_import.throw_away(request, PAGES, import_of(request, pk))


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_faults(request, pk):
    """The lines with a fault as they stood in the file, each with its reason: to mend and send again."""
    return sheet_import.faults(PAGES, import_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def import_take_back(request, pk):
    """A clear question first: what goes, and what stays with the reason."""
    return sheet_import.take_back(request, PAGES, import_of(request, pk))


def import_of(request, pk) -> PartnerImport:
    """An import of one of the person's Houses, or 404."""
    rows = PartnerImport.objects.editable_by(request.user).select_related("house", "made_by")
    return get_object_or_404(rows, pk=pk)
