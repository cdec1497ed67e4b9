"""Making the agenda of a meeting: its points in order, what waits, and what others propose."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.download import stored_file
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from partners.actions.agenda import add_item, change_item, move_item, remove_item, take_up
from partners.actions.agenda_document import add_document, remove_document
from partners.actions.meeting_lock import MeetingError
from partners.agenda_sources import waiting_for
from partners.forms.agenda import DocumentForm, ItemForm, NewItemForm
from partners.models import AgendaDocument, AgendaItem
from partners.views.meeting import agenda_time, meeting_of

PLAN = Permission.PLAN_MEETINGS


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def agenda_edit(request, pk):
    """The points in order with their time, a form for one more, and what waits in the House."""
    meeting, now = meeting_of(request, pk), timezone.now()
    form = NewItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_item(meeting=meeting, facts=form.cleaned_data, by=request.user, now=now)
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het punt staat op de agenda.")
            return redirect("agenda_edit", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "time": agenda_time(meeting),
        "groups": waiting_for(meeting, now=now),
        "proposals": meeting.proposals.waiting().select_related("invitation", "user").order_by("pk"),
        "began": meeting.starts_at <= now,
    }
    return render(request, "partners/agenda_edit.html", context, status=422 if form.errors else 200)


@require_POST
@allow(PLAN)
def agenda_take_up(request, pk):
    """Something that waits becomes a point."""
    meeting = meeting_of(request, pk)
    key = request.POST.get("sleutel", "")[:80]
    carry_out(request, "Het staat op de agenda.", take_up, MeetingError, meeting=meeting, key=key)
    return redirect("agenda_edit", pk)


@require_POST
@allow(PLAN)
def agenda_item_move(request, pk):
    """One place up, or down."""
    item = _item(request, pk)
    step = -1 if request.POST.get("richting") == "omhoog" else 1
    carry_out(request, "De volgorde is bewaard.", move_item, MeetingError, item=item, step=step)
    return redirect("agenda_edit", item.meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def agenda_item_edit(request, pk):
    """One point: its text, its documents, and how it stands."""
    item = _item(request, pk)
    # A copy of its own: what is typed wrong must not show in the head of the page.
    form = ItemForm(request.POST or None, instance=_item(request, pk))
    if request.method == "POST" and form.is_valid():
        carry_out(request, "Bewaard.", change_item, MeetingError, item=item, facts=form.cleaned_data)
        return redirect("agenda_edit", item.meeting_id)
    return _show_item(request, item, form, DocumentForm())


@require_POST
@allow(PLAN)
def agenda_document_add(request, pk):
    """A file or an address with a point."""
    item = _item(request, pk)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_document(item=item, **form.cleaned_data, by=request.user, now=timezone.now())
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het document staat bij het punt.")
            return redirect("agenda_item_edit", pk)
    return _show_item(request, item, ItemForm(instance=item), form)


@require_POST
@allow(PLAN)
def agenda_document_remove(request, pk):
    """Take a document away."""
    document = _document(request, pk)
    remove_document(document=document, by=request.user, now=timezone.now())
    messages.success(request, "Het document is weg.")
    return redirect("agenda_item_edit", document.item_id)


@require_safe
@allow(PLAN)
def agenda_document(request, pk):
    """The file of a document, to keep."""
    document = _document(request, pk)
    return stored_file(document.file, document.name)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def agenda_item_remove(request, pk):
    """A clear question first: its text and documents go along."""
    item = _item(request, pk)
    if request.method == "POST":
        carry_out(request, "Het punt is weg.", remove_item, MeetingError, item=item)
        return redirect("agenda_edit", item.meeting_id)
    return render(request, "partners/agenda_item_remove.html", {"item": item, "meeting": item.meeting})


def _show_item(request, item: AgendaItem, form, document_form):
    context = {"item": item, "meeting": item.meeting, "form": form, "document_form": document_form}
    wrong = form.errors or document_form.errors
    return render(request, "partners/agenda_item_edit.html", context, status=422 if wrong else 200)


def _item(request, pk) -> AgendaItem:
    documents = Prefetch("documents", AgendaDocument.objects.order_by("pk"))
    rows = AgendaItem.objects.editable_by(request.user).select_related("meeting", "carried_from__meeting")
    return get_object_or_404(rows.prefetch_related(documents), pk=pk)


def _document(request, pk) -> AgendaDocument:
    mine = AgendaItem.objects.editable_by(request.user)
    return get_object_or_404(AgendaDocument.objects.select_related("item__meeting"), pk=pk, item__in=mine)
