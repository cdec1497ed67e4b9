"""`/mijn/gezin/`: what a family lets us remember, and everything that we hold, to see, to take along and to erase."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from families.actions.family import erase_account, save_family, what_we_know
from families.forms import ChildFormSet, HomeForm, initial_for
from families.holdings import CannotEraseError, held_of, registered
from families.models import Family
from huizen.access import members
from huizen.download import download


@require_http_methods(["GET", "HEAD", "POST"])
@members
def family_edit(request):
    """Where we live, what we speak and how old the children are."""
    family = Family.objects.filter(user=request.user).first()
    today = timezone.localdate()
    home, children = initial_for(family, today=today)
    form = HomeForm(request.POST or None, initial=home, today=today)
    rows = ChildFormSet(request.POST or None, initial=children, prefix="kind", form_kwargs={"today": today})
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        save_family(by=request.user, children=rows.children, now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Bewaard. We tonen eerst wat bij jullie past."))
        return redirect("my")
    status = 422 if request.method == "POST" else 200
    return render(request, "families/family_edit.html", {"form": form, "rows": rows}, status=status)


@require_safe
@members
def data_show(request):
    """Everything that stands under the account, to read, each with the way to change it."""
    held = held_of(request.user, now=timezone.now())
    return render(request, "families/data_show.html", {"held": held})


@require_safe
@members
def data_download(request):
    """Everything that stands under the account, as a file."""
    known = what_we_know(request.user, now=timezone.now())
    text = json.dumps(known, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    return download(text, "mijn-gegevens.json", "application/json")


@require_http_methods(["GET", "HEAD", "POST"])
@members
def account_erase(request):
    """A clear question first; the button erases the account and the family at once."""
    if request.method == "POST":
        try:
            erase_account(by=request.user, also=request.POST.getlist("ook"), now=timezone.now())
        except CannotEraseError as error:
            messages.error(request, str(error))
            return redirect("account_erase")
        logout(request)
        messages.success(request, gettext("Je account is gewist."))
        return redirect("home")
    questions = [holding for holding in registered() if holding.question]
    return render(request, "families/account_erase.html", {"questions": questions})
