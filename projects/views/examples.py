"""Practice examples: proposed by a coordinator, published by the agency, read by professionals."""

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from partners.views.house import chosen_house
from projects.actions.exchange import DECISIONS, ExchangeError, decide_example, propose_example
from projects.forms.exchange import ExampleForm, WordsFilter
from projects.forms.story import RemarkForm
from projects.models import PracticeExample
from projects.views.exchange import EXCHANGE
from projects.views.reports import WRITE

State = PracticeExample.State
DONE = {
    State.PUBLISHED: "Gepubliceerd. Alle Huizen lezen het.",
    State.RETURNED: "Het Huis leest je vraag.",
    State.WITHDRAWN: "Ingetrokken. Andere Huizen zien het niet meer.",
}


@require_safe
@allow(EXCHANGE)
def example_list(request):
    """What is published, and what waits where it concerns her; what waits for the agency first."""
    form, waits = WordsFilter(request.GET), Q(state=State.PROPOSED)
    rows = PracticeExample.objects.visible_to(request.user).select_related("house", "project")
    rows = form.narrow(rows, "title", "worked", "for_whom", "house__name")
    context = {
        "page": page_of(
            request,
            rows.alias(waits=ExpressionWrapper(waits, BooleanField())).order_by(
                "-waits", "-changed_at", "-pk"
            ),
        ),
        "form": form,
        "proposes": request.user.may(WRITE),
    }
    return render(request, "projects/example_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def example_create(request):
    """Propose an example of a House."""
    house, choice = chosen_house(request, WRITE, "Van welk Huis is dit voorbeeld?")
    if choice:
        return choice
    return _proposed(request, PracticeExample(house=house))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def example_edit(request, pk):
    """Other words; the agency reads it again before others do."""
    rows = PracticeExample.objects.editable_by(request.user).select_related("house")
    return _proposed(request, get_object_or_404(rows, pk=pk))


@require_safe
@allow(EXCHANGE)
def example_detail(request, pk):
    """One example, with what can be done with it now."""
    rows = PracticeExample.objects.visible_to(request.user).select_related("house", "project")
    return _page(request, get_object_or_404(rows, pk=pk), RemarkForm())


@require_POST
@allow(EXCHANGE)
def example_decide(request, pk):
    """Publish it, ask for something else, or withdraw it."""
    rows = PracticeExample.objects.visible_to(request.user).select_related("house", "project")
    example, state, form = (
        get_object_or_404(rows, pk=pk),
        request.POST.get("doe", ""),
        RemarkForm(request.POST),
    )
    if state not in list(DECISIONS):
        raise Http404
    if not form.is_valid():
        return _page(request, example, form, status=422)
    remark = form.cleaned_data["remark"] if state == State.RETURNED else ""
    facts = {"example": example, "state": state, "remark": remark}
    done = carry_out(request, DONE[State(state)], decide_example, ExchangeError, **facts)
    return redirect("exchange_examples") if done else redirect("exchange_example", pk)


def _page(request, example: PracticeExample, form: RemarkForm, status: int = 200):
    leads, own = request.user.may(Permission.LEAD_LEARNING), request.user.may_in(WRITE, example.house)
    context = {
        "example": example,
        "form": form,
        "decides": leads and example.state == State.PROPOSED,
        "withdraws": (leads or own) and example.state in DECISIONS[State.WITHDRAWN][0],
        "own": own,
    }
    return render(request, "projects/example_detail.html", context, status=status)


def _proposed(request, example: PracticeExample):
    form = ExampleForm(request.POST or None, instance=example)
    if request.method == "POST" and form.is_valid():
        kept = propose_example(example=example, facts=form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Voorgesteld. Opgroeien leest het na.")
        return redirect("exchange_example", kept.pk)
    context = {"example": example, "form": form}
    return render(request, "projects/example_edit.html", context, status=422 if form.errors else 200)
