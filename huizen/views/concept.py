"""`/beheer/zoekwoorden/`: staff teach the search what families mean, and see what nobody understood."""

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.actions import concept as actions
from huizen.forms.concept import ConceptFilter, ConceptForm
from huizen.listing import page_of
from huizen.models import Concept, Event, SearchPhrase
from huizen.roles import Permission
from huizen.search.meaning import understand
from huizen.vocabulary import OfferType

MOST_SHOWN = 5


def _tried(request) -> dict:
    """What the question in the "try it" field is understood as, for the template."""
    question = request.GET.get("probeer", "").replace("\x00", "").strip()[:120]
    if not question:
        return {"question": ""}
    understood = understand(question, now=timezone.now())
    kinds = [(OfferType(code).label, round(weight * 100)) for code, weight in understood.offer_types.items()]
    return {"question": question, "understood": understood, "kinds": kinds[:MOST_SHOWN]}


@require_safe
@allow(Permission.EDIT_WORDS)
def concept_list(request):
    """Fifty phrases a page; what we changed last comes first."""
    found = ConceptFilter(request.GET, queryset=Concept.objects.order_by("folded", "language"))
    page = page_of(request, found.qs)
    misses = SearchPhrase.objects.filter(is_dismissed=False, missed__gte=1).count()
    context = {"page": page, "form": found.form, "misses": misses, **_tried(request)}
    return render(request, "huizen/concept_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_WORDS)
def concept_create(request):
    """A form, with the missed words in it where she came from there."""
    word = request.GET.get("woord", "").replace("\x00", "").strip()[:80]
    form = ConceptForm(request.POST or None, initial={"phrase": word})
    if request.method == "POST" and form.is_valid():
        try:
            concept = actions.create_concept(concept=form.instance, by=request.user, now=timezone.now())
        except actions.ConceptError as error:
            form.add_error("phrase", str(error))
        else:
            messages.success(request, f"De zoekmachine kent nu '{concept}'. Probeer het hier uit.")
            return redirect("concept_edit", concept.pk)
    return render(
        request,
        "huizen/concept_edit.html",
        {"form": form, **_tried(request)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_WORDS)
def concept_edit(request, pk):
    """Change a phrase, try it, see who changed it before."""
    concept = get_object_or_404(Concept, pk=pk)
    form = ConceptForm(request.POST or None, instance=concept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_concept(concept=form.instance, by=request.user, now=timezone.now())
        except actions.ConceptError as error:
            form.add_error("phrase", str(error))
        else:
            messages.success(request, "Bewaard.")
            return redirect("concept_edit", pk)
    context = {"concept": concept, "form": form, "events": _events(concept), **_tried(request)}
    return render(request, "huizen/concept_edit.html", context, status=422 if form.errors else 200)


def _events(concept: Concept):
    about = Event.objects.filter(subject_type=Concept._meta.label_lower, subject_id=str(concept.pk))
    return about.select_related("actor").order_by("-at", "-pk")[:MOST_SHOWN]


@require_POST
@allow(Permission.EDIT_WORDS)
def concept_switch_off(request, pk):
    """Used no longer; the page that follows has the button to undo it."""
    concept = get_object_or_404(Concept, pk=pk)
    actions.switch_concept(concept=concept, on=False, by=request.user, now=timezone.now())
    messages.success(request, f"'{concept}' is uitgezet. Je kan het hier weer aanzetten.")
    return redirect("concept_edit", pk)


@require_POST
@allow(Permission.EDIT_WORDS)
def concept_switch_on(request, pk):
    """Used again."""
    concept = get_object_or_404(Concept, pk=pk)
    actions.switch_concept(concept=concept, on=True, by=request.user, now=timezone.now())
    messages.success(request, f"'{concept}' staat weer aan.")
    return redirect("concept_edit", pk)


@require_safe
@allow(Permission.EDIT_WORDS)
def miss_list(request):
    """Words that missed, those most missed first; `toon=weg` shows what needs no answer. And how often people found."""
    dismissed = request.GET.get("toon") == "weg"
    phrases = SearchPhrase.objects.filter(is_dismissed=dismissed, missed__gte=1)
    context = {
        "page": page_of(request, phrases.order_by("-missed", "-last_on", "phrase")),
        "dismissed": dismissed,
        "answers": SearchPhrase.objects.aggregate(
            found=Sum("found", default=0), missed=Sum("missed", default=0)
        ),
    }
    return render(request, "huizen/miss_list.html", context)


@require_POST
@allow(Permission.EDIT_WORDS)
def miss_dismiss(request, pk):
    """These words need no phrase of ours."""
    return _dismissed(request, pk, True, "'{}' komt niet meer in de lijst. Je vindt het bij 'Niet nodig'.")


@require_POST
@allow(Permission.EDIT_WORDS)
def miss_recall(request, pk):
    """After all they do."""
    return _dismissed(request, pk, False, "'{}' staat weer in de lijst.")


def _dismissed(request, pk, dismissed: bool, words: str):
    miss = get_object_or_404(SearchPhrase, pk=pk)
    actions.dismiss_miss(miss=miss, dismissed=dismissed, by=request.user, now=timezone.now())
    messages.success(request, words.format(miss))
    return redirect("miss_list")
