"""Other moments for a question that runs; who chose one that goes is named before anything happens."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from huizen.words import wall
from partners.actions.date_poll import PollError
from partners.actions.poll_options import ChosenError, change_options
from partners.forms.date_poll import OptionForms
from partners.forms.rows import more_rows, typed_rows
from partners.models import DatePoll, PollOption
from partners.views.date_poll import OPTIONS, poll_of
from partners.views.people_papers import is_sent


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def poll_options(request, pk):
    """The moments as rows: an empty row takes its moment away, other hours make it another moment."""
    poll, now = poll_of(request, pk), timezone.now()
    if not poll.is_open:
        raise Http404("Deze vraag loopt niet meer.")
    rows = list(poll.options.order_by("starts_at"))
    options = _options(request, rows)
    context = {"poll": poll, "options": options, "seen": [row.pk for row in rows]}
    if is_sent(request) and options.is_valid():
        try:
            facts = {"moments": options.moments, "seen": _seen(request), "is_sure": "zeker" in request.POST}
            other = change_options(poll=poll, **facts, by=request.user, now=now)
        except ChosenError as error:
            context |= {"other": error.other, "seen": _seen(request)}
        except PollError as error:
            context["wrong"] = str(error)
        else:
            return _done(request, poll, bool(other.new or other.gone))
    return render(request, "partners/poll_options.html", context, status=422 if is_sent(request) else 200)


def _done(request, poll: DatePoll, has_changed: bool):
    words = "De momenten zijn gewijzigd. Wie het moet weten, krijgt een mail."
    messages.success(request, words if has_changed else "Er is niets gewijzigd.")
    return redirect("poll_detail", poll.pk)


def _options(request, rows: list[PollOption]):
    """The rows as they are, as typed, or with more of them."""
    if is_sent(request):
        return OptionForms(request.POST, prefix=OPTIONS)
    if request.method == "POST":
        return more_rows(OptionForms, typed_rows(request.POST, OPTIONS), OPTIONS)
    return OptionForms(initial=[_row(row) for row in rows], prefix=OPTIONS)


def _row(option: PollOption) -> dict:
    starts, ends = wall(option.starts_at), wall(option.ends_at)
    return {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}


def _seen(request) -> set[int]:
    """The moments that stood there as the page was opened."""
    keys = request.POST.getlist("gezien")
    return {int(key) for key in keys[:100] if key.isascii() and key.isdigit() and len(key) < 19}
