"""`/beheer/bevraging/`: a coordinator answers for her House, and sees her answer beside that of all Houses."""

import json

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.models import House
from huizen.roles import Permission
from projects.actions.survey_answer import SubmittedError, may_answer, save_answer, submit_answer
from projects.actions.survey_round import SurveyError
from projects.models import Phase, SurveyAnswer, SurveyRound
from projects.survey import answer_form
from projects.survey.answer_form import CHOSEN, MINE, SHOWN, THEIRS, AnswerForm
from projects.survey.merging import Both, seen_after
from projects.survey.reading import former_of, rate_of, results
from projects.survey.values import in_words
from projects.views.survey_answers import told

ANSWER = Permission.ANSWER_SURVEYS


@require_safe
@allow(ANSWER)
def survey_list(request):
    """The surveys of the person's Houses, the newest first."""
    today, now = timezone.localdate(), timezone.now()
    rows = (
        _answers(request).filter(round__opens_on__lte=today).order_by("-round__opens_on", "house__name", "pk")
    )
    lines = [(row, may_answer(row, now=now), _shows_results(row)) for row in rows]
    return render(request, "projects/survey_list.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(ANSWER)
def survey_answer(request, pk):
    """The questions with what the House answered; frozen once it is handed in."""
    answer = _answer(request, pk)
    if request.method != "POST":
        return _page(request, answer) if may_answer(answer, now=timezone.now()) else _frozen(request, answer)
    return _sent(request, answer)


@require_POST
@allow(ANSWER)
def survey_keep(request, pk):
    """Keeps a draft while somebody types; answers with a line that says so."""
    answer, now = _answer(request, pk), timezone.now()
    form, base = _form(request, answer), answer_form.base_of(request.POST)
    context = {"answer": answer, "base": json.dumps(base), "now": now}
    if not form.is_valid():
        return _kept(request, context, "Nog niet bewaard: kijk na wat je typte.")
    mine = form.mine(base)
    try:
        merged = save_answer(answer=answer, mine=mine, base=base, by=request.user, now=now)
    except SurveyError as error:
        return _kept(request, context, str(error))
    seen = seen_after(base=base, mine=mine, kept=merged.facts)
    both = "Een collega gaf ook een antwoord. Druk op Bewaar om beide te zien." if merged.both else ""
    return _kept(request, context | {"base": json.dumps(seen)}, both)


@require_safe
@allow(ANSWER)
def survey_result(request, pk):
    """The House's answers beside those of all Houses, once the round is closed."""
    answer = _answer(request, pk)
    last = answer.submissions.order_by("-version").first()
    if last is None or not _shows_results(answer):
        raise Http404
    former = SurveyRound.objects.closed_on(timezone.localdate()).filter(closes_on__lt=answer.round.opens_on)
    other = former.order_by("-closes_on", "-pk").first()
    context = {
        "answer": answer,
        "round": answer.round,
        "other": other,
        "rate": rate_of(answer.round),
        "themes": results(answer.round, other=other, mine=last.facts),
    }
    return render(request, "projects/survey_result.html", context)


def _sent(request, answer):
    """Keep or hand in; where a colleague answered too, both are shown."""
    form, base = _form(request, answer), answer_form.base_of(request.POST)
    if not form.is_valid():
        return _page(request, answer, form=form, base=base)
    mine = form.mine(base)
    if any(request.POST.get(f"{CHOSEN}{key}") not in (MINE, THEIRS) for key in request.POST.getlist(SHOWN)):
        both = [Both(key, mine.get(key), base.get(key)) for key in request.POST.getlist(SHOWN)]
        form.add_error(None, "Kies bij elk verschil welk antwoord je houdt.")
        return _page(request, answer, form=form, base=base, both=both)
    for key in request.POST.getlist(SHOWN):
        if request.POST[f"{CHOSEN}{key}"] == THEIRS:
            mine[key] = base.get(key)
    return _act(request, answer, mine, base)


def _act(request, answer, mine, base):
    submits = "dien-in" in request.POST
    action = submit_answer if submits else save_answer
    try:
        merged = action(answer=answer, mine=mine, base=base, by=request.user, now=timezone.now())
    except SubmittedError as error:
        return _frozen(request, answer, mine=mine, why=str(error))
    except SurveyError as error:
        messages.error(request, str(error))
        return redirect("survey_answer", answer.pk)
    if merged.both:
        shown = merged.facts | {one.key: one.mine for one in merged.both}
        return _page(request, answer, facts=shown, base=merged.facts, both=merged.both)
    messages.success(request, "Ingediend. Dank je wel!" if submits else "Bewaard. Je kan later verdergaan.")
    return redirect("survey_list" if submits else "survey_answer", *([] if submits else [answer.pk]))


def _page(request, answer, *, form=None, facts=None, base=None, both=None):
    """The form; `facts` what its fields say, `base` what stands in the database as far as she knows."""
    facts = answer.draft if facts is None else facts
    base = answer.draft if base is None else base
    asked = SurveyRound.objects.with_questions().get(pk=answer.round_id)
    form = form or AnswerForm(questions=asked.questions, facts=facts)
    every = [question for theme in asked.themes.all() for question in theme.questions.all()]
    beside = {"former": former_of(answer), "old_versions": answer_form.old_versions(every, answer.draft)}
    context = {
        "answer": answer,
        "form": form,
        "themes": [(theme, form.entries(theme, **beside)) for theme in asked.themes.all()],
        "both": _both(both or [], every, request.POST),
        "base": json.dumps(base),
    }
    status = 409 if both else 422 if form.errors else 200
    return render(request, "projects/survey_answer.html", context, status=status)


def _frozen(request, answer, *, mine=None, why=""):
    """What was handed in, to read; and what she typed that could not be kept any more."""
    answer = _answer(request, answer.pk)
    last = answer.submissions.order_by("-version").first()
    facts = last.facts if last else answer.draft
    lost = {key: value for key, value in (mine or {}).items() if facts.get(key) != value}
    themes = told(answer.round, facts)
    every = [question for _, lines in themes for question, _ in lines]
    context = {
        "answer": answer,
        "themes": themes,
        "why": why,
        "lost": [(each, in_words(each, lost[each.key])) for each in every if lost.get(each.key) is not None],
        "shows_results": _shows_results(answer),
    }
    return render(request, "projects/survey_answer_read.html", context, status=409 if why else 200)


def _kept(request, context, fault):
    return render(request, "projects/survey_kept.html", context | {"fault": fault})


def _both(both, every, sent) -> list[dict]:
    """Each place where both answered, in words; with what was chosen there already."""
    questions = {question.key: question for question in every}
    return [
        {
            "question": questions[one.key],
            "mine": in_words(questions[one.key], one.mine),
            "theirs": in_words(questions[one.key], one.theirs),
            "kept": sent.get(f"{CHOSEN}{one.key}", ""),
        }
        for one in both
        if one.key in questions
    ]


def _form(request, answer) -> AnswerForm:
    """What was sent, also for a version of a question that was replaced while she typed."""
    asked = SurveyRound.objects.with_questions().get(pk=answer.round_id)
    every = [question for theme in asked.themes.all() for question in theme.questions.all()]
    questions = [each for each in every if each.is_current or answer_form.sent_for(each, request.POST)]
    return AnswerForm(
        request.POST, questions=questions, facts=answer.draft, submits="dien-in" in request.POST
    )


def _answers(request):
    houses = House.objects.where(request.user, ANSWER)
    released = SurveyAnswer.objects.of_houses(houses).filter(round__released_at__isnull=False)
    return released.select_related("round", "house", "submitted_by", "changed_by")


def _answer(request, pk) -> SurveyAnswer:
    return get_object_or_404(_answers(request), pk=pk)


def _shows_results(answer: SurveyAnswer) -> bool:
    """Only when nobody answers any more: else the next bar to grow would betray who handed in."""
    return bool(answer.submitted_at) and answer.round.phase(timezone.localdate()) == Phase.CLOSED
