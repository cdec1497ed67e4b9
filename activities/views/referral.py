"""`/beheer/meegeven/`: a professional chooses offers of the whole network and hands them over on one sheet."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions import referral
from activities.cards import when_words
from activities.forms.referral import ReferralFilter, ReferralForm, chosen_offers
from activities.handed_over import sheet_path, text_to_paste
from activities.models import Activity, ReferralSheet
from activities.qr import qr_svg
from activities.question import Question, ask
from activities.search import cards, find
from huizen.access import allow
from huizen.links import absolute
from huizen.listing import PAGE, page_of
from huizen.roles import Permission

PER_PAGE = 20


class Offered(NamedTuple):
    """An offer to choose: when it is next, and the address with it chosen (empty where it is already)."""

    activity: Activity
    when: str
    add_url: str


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HAND_OVER)
def referral_create(request):
    """Choose offers (each choice stands in the address), a language and a greeting; then make the sheet."""
    now = timezone.now()
    picked = chosen_offers((request.POST or request.GET).getlist("kies"))
    form = ReferralForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = referral.make_sheet(activities=picked, **form.cleaned_data, by=request.user, now=now)
        except referral.ReferralError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het blad is klaar. Druk het af, of stuur de link.")
            return redirect("referral_detail", sheet.pk)
    context = {"form": form, "picked": _picked(request, picked), "most": referral.MOST, "now": now}
    context |= _offers(request, picked, now)
    return render(request, "activities/referral_create.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.HAND_OVER)
def referral_list(request):
    """The sheets that she made and that still open."""
    now = timezone.now()
    rows = ReferralSheet.objects.editable_by(request.user).running(now=now).select_related("house")
    page = page_of(request, rows.prefetch_related("items__activity").order_by("-made_at", "-pk"))
    return render(request, "activities/referral_list.html", {"page": page})


@require_safe
@allow(Permission.HAND_OVER)
def referral_detail(request, pk):
    """A sheet to print, to scan or to paste into a message."""
    now = timezone.now()
    sheet = _own(request, pk, now)
    url = absolute(sheet_path(sheet))
    items = sheet.items.select_related("activity").order_by("position")
    context = {
        "sheet": sheet,
        "items": items,
        "url": url,
        "qr": qr_svg(url),
        "text": text_to_paste(sheet, now=now),
    }
    return render(request, "activities/referral_detail.html", context)


@require_POST
@allow(Permission.HAND_OVER)
def referral_revoke(request, pk):
    """The link and the code of the sheet open nothing any more."""
    now = timezone.now()
    referral.revoke_sheet(sheet=_own(request, pk, now), by=request.user, now=now)
    messages.success(request, "Het blad werkt niet meer. Wie de link opent, leest dat.")
    return redirect("referral_list")


def _own(request, pk, now) -> ReferralSheet:
    rows = ReferralSheet.objects.editable_by(request.user).running(now=now)
    return get_object_or_404(rows.select_related("house"), pk=pk)


def _offers(request, picked: list[Activity], now) -> dict:
    """What there is to choose from, as the families' own search finds it."""
    # After a POST with a fault the search begins anew, with what was chosen.
    data = request.GET.copy()
    data.setlist("kies", [str(activity.pk) for activity in picked])
    form = ReferralFilter(data)
    form.is_valid()
    question = ask(form.wishes(), now=now)
    page, offers = _found(question, data, picked, now)
    notes = [*question.notes, *_place_note(question)]
    return {"search": form, "page": page, "offers": offers, "place": question.place, "notes": notes}


def _found(question: Question, data: QueryDict, picked: list[Activity], now) -> tuple[Page, list[Offered]]:
    total = find(question.wanted, now=now, stop=1).total
    page = Paginator(range(total), PER_PAGE).get_page(data.get(PAGE))
    start = (page.number - 1) * PER_PAGE
    hits = find(question.wanted, now=now, start=start, stop=start + PER_PAGE).hits
    moments = {hit.activity_id: hit for hit in hits}
    keys = {activity.pk for activity in picked}
    return page, [
        Offered(
            activity,
            when_words(moments[activity.pk], place=activity.location_id, now=now),
            "" if activity.pk in keys else _address(data, [*_keys(picked), activity.pk]),
        )
        for activity in cards(hits)
    ]


def _place_note(question: Question) -> list[str]:
    if not question.place.options:
        return []
    names = ", ".join(option.label for option in question.place.options[:5])
    return [f"Er zijn meer plaatsen die zo heten: {names}. Typ de postcode erbij."]


def _picked(request, picked: list[Activity]) -> list[tuple[Activity, str]]:
    """The chosen offers, each with the address without it."""
    keys = _keys(picked)
    return [(row, _address(request.GET, [key for key in keys if key != row.pk])) for row in picked]


def _keys(picked: list[Activity]) -> list[int]:
    return [activity.pk for activity in picked]


def _address(data: QueryDict, keys: list[int]) -> str:
    query = data.copy()
    query.setlist("kies", [str(key) for key in keys])
    return f"?{query.urlencode()}"
