"""When the projects of a call report, set by the agency."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.period import PeriodError, make_reports, move_deadline, set_term
from projects.forms.period import DeadlineForm, TermForm
from projects.models import Call, Period

KEEP = Permission.REVIEW_REPORTS


@require_http_methods(["GET", "HEAD", "POST"])
@allow(KEEP)
def call_periods(request, pk):
    """The first day of a call and the last day of each kind of report; makes the periods and the reports."""
    call = get_object_or_404(Call.objects.select_related("programme"), pk=pk)
    form = TermForm(request.POST if request.method == "POST" else None, call=call)
    if request.method == "POST" and form.is_valid():
        facts = {"starts_on": form.cleaned_data["starts_on"], "deadlines": form.deadlines}
        return _act(request, call.pk, set_term, call=call, **facts)
    periods = call.periods.order_by("due_on", "number", "kind")
    context = {
        "call": call,
        "form": form,
        "periods": [
            (period, DeadlineForm(instance=period, auto_id=f"termijn-{period.pk}-%s")) for period in periods
        ],
    }
    return render(request, "projects/call_periods.html", context)


@require_POST
@allow(KEEP)
def period_move(request, pk):
    """Another last day for one period."""
    period = get_object_or_404(Period, pk=pk)
    form = DeadlineForm(request.POST, instance=period)
    if not form.is_valid():
        messages.warning(request, " ".join(form.errors["due_on"]))
        return redirect("call_periods", period.call_id)
    due_on = form.cleaned_data["due_on"]
    return _act(request, period.call_id, move_deadline, period=period, due_on=due_on)


@require_POST
@allow(KEEP)
def call_reports(request, pk):
    """Give projects that were selected later the reports that they owe."""
    call = get_object_or_404(Call, pk=pk)
    made = make_reports(call=call, now=timezone.now())
    messages.success(request, f"{made} verslagen gemaakt.")
    return redirect("call_periods", pk)


def _act(request, pk: int, action, **facts):
    carry_out(request, "Bewaard. De herinneringen volgen mee.", action, PeriodError, **facts)
    return redirect("call_periods", pk)
