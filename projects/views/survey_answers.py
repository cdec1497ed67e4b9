"""`/opgroeien/bevragingen/…/`: which Houses answered, what they answered, and what all of it says."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.pdf import pdf_response
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from huizen.views.carry_out import carry_out_form
from projects.actions.survey_answer import give_back
from projects.actions.survey_round import SurveyError
from projects.models import SurveyAnswer, SurveyRound
from projects.survey import export
from projects.survey.reading import rate_of, results
from projects.survey.round_forms import CompareForm, GiveBackForm
from projects.survey.values import lines_of

LEAD = Permission.LEAD_SURVEYS


@require_safe
@allow(LEAD)
def answer_list(request, pk):
    """Every House that was asked; `lijst=wacht` those that did not hand in."""
    row = _released(pk)
    answers = row.answers.select_related("house").order_by("house__name", "pk")
    rate = rate_of(row)
    waiting = request.GET.get("lijst") == "wacht"
    context = {
        "round": row,
        "page": page_of(request, answers.waiting() if waiting else answers),
        "rate": rate,
        "waiting": rate.asked - rate.submitted,
    }
    return render(request, "projects/survey_answer_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def answer_detail(request, pk):
    """What one House handed in last; sent to, it is given back with a reason."""
    answer = get_object_or_404(SurveyAnswer.objects.select_related("round", "house", "submitted_by"), pk=pk)
    form = GiveBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = f"{answer.house} kan het antwoord wijzigen en kreeg een mail."
        if carry_out_form(request, form, done, give_back, SurveyError, answer=answer, **form.cleaned_data):
            return redirect("survey_answers", answer.round_id)
    last = answer.submissions.order_by("-version").first()
    context = {
        "answer": answer,
        "last": last,
        "form": form,
        "themes": told(answer.round, last.facts if last else {}),
    }
    return render(request, "projects/survey_answer_detail.html", context, status=422 if form.errors else 200)


@require_safe
@allow(LEAD)
def round_results(request, pk):
    """The answers of all Houses, question by question; beside another round where that was asked."""
    context = _results(request, pk) | {"query": request.GET.urlencode()}
    return render(request, "projects/survey_results.html", context)


@require_safe
@allow(LEAD)
def results_paper(request, pk):
    """The same as PDF, each chart as its table."""
    told = _results(request, pk)
    return pdf_response("projects/survey_paper.html", told, name=f"resultaten {told['round'].name}")


@require_safe
@allow(LEAD)
def results_export(request, pk, kind: str):
    """All answers as a file: by number for researchers, with names (`namen=1`) for the agency's own use."""
    row, named = _released(pk), request.GET.get("namen") == "1"
    asked = export.asked(row, named=named)
    name = f"bevraging {row.name}{' met namen' if named else ''}"
    head, rows = export.head(asked, named=named), export.rows(row, asked, named=named)
    return table_response(kind, name, head, rows)


def told(row: SurveyRound, facts: dict) -> list[tuple]:
    """Themes with each question and its answer, line by line; a former version only where it was answered."""
    asked = SurveyRound.objects.with_questions().get(pk=row.pk)
    return [
        (
            theme,
            [
                (question, lines_of(question, facts.get(question.key)))
                for question in theme.questions.all()
                if question.is_current or question.key in facts
            ],
        )
        for theme in asked.themes.all()
    ]


def _results(request, pk) -> dict:
    row = _released(pk)
    form = CompareForm(request.GET, round=row)
    themes = results(row, other=form.other, with_words=True)
    return {"round": row, "form": form, "other": form.other, "rate": rate_of(row), "themes": themes}


def _released(pk) -> SurveyRound:
    return get_object_or_404(SurveyRound, pk=pk, released_at__isnull=False)
