"""What a coordinator keeps of the places of a House: where they are, and when they are open."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.actions import location as actions
from huizen.forms.location import ExceptionForm, HoursForm, LocationForm
from huizen.models import House, Location, OpeningException, OpeningHours
from huizen.opening import exception_in_words, opening_now, rule_in_words
from huizen.roles import Permission


def _location(request, pk: int) -> Location:
    mine = Location.objects.editable_by(request.user).select_related("house")
    return get_object_or_404(mine, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def location_create(request, slug):
    """Add a place to the House; its hours come next."""
    house = get_object_or_404(House.objects.editable_by(request.user), slug=slug)
    return _edit(request, Location(house=house), next_page="location_hours")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def location_edit(request, pk):
    """Change where a place is and how to get in."""
    return _edit(request, _location(request, pk), next_page="house_manage")


def _edit(request, location: Location, *, next_page: str):
    form = LocationForm(request.POST or None, instance=location)
    if request.method == "POST" and form.is_valid():
        actions.keep_location(location=form.instance, by=request.user, now=timezone.now())
        messages.success(request, f"{form.instance} is bewaard.")
        return redirect(next_page, location.pk if next_page == "location_hours" else location.house.slug)
    return render(
        request,
        "huizen/location_edit.html",
        {"location": location, "house": location.house, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@allow(Permission.EDIT_HOUSE)
def location_retire(request, pk):
    """Take a place out of use; it can come back."""
    location = _location(request, pk)
    actions.retire_location(location=location, by=request.user, now=timezone.now())
    messages.success(request, f"{location} is uit gebruik. Ouders zien deze plek niet meer.")
    return redirect("house_manage", location.house.slug)


@require_POST
@allow(Permission.EDIT_HOUSE)
def location_reopen(request, pk):
    """Take a place into use again."""
    location = _location(request, pk)
    actions.reopen_location(location=location, by=request.user, now=timezone.now())
    messages.success(request, f"{location} is weer in gebruik.")
    return redirect("house_manage", location.house.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def location_hours(request, pk):
    """The hours of a place, and a form for one more rule."""
    location = _location(request, pk)
    form = HoursForm(request.POST or None, instance=OpeningHours(location=location))
    if request.method == "POST" and form.is_valid():
        return _add(request, form, "De uren zijn toegevoegd.")
    return _hours_page(request, location, hours_form=form)


@require_POST
@allow(Permission.EDIT_HOUSE)
def location_exception(request, pk):
    """Add days on which the hours differ."""
    location = _location(request, pk)
    form = ExceptionForm(request.POST, instance=OpeningException(location=location), prefix="anders")
    if form.is_valid():
        return _add(request, form, "De andere dagen zijn toegevoegd.")
    return _hours_page(request, location, exception_form=form)


def _add(request, form, sentence: str):
    actions.add_rule(rule=form.instance, by=request.user, now=timezone.now())
    messages.success(request, sentence)
    return redirect("location_hours", form.instance.location_id)


def _hours_page(request, location: Location, *, hours_form=None, exception_form=None):
    now = timezone.now()
    current = location.opening_exceptions.filter(until__gte=timezone.localdate(now)).order_by("since", "pk")
    rules = location.opening_hours.order_by("weekday", "opens_at", "nth")
    bound = hours_form if hours_form is not None and hours_form.is_bound else exception_form
    return render(
        request,
        "huizen/location_hours.html",
        {
            "location": location,
            "opening": opening_now(location, now=now),
            "hours": [(rule, rule_in_words(rule)) for rule in rules],
            "exceptions": [(exception, exception_in_words(exception)) for exception in current],
            "hours_form": hours_form or HoursForm(),
            "exception_form": exception_form or ExceptionForm(prefix="anders"),
        },
        status=422 if bound is not None and bound.errors else 200,
    )


@require_POST
@allow(Permission.EDIT_HOUSE)
def hours_remove(request, pk):
    """Take a rule away."""
    return _remove(request, OpeningHours, pk)


@require_POST
@allow(Permission.EDIT_HOUSE)
def exception_remove(request, pk):
    """Take days that differ away."""
    return _remove(request, OpeningException, pk)


def _remove(request, model, pk: int):
    mine = model.objects.filter(location__in=Location.objects.editable_by(request.user))
    rule = get_object_or_404(mine.select_related("location__house"), pk=pk)
    actions.remove_rule(rule=rule, by=request.user, now=timezone.now())
    messages.success(request, "De uren zijn weggehaald.")
    return redirect("location_hours", rule.location_id)
