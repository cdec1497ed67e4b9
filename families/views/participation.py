"""`/huizen/<slug>/meedenken/`: what parents think, without an account; `/beheer/meedenken/`: what the House does with it."""

from django.contrib import messages
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from families.actions import participation as actions
from families.forms import IdeaAnswerForm, IdeaForm, QuestionForm, TalkForm
from families.models import Idea, Talk
from families.participation import QUESTION
from huizen.access import allow, public
from huizen.actions.house import set_house_rule
from huizen.listing import page_of
from huizen.models import House
from huizen.roles import Permission
from huizen.throttle import address_of, too_often

PER_PAGE, MOST = 30, 50
TOO_OFTEN = _("Van hier kwamen te veel ideeën na elkaar. Wacht tien minuten, of zeg het aan het Huis.")


@require_http_methods(["GET", "HEAD", "POST"])
@public
def idea_create(request, slug):
    """The question of the House with a field to answer, and all that the House shows of what parents told."""
    house = get_object_or_404(House.objects.published(), slug=slug)
    form = IdeaForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _why_not(request, form)
        if status == 200:
            actions.give_idea(house=house, text=form.cleaned_data["text"], now=timezone.now())
            messages.success(request, gettext("Dank je wel. Het Huis leest je idee."))
            return redirect("idea_create", slug)
    context = {
        "house": house,
        "form": form,
        "question": house.question or QUESTION,
        "ideas": house.ideas.filter(state=Idea.State.SHOWN).order_by("-created_at", "-pk")[:MOST],
        "talks": house.talks.filter(is_public=True).order_by("-held_on", "-pk")[:MOST],
    }
    return render(request, "families/idea_create.html", context, status=status)


def _why_not(request, form: IdeaForm) -> int:
    """200 where the idea can be kept; what stands in the way is said on the form."""
    if not form.is_valid():
        return 422
    if too_often("idea", address_of(request)):
        form.add_error(None, TOO_OFTEN)
        return 429
    return 200


@require_safe
@allow(Permission.HEAR_PARENTS)
def participation_list(request):
    """What parents told the Houses where you hear them, unread first; the talks; the question that is asked now."""
    first = Case(When(state=Idea.State.NEW, then=Value(0)), default=Value(1))
    ideas = Idea.objects.editable_by(request.user).select_related("house")
    talks = Talk.objects.editable_by(request.user).select_related("house")
    context = {
        "page": page_of(request, ideas.order_by(first, "-created_at", "-pk"), size=PER_PAGE),
        "talks": talks.order_by("-held_on", "-pk")[:MOST],
        "houses": [(house, house.question or QUESTION) for house in _houses(request)],
    }
    return render(request, "families/participation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HEAR_PARENTS)
def idea_answer(request, pk):
    """One idea: what was done with it, and whether parents see both."""
    idea = get_object_or_404(Idea.objects.editable_by(request.user).select_related("house"), pk=pk)
    form = IdeaAnswerForm(
        request.POST or None, instance=idea, initial={"shown": idea.state == Idea.State.SHOWN}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.answer_idea(
            idea=idea, answer=told["answer"], shown=told["shown"], by=request.user, now=timezone.now()
        )
        done = "Bewaard. Ouders zien dit nu." if told["shown"] else "Bewaard. Ouders zien dit niet."
        messages.success(request, done)
        return redirect("participation_list")
    context = {"idea": idea, "form": form}
    return render(request, "families/idea_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HEAR_PARENTS)
def talk_create(request):
    """Log a talk."""
    return _talk(request, Talk())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HEAR_PARENTS)
def talk_edit(request, pk):
    """Say later what was done with it; show it to parents, or no longer."""
    return _talk(request, get_object_or_404(Talk.objects.editable_by(request.user), pk=pk))


def _talk(request, talk: Talk):
    today = timezone.localdate()
    form = TalkForm(request.POST or None, instance=talk, houses=_houses(request), today=today)
    if request.method == "POST" and form.is_valid():
        actions.keep_talk(talk=form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, "Het gesprek is bewaard.")
        return redirect("participation_list")
    return render(request, "families/talk_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HEAR_PARENTS)
def question_edit(request, slug):
    """The one open question."""
    house = get_object_or_404(_houses(request), slug=slug)
    form = QuestionForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        set_house_rule(house=form.instance, by=request.user, now=timezone.now())
        messages.success(request, "Ouders zien nu deze vraag.")
        return redirect("participation_list")
    context = {"house": house, "form": form}
    return render(request, "families/question_edit.html", context, status=422 if form.errors else 200)


def _houses(request):
    return House.objects.where(request.user, Permission.HEAR_PARENTS).order_by("name", "pk")
