"""`/opgroeien/bevragingen/`: the rounds of the survey, what each asks, and releasing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions import survey_question, survey_round
from projects.actions.survey_round import SurveyError
from projects.models import SurveyQuestion, SurveyRound, SurveyTheme
from projects.survey.reading import with_rate
from projects.survey.round_forms import NewRoundForm, QuestionForm, RoundForm, ThemeForm

LEAD = Permission.LEAD_SURVEYS
NEW_VERSION = (
    "Gaf een Huis hier al een antwoord op? Dan bewaren we een nieuwe versie. De vorige houdt haar antwoorden."
)


@require_safe
@allow(LEAD)
def round_list(request):
    """All rounds, the newest first, with how many Houses handed in."""
    today = timezone.localdate()
    page = page_of(request, with_rate(SurveyRound.objects.order_by("-opens_on", "-pk")))
    lines = [(row, row.phase(today)) for row in page]
    return render(request, "projects/survey_round_list.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def round_create(request):
    """A new round, empty or as a copy."""
    form = NewRoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            row = survey_round.create_round(facts=facts, by=request.user, now=timezone.now())
        except SurveyError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "De bevraging staat er. Kijk de vragen na en geef ze vrij.")
            return redirect("survey_round", row.pk)
    status = 422 if form.errors else 200
    return render(request, "projects/survey_round_edit.html", {"form": form}, status=status)


@require_safe
@allow(LEAD)
def round_detail(request, pk):
    """Where it stands and what it asks, theme by theme."""
    row = get_object_or_404(with_rate(SurveyRound.objects.with_questions()), pk=pk)
    context = {"round": row, "phase": row.phase(timezone.localdate())}
    return render(request, "projects/survey_round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def round_edit(request, pk):
    """Other words or days."""
    row = get_object_or_404(SurveyRound, pk=pk)
    form = RoundForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        facts = {"round": row, "facts": form.cleaned_data}
        if carry_out_form(request, form, "Bewaard.", survey_round.change_round, SurveyError, **facts):
            return redirect("survey_round", pk)
    context = {"form": form, "round": SurveyRound.objects.get(pk=pk)}
    return render(request, "projects/survey_round_edit.html", context, status=422 if form.errors else 200)


@require_POST
@allow(LEAD)
def round_release(request, pk):
    """All Houses are asked."""
    row = get_object_or_404(SurveyRound, pk=pk)
    return _act(
        request, pk, survey_round.release_round, "Vrijgegeven. De Huizen krijgen een mail.", round=row
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def theme_create(request, pk):
    """A new heading."""
    row = get_object_or_404(SurveyRound, pk=pk)
    form = ThemeForm(request.POST or None, instance=SurveyTheme(round=row))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        return _act(request, pk, survey_question.add_theme, "Het thema staat erbij.", round=row, facts=facts)
    return _edit_page(request, row, form, title="Een nieuw thema")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def theme_edit(request, pk):
    """Another title; or away, when it is empty."""
    theme = get_object_or_404(SurveyTheme.objects.select_related("round"), pk=pk)
    if "weg" in request.POST:
        return _act(request, theme.round_id, survey_question.remove_theme, "Het thema is weg.", theme=theme)
    form = ThemeForm(request.POST or None, instance=theme)
    if request.method == "POST" and form.is_valid():
        facts = {"theme": theme, "facts": form.cleaned_data}
        return _act(request, theme.round_id, survey_question.edit_theme, "Bewaard.", **facts)
    return _edit_page(request, theme.round, form, title="Wijzig het thema", may_remove=True)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def question_create(request, pk):
    """A new question under a heading."""
    theme = get_object_or_404(SurveyTheme.objects.select_related("round"), pk=pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"theme": theme, "facts": form.cleaned_data}
        return _act(request, theme.round_id, survey_question.add_question, "De vraag staat erbij.", **facts)
    return _edit_page(request, theme.round, form, title=f"Een nieuwe vraag bij {theme}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def question_edit(request, pk):
    """Ask it otherwise, or no more."""
    question = _question(pk)
    if "weg" in request.POST:
        facts = {"question": question}
        return _act(
            request, question.theme.round_id, survey_question.remove_question, "De vraag is weg.", **facts
        )
    form = QuestionForm(request.POST or None, instance=question)
    if request.method == "POST" and form.is_valid():
        facts = {"question": _question(pk), "facts": form.cleaned_data}
        return _act(request, question.theme.round_id, survey_question.edit_question, "Bewaard.", **facts)
    facts = {"title": "Wijzig de vraag", "why": NEW_VERSION, "may_remove": True}
    return _edit_page(request, question.theme.round, form, **facts)


@require_POST
@allow(LEAD)
def question_move(request, pk):
    """One place up, or down."""
    question = _question(pk)
    step = -1 if request.POST.get("richting") == "omhoog" else 1
    facts = {"question": question, "step": step}
    return _act(
        request, question.theme.round_id, survey_question.move_question, "De volgorde is bewaard.", **facts
    )


def _question(pk) -> SurveyQuestion:
    return get_object_or_404(SurveyQuestion.objects.select_related("theme__round"), pk=pk, is_current=True)


def _edit_page(request, row, form, **context):
    context |= {"whole": row, "form": form, "page": "survey_round"}
    context |= {"above": "survey_rounds", "above_title": "Bevragingen"}
    return render(request, "projects/part_edit.html", context, status=422 if form.errors else 200)


def _act(request, pk, action, done, **facts):
    """Do it, say how it went, and go back to the round."""
    carry_out(request, done, action, SurveyError, **facts)
    return redirect("survey_round", pk)
