"""`/mijn/gezin/`: what a family lets us remember, and everything that we hold, to see, to take along and to erase."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from families.actions.family import erase_account, save_family, what_we_know
from families.forms import ChildFormSet, HomeForm, initial_for
from families.models import Family
from huizen.access import members


@require_http_methods(["GET", "HEAD", "POST"])
@members
def family_edit(request):
    """Where we live and how old the children are."""
    family = Family.objects.filter(user=request.user).first()
    today = timezone.localdate()
    home, children = initial_for(family, today=today)
    form = HomeForm(request.POST or None, initial=home, today=today)
    rows = ChildFormSet(request.POST or None, initial=children, prefix="kind", form_kwargs={"today": today})
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        save_family(
            by=request.user, home=form.cleaned_data["home"], children=rows.children, now=timezone.now()
        )
        messages.success(request, "Bewaard. We tonen eerst wat bij jullie past.")
        return redirect("my")
    status = 422 if request.method == "POST" else 200
    return render(request, "families/family_edit.html", {"form": form, "rows": rows}, status=status)


@require_safe
@members
def data_download(request):
    """Everything that stands under the account, as a file."""
    answer = JsonResponse(what_we_know(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@members
def account_erase(request):
    """A clear question first; the button erases the account and the family at once."""
    if request.method == "POST":
        erase_account(by=request.user)
        logout(request)
        messages.success(request, "Je account is gewist.")
        return redirect("home")
    return render(request, "families/account_erase.html")
