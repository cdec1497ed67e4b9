"""Partners out of a file: choose it, see what each line will do, confirm, follow, take back."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.spreadsheet import csv_response, xlsx_response
from huizen.words import count
from partners.actions.import_undo import take_back_import, what_can_go
from partners.actions.partner_import import ImportStopped, discard_import, prepare_import, start_import
from partners.forms.partner_import import COLUMNS, EXAMPLE, HEAD, ImportForm
from partners.models import ImportLine, PartnerImport
from partners.views.house import chosen_house

RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def import_create(request):
    """Choose a file; nothing comes in before it is confirmed on the next page."""
    house, choose = chosen_house(request, Permission.EDIT_PARTNERS, "Voor welk Huis voer je partners in?")
    if choose:
        return choose
    posted = request.method == "POST"
    form = ImportForm(
        request.POST if posted else None, request.FILES if posted else None, today=timezone.localdate()
    )
    if posted and form.is_valid():
        sheet, name = form.sheet, form.cleaned_data["file"].name
        facts = {"house": house, "file_name": name, "rows": sheet.rows, "unread": sheet.unread}
        return redirect("import_detail", prepare_import(**facts, by=request.user, now=timezone.now()).pk)
    recent = PartnerImport.objects.filter(house=house).annotate(number=Count("lines"))
    context = {"house": house, "form": form, "columns": COLUMNS, "recent": recent.order_by("-pk")[:RECENT]}
    return render(request, "partners/import_create.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_example(request, kind):
    """A file to begin from, with one line that is plainly an example."""
    download = csv_response if kind == "csv" else xlsx_response
    return download("partners-voorbeeld", HEAD, EXAMPLE)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_detail(request, pk):
    """What each line will do or did, and how far it is."""
    partner_import = import_of(request, pk)
    totals = partner_import.lines.totals()
    asked = request.GET.get("wat", "")
    chosen = asked if asked in ImportLine.Outcome.values else ""
    lines = partner_import.lines.filter(outcome=chosen) if chosen else partner_import.lines
    context = {
        "partner_import": partner_import,
        "totals": totals,
        "to_do": totals["lines"] - totals["fault"],
        "changes": totals["lines"] - totals["fault"] - totals["same"],
        "outcomes": [(code, label, totals[code]) for code, label in ImportLine.Outcome.choices],
        "added": partner_import.lines.added().exists(),
        "page": page_of(request, lines.order_by("number")),
    }
    return render(request, "partners/import_detail.html", context)


@require_POST
@allow(Permission.EDIT_PARTNERS)
def import_confirm(request, pk):
    """Bring in what can come in."""
    try:
        start_import(partner_import=import_of(request, pk), by=request.user, now=timezone.now())
    except ImportStopped as error:
        messages.error(request, str(error))
    return redirect("import_detail", pk)


@require_POST
@allow(Permission.EDIT_PARTNERS)
def import_discard(request, pk):
    """Throw the file away; nothing came in."""
    partner_import = import_of(request, pk)
    try:
        discard_import(partner_import=partner_import)
    except ImportStopped as error:
        messages.error(request, str(error))
        return redirect("import_detail", pk)
    messages.success(request, "Weggegooid. Er kwam niets binnen.")
    return redirect("import_create")


@require_safe
@allow(Permission.EDIT_PARTNERS)
def import_faults(request, pk):
    """The lines with a fault as they stood in the file, each with its reason: to mend and send again."""
    faults = import_of(request, pk).lines.filter(outcome=ImportLine.Outcome.FAULT).order_by("number")
    rows = (
        [
            *(line.cells.get(column.code, "") for column in COLUMNS),
            line.number,
            line.column,
            line.reason,
        ]
        for line in faults
    )
    return csv_response("partners-fouten", [*HEAD, "Lijn", "Fout in kolom", "Reden"], rows)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def import_take_back(request, pk):
    """A clear question first: what goes, and what stays with the reason."""
    partner_import = import_of(request, pk)
    if request.method == "POST":
        try:
            undoing = take_back_import(partner_import=partner_import, by=request.user, now=timezone.now())
        except ImportStopped as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{count(len(undoing.gone), 'lijn', 'lijnen')} teruggenomen.")
        return redirect("import_detail", pk)
    context = {"partner_import": partner_import, "undoing": what_can_go(partner_import)}
    return render(request, "partners/import_take_back.html", context)


def import_of(request, pk) -> PartnerImport:
    """An import of one of the person's Houses, or 404."""
    rows = PartnerImport.objects.editable_by(request.user).select_related("house", "made_by")
    return get_object_or_404(rows, pk=pk)
