"""`/beheer/activiteiten/<pk>/wanneer/`: the rules of an activity, and what becomes of each coming date before saving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities import starting_values
from activities.actions import offer
from activities.actions.approval import needs_approval
from activities.actions.schedule_change import Answers, UnseenError
from activities.actions.schedule_plan import RulePlan, Wish, foresee, seen_mark
from activities.actions.session_lock import BusyError
from activities.date_plan import Fate
from activities.forms.schedule import AboutDatesForm, ScheduleFormSet
from activities.models import Activity, Proposal
from huizen.access import allow
from huizen.recurrence import ONGOING
from huizen.roles import Permission
from huizen.words import count, moment_in_full

#: So many dates are shown before saving; those of which families hear are all shown.
SHOWN_DATES = 8


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_schedule(request, pk):
    """When an activity is: the rules, and before saving the dates that follow from them."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user).select_related("house"), pk=pk)
    formset, about = _forms(request, activity)
    context = {"activity": activity, "formset": formset, "about": about, "now": timezone.now()}
    if request.method == "POST" and formset.is_valid() and about.is_valid():
        wish = _wish(formset, about)
        if "toon" not in request.POST and (answer := _keep(request, activity, wish, about)):
            return answer
        plans = foresee(activity=activity, wish=wish, now=timezone.now())
        context |= {"preview": [shown_plan(plan) for plan in plans], "gezien": seen_mark(plans)}
    return render(request, "activities/offer_schedule.html", context)


def shown_plan(plan: RulePlan) -> dict:
    """One rule for the template: its words, the first dates and all of which families hear."""
    steps = [step for number, step in enumerate(plan.steps) if number < SHOWN_DATES or step.is_told]
    return {
        "words": plan.words,
        "goes": plan.rule is None,
        "ongoing": plan.rule is not None and plan.rule.kind in ONGOING,
        "steps": steps,
        "more": len(plan.steps) - len(steps),
        "left": any(step.fate == Fate.LEFT for step in steps),
    }


def _forms(request, activity):
    """The rules; on a new activity those of its template, still to be given a day."""
    rows = activity.schedules.order_by("pk")
    begins_with = None
    if request.method != "POST" and not rows:
        begins_with = starting_values.rules_for(
            request.GET.get("sjabloon", ""), request.user, today=timezone.localdate()
        )
    formset = ScheduleFormSet(request.POST or None, instance=activity, queryset=rows, initial=begins_with)
    about = AboutDatesForm(
        request.POST or None,
        initial={"from_day": request.GET.get("vanaf")},
        splits=bool(rows) and not needs_approval(request.user, activity),
    )
    return formset, about


def _wish(formset, about) -> Wish:
    saved = formset.save(commit=False)
    return Wish(tuple(saved), tuple(formset.deleted_objects), about.cleaned_data.get("from_day"))


def choices_in(post) -> dict[int, str]:
    """What was chosen for each date that families count on (templates/activities/date_steps.html)."""
    return {
        int(name.removeprefix("keuze-")): value
        for name, value in post.items()
        if name.startswith("keuze-") and name.removeprefix("keuze-").isdecimal() and len(name) < 26
    }


def _keep(request, activity, wish, about):
    """Saved; or None where families are touched and nobody chose for them yet, or the dates are busy."""
    answers = Answers(
        seen=request.POST.get("gezien", ""),
        choices=choices_in(request.POST),
        reason=about.cleaned_data["reason"],
    )
    try:
        done = offer.set_schedules(
            activity=activity, wish=wish, answers=answers, by=request.user, now=timezone.now()
        )
    except UnseenError:
        return None
    except BusyError as error:
        about.add_error(None, str(error))
        return None
    _say(request, done)
    return redirect("offer_edit", activity.pk)


def _say(request, done) -> None:
    if isinstance(done, Proposal):
        messages.success(
            request, "Voorgesteld aan de coördinator. Tot ze beslist, lezen ouders de oude dagen."
        )
        return
    messages.success(request, "Bewaard. De momenten zijn bijgewerkt.")
    if done.mails:
        messages.success(request, f"{count(done.mails, 'gezin krijgt', 'gezinnen krijgen')} een mail.")
    for session in done.kept:
        when = moment_in_full(session.starts_at)
        messages.warning(request, f"Het moment van {when} blijft staan, los van de regel.")
