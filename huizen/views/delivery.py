"""`/beheer/post/`: which mail left, which will, and which did not arrive."""

from django import forms
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.actions.bounce import RetryError, try_again
from huizen.actions.delivery import DeliveryError, resend, why_not_again
from huizen.listing import page_of
from huizen.models import Channel, Message, PlannedMessage, Suppression
from huizen.outbox import sms
from huizen.outbox.phones import people_at
from huizen.outbox.suppression import unreachable
from huizen.roles import Permission
from huizen.views.carry_out import carry_out


class ResendForm(forms.Form):
    """Why a mail goes again; it stands in the logbook."""

    reason = forms.CharField(
        label="Waarom stuur je het opnieuw?",
        max_length=200,
        help_text="Bijvoorbeeld: het adres is verbeterd.",
    )


@require_safe
@allow(Permission.SEE_DELIVERY)
def delivery_list(request):
    """Mail that is in the queue or has left it, the newest first."""
    rows = (
        Message.objects.visible_to(request.user)
        .select_related("house")
        .defer("body_mime", "context", "calendar")
    )
    return _page(request, "huizen/delivery_list.html", rows.order_by("-created_at", "pk"), Message.State)


@require_safe
@allow(Permission.SEE_DELIVERY)
def delivery_planned(request):
    """Reminders: those that will leave the soonest first, all others the newest first."""
    rows = PlannedMessage.objects.visible_to(request.user).select_related("house")
    is_to_come = request.GET.get("toestand") == PlannedMessage.State.PLANNED
    rows = rows.order_by("due_at" if is_to_come else "-due_at", "pk")
    return _page(request, "huizen/delivery_planned.html", rows, PlannedMessage.State)


def _page(request, template, rows, states):
    state = request.GET.get("toestand", "")
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    choices = [(choice, choice.label, counts[choice]) for choice in states if choice in counts]
    if state in states.values:
        rows = rows.filter(state=state)
    context = {"page": page_of(request, rows), "choices": choices, "total": sum(counts.values())}
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DELIVERY)
def delivery_detail(request, pk):
    """One mail: every try with what the mail server said; by POST it goes once more."""
    message = get_object_or_404(Message.objects.visible_to(request.user).select_related("house"), pk=pk)
    form = ResendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"message": message, "reason": form.cleaned_data["reason"]}
        carry_out(request, "Het bericht gaat opnieuw op weg.", resend, DeliveryError, **facts)
        return redirect("delivery_detail", pk)
    context = {
        "message": message,
        "tries": message.tries.order_by("number"),
        "events": message.events.order_by("at"),
        "items": message.items.visible_to(request.user).order_by("due_at", "pk"),
        "form": form,
        "refusal": why_not_again(message, now=timezone.now()),
    }
    return render(request, "huizen/delivery_detail.html", context)


@require_safe
@allow(Permission.SEE_DELIVERY)
def call_list(request):
    """Who gets none of our mail, since when and why, and whom to call; the newest first."""
    last = unreachable(request.user).values("pk")
    rows = Message.objects.filter(pk__in=last).select_related("house").order_by("-created_at", "pk")
    page = page_of(request, rows.defer("body_mime", "context", "calendar"))
    people = people_at([row.recipient for row in page], {row.house for row in page if row.house})
    why = Suppression.objects.filter(category="", address_hash__in=[row.address_hash for row in page])
    reasons = {each.address_hash: each for each in why}
    for row in page:
        row.person, row.why = people.get(row.recipient.lower()), reasons.get(row.address_hash)
    return render(request, "huizen/call_list.html", {"page": page})


@require_POST
@allow(Permission.SEE_DELIVERY)
def address_retry(request, pk):
    """Somebody called, and the address works after all."""
    message = get_object_or_404(Message.objects.visible_to(request.user).exclude(recipient=""), pk=pk)
    done = "Vanaf nu vertrekt er weer post naar dit adres."
    carry_out(request, done, try_again, RetryError, message=message)
    return redirect("call_list")


@require_safe
@allow(Permission.SEE_DELIVERY)
def sms_costs(request):
    """What text messages cost, by month and House, the newest month first; what may have left counts."""
    paid = [Message.State.SENT, Message.State.UNKNOWN, Message.State.BOUNCED]
    rows = Message.objects.visible_to(request.user).filter(channel=Channel.SMS, state__in=paid)
    months = rows.annotate(month=TruncMonth("created_at")).values("month", "house__name")
    counted = months.annotate(number=Count("pk"), parts=Sum("segments"), euro=Sum("cost"))
    return render(
        request,
        "huizen/sms_costs.html",
        {"page": page_of(request, counted.order_by("-month", "house__name")), "is_on": sms.is_on()},
    )
