"""`/klopt/<token>/`: whether an offer still holds, by the link in a mail. Opening it shows; the buttons answer."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions import check_answer as actions
from activities.actions.check_mail import PURPOSE, answers_for, waiting_questions
from activities.forms.check import ChangeForm, StopForm
from activities.models import Activity, ActivityTranslation, CheckQuestion
from huizen import links
from huizen.access import public
from huizen.models import User
from huizen.reading import read
from huizen.recurrence import schedule_in_words
from huizen.throttle import address_of, too_often

SHOWN_MOMENTS = 4
MOST_SHOWN = 30
TOO_OFTEN = "Van hier kwamen te veel berichten na elkaar. Wacht tien minuten, of bel het Huis."


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The offer as parents read it, three answers, and what else waits for the same person."""
    question = _question(token)
    if question is None:
        return render(request, "link_bad.html", status=404)
    if not question.letter.works_on(timezone.localdate()):
        return render(request, "link_bad.html", status=410)
    if request.method == "POST":
        return ACTS.get(request.POST.get("wat", ""), _do_nothing)(request, question, token)
    return _show(request, question)


def _question(token: str) -> CheckQuestion | None:
    key = _key(token)
    rows = CheckQuestion.objects.select_related("letter", "activity__house")
    return rows.filter(pk=key).first() if key else None


def _show(request, question: CheckQuestion, *, status: int = 200, **forms: Form) -> HttpResponse:
    today = timezone.localdate()
    email = question.letter.email
    closed = actions.why_closed(question, answers_for(email, question.activity_id), today=today)
    others = [
        each for each in waiting_questions(email, today=today) if each.activity_id != question.activity_id
    ]
    context = {
        "question": question,
        "token": links.sign(PURPOSE, question.pk),
        "closed": closed,
        "waits": not closed and CheckQuestion.objects.open().filter(pk=question.pk).exists(),
        "others": [(each, links.sign(PURPOSE, each.pk)) for each in others[:MOST_SHOWN]],
        "may_edit": _has_account_that_may(email, question.activity),
        "change": ChangeForm(),
        "stop": StopForm(today=today),
        **_as_parents_read(question.activity_id),
        **forms,
    }
    return render(request, "activities/check_answer.html", context, status=status)


def _as_parents_read(activity_id: int) -> dict[str, Any]:
    now = timezone.now()
    activity = Activity.objects.select_related("house", "organiser", "location").get(pk=activity_id)
    return {
        "activity": activity,
        "reading": read(activity, ActivityTranslation.FIELDS, (), asked="nl"),
        "rules": [schedule_in_words(rule) for rule in activity.schedules.order_by("pk")],
        "moments": activity.sessions.upcoming(now=now).scheduled().order_by("starts_at")[:SHOWN_MOMENTS],
        "now": now,
    }


def _has_account_that_may(email: str, activity: Activity) -> bool:
    """Whether she can change it herself, once she is signed in."""
    user = User.objects.filter(email=email, is_active=True).first()
    return user is not None and Activity.objects.editable_by(user).filter(pk=activity.pk).exists()


def _confirm(request, question: CheckQuestion, token: str) -> HttpResponse:
    try:
        confirmed = actions.confirm_offer(question_id=question.pk, now=timezone.now())
    except actions.AnswerError as error:
        messages.warning(request, str(error))
    else:
        thanks = "Dank je. Ouders zien dat het vandaag is nagekeken."
        messages.success(request, thanks if confirmed else "Dank je. Dit hadden we al genoteerd.")
    # From the page of another question the way leads back to that one.
    back = request.POST.get("terug", "")
    return redirect("check_answer", back if _question(back) else token)


def _confirm_all(request, question: CheckQuestion, token: str) -> HttpResponse:
    """All that was shown: what came up since waits for her own eyes."""
    shown = {key for each in request.POST.getlist("nog") if (key := _key(each))}
    mine = waiting_questions(question.letter.email, today=timezone.localdate())
    ids = [each.pk for each in mine if str(each.pk) in shown | {str(question.pk)}]
    actions.confirm_all(question_ids=ids, now=timezone.now())
    messages.success(request, "Dank je. Alles wat hier stond, is nagekeken.")
    return redirect("check_answer", token)


def _change(request, question: CheckQuestion, token: str) -> HttpResponse:
    form = ChangeForm(request.POST)
    if not _may_tell(request, form):
        return _show(request, question, status=422, change=form)
    return _told(request, token, actions.tell_change, question_id=question.pk, **form.cleaned_data)


def _stop(request, question: CheckQuestion, token: str) -> HttpResponse:
    form = StopForm(request.POST, today=timezone.localdate())
    if not _may_tell(request, form):
        return _show(request, question, status=422, stop=form)
    return _told(request, token, actions.tell_stop, question_id=question.pk, **form.cleaned_data)


def _may_tell(request, form) -> bool:
    if form.is_valid() and too_often("check", address_of(request)):
        form.add_error(None, TOO_OFTEN)
    return form.is_valid()


def _told(request, token: str, tell, **facts) -> HttpResponse:
    try:
        tell(**facts, now=timezone.now())
    except actions.AnswerError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Dank je. De coördinator van het Huis leest het en past de pagina aan.")
    return redirect("check_answer", token)


def _do_nothing(request, question: CheckQuestion, token: str) -> HttpResponse:
    return redirect("check_answer", token)


def _key(token: str) -> str:
    try:
        return links.read(PURPOSE, token)
    except links.BadLinkError:
        return ""


ACTS = {"klopt": _confirm, "alles": _confirm_all, "changes": _change, "stops": _stop}
