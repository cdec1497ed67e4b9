"""The pages of an import of a file, the same for every app: choose it, see what each line will do, confirm, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from huizen.actions.sheet_import import ImportStopped, discard
from huizen.forms.sheet import Column, Read, SheetForm
from huizen.listing import page_of
from huizen.models import SheetImport
from huizen.spreadsheet import csv_response, table_response
from huizen.words import count

RECENT = 10


@dataclass(frozen=True)
class ImportPages:
    """One kind of import: its actions, its columns, its templates and what its addresses begin with.

    `name` stands before the names of its addresses (`<name>_detail`); `of` says what is brought in, for the name of
    a file.
    """

    name: str
    of: str
    create_page: str
    detail_page: str
    take_back_page: str
    columns: Sequence[Column]
    start: Callable[..., SheetImport]
    take_back: Callable[..., Any]
    what_can_go: Callable[..., Any]

    @property
    def head(self) -> list[str]:
        return [column.head for column in self.columns]

    def ways(self, sheet_import: SheetImport) -> dict[str, str]:
        """Where the pages of one file are."""
        names = ("detail", "confirm", "discard", "faults", "take_back")
        return {name: reverse(f"{self.name}_{name}", args=[sheet_import.pk]) for name in names}


def create(request, pages: ImportPages, *, house, read: Read, recent, prepare: Callable[..., SheetImport]):
    """Choose a file; nothing comes in before it is confirmed on the next page."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SheetForm(*sent, read=read)
    if form.is_valid():
        sheet, name = form.sheet, form.cleaned_data["file"].name
        facts = {"house": house, "file_name": name, "rows": sheet.rows, "unread": sheet.unread}
        made = prepare(**facts, by=request.user, now=timezone.now())
        return redirect(f"{pages.name}_detail", made.pk)
    earlier = recent.filter(house=house).annotate(number=Count("lines")).order_by("-pk")[:RECENT]
    context = {
        "house": house,
        "form": form,
        "columns": pages.columns,
        "recent": [(each, pages.ways(each)["detail"]) for each in earlier],
        "examples": [(kind, reverse(f"{pages.name}_example_{kind}")) for kind in ("xlsx", "csv")],
    }
    return render(request, pages.create_page, context, status=422 if form.errors else 200)


def example(pages: ImportPages, kind: str, lines: Sequence[Sequence[str]]):
    """A file to begin from, with lines that are plainly an example."""
    return table_response(kind, f"{pages.of}-voorbeeld", pages.head, lines)


def detail(request, pages: ImportPages, sheet_import, **more):
    """What each line will do or did, and how far it is."""
    totals = sheet_import.lines.totals()
    outcomes = sheet_import.lines.model.Outcome
    asked = request.GET.get("wat", "")
    chosen = asked if asked in outcomes.values else ""
    lines = sheet_import.lines.filter(outcome=chosen) if chosen else sheet_import.lines
    context = {
        "sheet_import": sheet_import,
        "ways": pages.ways(sheet_import),
        "title_column": pages.columns[0].head,
        "totals": totals,
        "to_do": totals["lines"] - totals["fault"],
        "changes": totals["lines"] - totals["fault"] - totals["same"],
        "outcomes": [(code, label, totals[code]) for code, label in outcomes.choices],
        "added": sheet_import.lines.added().exists(),
        "page": page_of(request, lines.order_by("number")),
        **more,
    }
    return render(request, pages.detail_page, context)


def confirm(request, pages: ImportPages, sheet_import):
    """Bring in what can come in."""
    try:
        pages.start(sheet_import=sheet_import, by=request.user, now=timezone.now())
    except ImportStopped as error:
        messages.error(request, str(error))
    return redirect(f"{pages.name}_detail", sheet_import.pk)


def throw_away(request, pages: ImportPages, sheet_import):
    """Throw the file away; nothing came in."""
    key = sheet_import.pk
    try:
        discard(sheet_import=sheet_import)
    except ImportStopped as error:
        messages.error(request, str(error))
        return redirect(f"{pages.name}_detail", key)
    messages.success(request, "Weggegooid. Er kwam niets binnen.")
    return redirect(f"{pages.name}_create")


def faults(pages: ImportPages, sheet_import):
    """The lines with a fault as they stood in the file, each with its reason: to mend and send again."""
    rows = (
        [
            *(line.cells.get(column.code, "") for column in pages.columns),
            line.number,
            line.column,
            line.reason,
        ]
        for line in sheet_import.lines.filter(outcome="fault").order_by("number")
    )
    return csv_response(f"{pages.of}-fouten", [*pages.head, "Lijn", "Fout in kolom", "Reden"], rows)


def take_back(request, pages: ImportPages, sheet_import):
    """A clear question first: what goes, and what stays with the reason."""
    if request.method == "POST":
        try:
            undoing = pages.take_back(sheet_import=sheet_import, by=request.user, now=timezone.now())
        except ImportStopped as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{count(len(undoing.gone), 'lijn', 'lijnen')} teruggenomen.")
        return redirect(f"{pages.name}_detail", sheet_import.pk)
    context = {
        "sheet_import": sheet_import,
        "ways": pages.ways(sheet_import),
        "undoing": pages.what_can_go(sheet_import),
    }
    return render(request, pages.take_back_page, context)
