"""Who came, on a phone: a tap for each child, counts for the others; without JavaScript one form with one button."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from activities.actions.attendance import (
    AttendanceError,
    Mark,
    mark_attendance,
    mark_new,
    mark_rest,
    may_take,
    opens_at,
)
from activities.actions.headcount import COUNTED, add_visit, count_heads, remove_visit
from activities.attendance_sheet import (
    changed_counts,
    marks_from_text,
    marks_to_text,
    newly,
    sheet_of,
    tapped,
)
from activities.forms.attendance import VisitForm
from activities.models import Came, Session
from activities.views.sign_up_form import key_in
from huizen.access import allow
from huizen.models import House
from huizen.roles import Permission

SEE = Permission.SEE_REGISTRATIONS
#: Where the session keeps what the last tap changed, to undo it.
LAST = "last_attendance"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def attendance_take(request, pk: int):
    """The list of one moment: who is there, who is not, and how many walked in."""
    session = _session(request, pk)
    if request.method != "POST":
        return _show(request, session)
    try:
        _note(request, session)
    except AttendanceError as error:
        messages.error(request, str(error))
        return _again(request, pk)
    return _swap(request, session) if request.htmx else redirect("attendance_take", pk)


@require_POST
@allow(SEE)
def visit_add(request, pk: int):
    """A family that walked in."""
    session, form = _session(request, pk), VisitForm(request.POST)
    if not form.is_valid():
        return _show(request, session, visit_form=form)
    try:
        add_visit(
            session_id=pk,
            form_key=key_in(request.POST),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except AttendanceError as error:
        form.add_error(None, str(error))
        return _show(request, session, visit_form=form)
    messages.success(request, "Het gezin is genoteerd.")
    return redirect("attendance_take", pk)


@require_POST
@allow(SEE)
def visit_remove(request, pk: int, visit: int):
    """That family was noted by mistake."""
    _session(request, pk)
    remove_visit(visit_id=visit, session_id=pk)
    messages.success(request, "Het gezin is van de lijst.")
    return redirect("attendance_take", pk)


def _note(request, session: Session) -> None:
    """Everything that changed in the form, then what the pressed button asks."""
    now, sheet, sent = timezone.now(), sheet_of(session), request.POST
    about = {"session_id": session.pk, "by": request.user, "now": now}
    before: list[Mark] = []
    if marks := tapped(sheet, sent):
        before = mark_attendance(marks=marks, **about)
    if sent.get("rest") in Came.values:
        before += mark_rest(state=sent["rest"], **about)
    for family, is_new in newly(sheet, sent):
        mark_new(registration_id=family, is_new=is_new, now=now)
    steps = changed_counts(sent) | _step(sent.get("stap", ""))
    if steps or "niemand" in sent:
        count_heads(steps=steps, **about)
    _remember(request, before, about)


def _remember(request, before: list[Mark], about: dict) -> None:
    """Keep how to undo this tap; or go back to before the last one, once."""
    if "terug" not in request.POST:
        if before:
            request.session[LAST] = [about["session_id"], marks_to_text(reversed(before))]
        return
    moment, text = request.session.pop(LAST, [None, ""])
    if moment == about["session_id"]:
        mark_attendance(marks=marks_from_text(text), **about)


def _step(text: str) -> dict[str, int]:
    """'children:-1' of a button; nothing for nonsense."""
    name, _, step = text.partition(":")
    return {name: int(step)} if name in COUNTED and step in {"1", "-1"} else {}


def _show(request, session: Session, *, visit_form: VisitForm | None = None):
    now, context = timezone.now(), _context(request, session)
    context |= {
        "is_open": may_take(session, now=now),
        "opens_at": opens_at(session),
        "visit_form": visit_form or VisitForm(),
        "form_key": key_in(request.POST),
        "now": now,
    }
    return render(request, "activities/attendance_take.html", context)


def _swap(request, session: Session):
    """What htmx puts in the place of the count, and beside the lines that were sent: what stands beside others may
    be in the hands of somebody else's thumb."""
    context = _context(request, session)
    families = {
        family.key
        for family in context["sheet"].families
        if any(f"was-{line.key}" in request.POST for line in family.lines)
    }
    counts = {
        name for name in COUNTED if f"tel-{name}" in request.POST or name in request.POST.get("stap", "")
    }
    return render(
        request, "activities/attendance_swap.html", context | {"is_swap": True, "changed": families | counts}
    )


def _again(request, pk: int):
    """The whole page with the reason; htmx, which asked for a part, is told to load it anew."""
    answer = redirect("attendance_take", pk)
    if request.htmx:
        answer.status_code = 200
        answer.headers["HX-Refresh"] = "true"
    return answer


def _context(request, session: Session) -> dict:
    last = request.session.get(LAST) or [None, ""]
    return {
        "session": session,
        "activity": session.activity,
        "sheet": sheet_of(session),
        "can_undo": last[0] == session.pk,
        "states": Came,
    }


def _session(request, pk: int) -> Session:
    rows = Session.objects.filter(activity__house__in=House.objects.where(request.user, SEE))
    return get_object_or_404(rows.select_related("activity__house"), pk=pk)
