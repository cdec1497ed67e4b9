"""`/beheer/activiteiten/seizoen/`: last season once more, from a new first day; first seen, then made."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities.actions.season import copy_season, foresee_season
from activities.forms.template import FURTHEST, SeasonForm
from activities.models import Activity, Schedule
from activities.season import ends
from huizen.access import allow
from huizen.days_off import days_off
from huizen.recurrence import ONGOING, days, schedule_in_words
from huizen.roles import Permission
from huizen.words import count

#: So many are offered to copy, the latest changed first.
SHOWN = 60
Status, Kind = Activity.Status, Schedule.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def season_copy(request):
    """Choose, see the dates, make the drafts."""
    rows = _rows(request.user)
    form = SeasonForm(
        request.POST or None,
        rows=rows,
        today=timezone.localdate(),
        initial={"activities": [row.pk for row in rows if ends(row.schedules.all())]},
    )
    context = {"form": form, "listed": rows}
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["activities"].prefetch_related("schedules"))
        if "maak" in request.POST:
            return _make(request, chosen, form.cleaned_data["starts_on"])
        copies = foresee_season(activities=chosen, starts_on=form.cleaned_data["starts_on"])
        context["preview"] = _shown(copies)
    return render(request, "activities/season_copy.html", context)


def _make(request, chosen, starts_on):
    made = copy_season(activities=chosen, starts_on=starts_on, by=request.user, now=timezone.now())
    words = count(len(made), "activiteit klaar als ontwerp", "activiteiten klaar als ontwerp")
    messages.success(request, f"{words}. Kijk ze na en zet ze online.")
    return redirect(f"{reverse('offer_list')}?status=draft")


def _rows(user):
    """The offer that has dates, in the Houses where she keeps it."""
    dated = Schedule.objects.exclude(kind__in=ONGOING).values("activity")
    rows = Activity.objects.editable_by(user).filter(
        Q(status__in=[Status.PUBLISHED, Status.TO_CHECK, Status.EXPIRED]), pk__in=dated
    )
    latest = rows.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:SHOWN]
    return Activity.objects.filter(pk__in=list(latest)).order_by("title", "pk").prefetch_related("schedules")


def _shown(copies) -> list[dict]:
    """Each copy with its rules in words and its first day."""
    first = timezone.localdate()
    last = first + FURTHEST
    off = days_off(first, last)
    return [
        {
            "title": copy.activity.title,
            "words": [schedule_in_words(rule) for rule in copy.rules],
            "first": min(
                (day for rule in copy.rules for day in days(rule, first=first, last=last, days_off=off)),
                default=None,
            ),
        }
        for copy in copies
    ]
