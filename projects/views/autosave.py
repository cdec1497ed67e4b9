"""What is typed in a field, kept as soon as she leaves it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from projects.forms.typed import typed_in
from projects.typed import mark_of


def autosave(request: HttpRequest, save: Callable, refusal: type[Exception]) -> HttpResponse:
    """Keep it with `save`; the answer puts the new mark beside the field, or says why it was not kept."""
    typed, now = typed_in(request.POST), timezone.now()
    context: dict = {"now": now}
    try:
        saved = save(typed=typed, by=request.user, now=now)
    except refusal as error:
        context["error"] = error
    else:
        kept = [key for key in typed if key in saved.values and key not in saved.others]
        context |= {"others": saved.others, "marks": {key: mark_of(saved.values[key]) for key in kept}}
    return render(request, "projects/typed_kept.html", context)
