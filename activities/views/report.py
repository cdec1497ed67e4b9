"""`/melden/`: is something wrong? No account needed; and `/beheer/meldingen/`, where a House answers."""

from django.contrib import messages
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions import report as actions
from activities.forms.report import AboutForm, ReportForm
from activities.models import Report
from huizen.access import allow, public
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.throttle import address_of, too_often
from huizen.views.carry_out import carry_out

PER_PAGE = 30
TOO_OFTEN = _("Van hier kwamen te veel meldingen na elkaar. Wacht tien minuten, of bel het Huis.")


@require_http_methods(["GET", "HEAD", "POST"])
@public
def report_create(request):
    """The form, about the page that the visitor came from; then back to that page."""
    activity, house = AboutForm(request.GET).about()
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _why_not(request, form)
        if status == 200:
            told = {name: form.cleaned_data[name] for name in ("kind", "text", "email")}
            actions.make_report(activity=activity, house=house, now=timezone.now(), **told)
            messages.success(request, gettext("Bedankt. We kijken het na."))
            return _back(activity, house)
    context = {"form": form, "activity": activity, "house": house}
    return render(request, "activities/report_create.html", context, status=status)


def _why_not(request, form: ReportForm) -> int:
    """200 where the report can be kept; what stands in the way is said on the form."""
    if not form.is_valid():
        return 422
    if too_often("report", address_of(request)):
        form.add_error(None, TOO_OFTEN)
        return 429
    return 200


def _back(activity, house):
    if activity:
        return redirect("activity_detail", activity.slug)
    return redirect("house_detail", house.slug) if house else redirect("help")


@require_safe
@allow(Permission.ANSWER_REPORTS)
def report_list(request):
    """What visitors told, the open ones first, then the last ones handled."""
    first = Case(When(state=Report.State.NEW, then=Value(0)), default=Value(1))
    rows = Report.objects.editable_by(request.user).select_related("activity", "house", "handled_by")
    page = page_of(request, rows.order_by(first, "-created_at", "-pk"), size=PER_PAGE)
    return render(request, "activities/report_list.html", {"page": page})


@require_POST
@allow(Permission.ANSWER_REPORTS)
def report_solve(request, pk):
    """It is mended; with a thank-you where the visitor asked for one and the box is ticked."""
    return _do(request, pk, actions.solve_report, "Genoteerd als opgelost.", thank="bedank" in request.POST)


@require_POST
@allow(Permission.ANSWER_REPORTS)
def report_refuse(request, pk):
    """The page was right."""
    return _do(request, pk, actions.refuse_report, "Genoteerd: de pagina klopte.")


@require_POST
@allow(Permission.ANSWER_REPORTS)
def report_reopen(request, pk):
    """Undo either of the two."""
    return _do(request, pk, actions.reopen_report, "De melding staat weer open.")


def _do(request, pk, act, done: str, **facts):
    report = get_object_or_404(Report.objects.editable_by(request.user), pk=pk)
    carry_out(request, done, act, actions.ReportError, report=report, **facts)
    return redirect("report_list")
