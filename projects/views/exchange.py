"""`/beheer/uitwisseling/`: questions with answers between Houses, and colleagues who can be found."""

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.models import Membership
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from partners.views.house import chosen_house
from projects.actions.exchange import (
    ExchangeError,
    answer_colleagues,
    ask_colleagues,
    enter_directory,
    leave_directory,
    take_back,
)
from projects.forms.exchange import AnswerForm, DirectoryForm, QuestionForm, WordsFilter
from projects.models import DirectoryEntry, ExchangeAnswer, ExchangeQuestion

EXCHANGE = Permission.EXCHANGE


@require_safe
@allow(EXCHANGE)
def question_list(request):
    """All questions, what was said last first."""
    form = WordsFilter(request.GET)
    rows = ExchangeQuestion.objects.select_related("house").annotate(number=Count("answers"))
    rows = form.narrow(rows, "title", "text").order_by("-last_at", "-pk")
    return render(request, "projects/question_list.html", {"page": page_of(request, rows), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EXCHANGE)
def question_ask(request):
    """Ask all Houses something, in the name of a House or of the agency."""
    house = None
    if request.user.houses_where(EXCHANGE):
        house, choice = chosen_house(request, EXCHANGE, "Namens welk Huis vraag je iets?")
        if choice:
            return choice
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = ask_colleagues(house=house, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Je vraag staat er. Andere Huizen kunnen antwoorden.")
        return redirect("exchange_question", question.pk)
    context = {"form": form, "house": house}
    return render(request, "projects/question_ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EXCHANGE)
def question_detail(request, pk):
    """One question with its answers, and a field for one more."""
    answers = ExchangeAnswer.objects.select_related("house", "said_by").order_by("said_at", "pk")
    rows = ExchangeQuestion.objects.select_related("house", "asked_by")
    question = get_object_or_404(rows.prefetch_related(Prefetch("answers", answers)), pk=pk)
    form = AnswerForm(request.POST or None, houses=request.user.houses_where(EXCHANGE))
    if request.method == "POST" and form.is_valid() and _answered(request, question, form):
        return redirect("exchange_question", pk)
    context = {"question": question, "form": form, "leads": request.user.may(Permission.LEAD_LEARNING)}
    return render(request, "projects/question_detail.html", context, status=422 if form.errors else 200)


@require_POST
@allow(EXCHANGE)
def question_remove(request, pk):
    """A question goes, with its answers."""
    question = get_object_or_404(_own(request, ExchangeQuestion, "asked_by"), pk=pk)
    return _taken_back(request, question, "exchange_questions")


@require_POST
@allow(EXCHANGE)
def answer_remove(request, pk):
    """One answer goes."""
    answer = get_object_or_404(_own(request, ExchangeAnswer, "said_by"), pk=pk)
    return _taken_back(request, answer, "exchange_question", answer.question_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EXCHANGE)
def directory(request):
    """Colleagues who chose to be found, and one's own line."""
    mine = DirectoryEntry.objects.filter(user=request.user).first()
    form = DirectoryForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        enter_directory(text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        messages.success(request, "Collega's vinden je nu in deze lijst.")
        return redirect("exchange_directory")
    wish = WordsFilter(request.GET)
    at_work = Membership.objects.current().select_related("house").order_by("house__name")
    rows = DirectoryEntry.objects.current().select_related("user")
    rows = wish.narrow(rows, "text", "user__name", "user__memberships__house__name").distinct()
    rows = rows.prefetch_related(Prefetch("user__memberships", at_work, to_attr="at_work"))
    context = {
        "page": page_of(request, rows.order_by("user__name", "pk")),
        "form": form,
        "wish": wish,
        "mine": mine,
    }
    return render(request, "projects/directory.html", context, status=422 if form.errors else 200)


@require_POST
@allow(EXCHANGE)
def directory_leave(request):
    """Out of the list with one button."""
    leave_directory(by=request.user, now=timezone.now())
    messages.success(request, "Je staat niet meer in de lijst.")
    return redirect("exchange_directory")


def _own(request, model, author: str):
    """What the person said herself; for the agency everything."""
    leads = request.user.may(Permission.LEAD_LEARNING)
    return model.objects.all() if leads else model.objects.filter(**{author: request.user})


def _answered(request, question: ExchangeQuestion, form: AnswerForm) -> bool:
    facts = {"question": question, "house": form.house, "text": form.cleaned_data["text"]}
    done = "Je antwoord staat erbij."
    return carry_out_form(request, form, done, answer_colleagues, ExchangeError, **facts)


def _taken_back(request, said, *where):
    carry_out(request, "Weggehaald.", take_back, ExchangeError, said=said)
    return redirect(*where)
