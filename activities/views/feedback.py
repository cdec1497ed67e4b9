"""The page on which a family says how it was: three faces, one tap, once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions.feedback import PURPOSE, ask_no_more, feedback_path, give_feedback
from activities.forms.feedback import FeedbackForm
from activities.models import Registration
from huizen import links
from huizen.access import public

#: The faces in their order on the page: the score, its word, its pictogram.
FACES = [(3, _("Fijn"), "face-good"), (2, _("Gaat wel"), "face-fair"), (1, _("Niet fijn"), "face-bad")]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_give(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, because mail scanners look first; a face keeps the opinion, without the name."""
    try:
        rows = Registration.objects.select_related("session__activity__house")
        registration = get_object_or_404(rows, pk=links.read(PURPOSE, token))
    except links.BadLinkError:
        return render(request, "link_bad.html", status=404)
    now = timezone.now()
    if registration.session.starts_at > now or registration.state != Registration.State.CONFIRMED:
        return _show(request, registration, step="early")
    if request.method != "POST":
        return _show(request, registration, step="given" if registration.feedback_given else "ask")
    if "geen-mail" in request.POST:
        ask_no_more(registration_id=registration.pk, now=now)
        messages.success(request, gettext("Je krijgt deze vraag niet meer."))
        return redirect(feedback_path(registration))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _show(request, registration, step="ask", form=form)
    give_feedback(registration_id=registration.pk, now=now, **form.cleaned_data)
    return redirect(feedback_path(registration))


def _show(
    request, registration: Registration, *, step: str, form: FeedbackForm | None = None
) -> HttpResponse:
    session = registration.session
    context = {
        "session": session,
        "activity": session.activity,
        "faces": FACES,
        "form": form or FeedbackForm(),
        "step": step,
        "now": timezone.now(),
    }
    return render(request, "activities/feedback_give.html", context)
