"""The guiding questions of a call, kept by the agency."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.roles import Permission
from projects.actions.question import add_question, edit_question, is_answered, remove_question
from projects.forms.asked import NewQuestionForm, QuestionForm
from projects.models import Call, Question, ReportKind
from projects.views.asked import asked_page, done, kept

KEEP = Permission.REVIEW_REPORTS


@require_safe
@allow(KEEP)
def call_questions(request, pk):
    """What each kind of report asks in words."""
    call = get_object_or_404(Call, pk=pk)
    rows = list(call.questions.order_by("number"))
    kinds = [(kind.label, [row for row in rows if row.kind == kind]) for kind in ReportKind]
    return render(request, "projects/call_questions.html", {"call": call, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(KEEP)
def call_question_create(request, pk):
    """One more question."""
    call = get_object_or_404(Call, pk=pk)
    form = NewQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"call": call, **form.cleaned_data}
        return done(request, "call_questions", pk, "De vraag staat erbij.", add_question, **facts)
    return asked_page(request, call, form, "call_questions", title="Een nieuwe vraag")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(KEEP)
def call_question(request, pk):
    """Ask it in other words, or no more."""
    question = get_object_or_404(Question.objects.select_related("call"), pk=pk)
    page, call = "call_questions", question.call
    if "weg" in request.POST:
        return done(request, page, call.pk, "De vraag is weg.", remove_question, question=question)
    form = QuestionForm(request.POST or None, instance=question)
    if request.method == "POST" and form.is_valid():
        facts = {"question": question, **form.cleaned_data}
        if kept(request, form, "Bewaard.", edit_question, **facts):
            return redirect(page, call.pk)
    why = "Projecten schreven hier al een antwoord. Vraag niet iets anders." if is_answered(question) else ""
    title = f"Wijzig een vraag van het {question.get_kind_display()}"
    return asked_page(request, call, form, page, title=title, why=why, may_remove=True)
