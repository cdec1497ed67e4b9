"""`/zoekhulp/`: four questions with big buttons, one a page, that end in the results."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from activities.question import ask, less
from activities.search import find
from activities.topics import TOPICS
from huizen.access import public
from huizen.links import query_without
from huizen.shared_pages import shared
from huizen.vocabulary import AGE_BANDS, Element
from huizen.words import ages

STEP = "stap"


@dataclass(frozen=True)
class Step:
    """A question: its code in the address, its words, and its answers as (wish, value, words)."""

    code: str
    words: str
    answers: tuple[tuple[str, str, str], ...] = ()


STEPS = (
    Step(
        "wie",
        _("Voor wie zoek je iets?"),
        tuple(
            ("leeftijd", band.code, _("Ik ben zwanger") if band.low < 0 else band.label) for band in AGE_BANDS
        ),
    ),
    Step(
        "waarvoor",
        _("Waarvoor zoek je iets?"),
        (
            ("element", Element.ENCOUNTER, _("Andere ouders en kinderen zien")),
            ("element", Element.ACTIVITIES, _("Samen iets doen of leren")),
            *(("vraag", topic.code, topic.label) for topic in TOPICS),
        ),
    ),
    Step(
        "wanneer",
        _("Wanneer kan je?"),
        (
            ("wanneer", "vandaag", _("Vandaag nog")),
            ("wanneer", "week", _("Deze week")),
            ("wanneer", "weekend", _("In het weekend")),
            ("dag", "2", _("Op woensdag")),
            ("deel", "avond", _("’s Avonds")),
            ("wanneer", "vakantie", _("In de schoolvakantie")),
        ),
    ),
    Step("waar", _("Waar woon je?")),
)


@require_safe
@public
@shared
def guided_finder(request):
    """One question; each answer is a link to the next one. All that was answered stands in the address, nowhere else."""
    now = timezone.now()
    asked = next((n for n, step in enumerate(STEPS) if step.code == request.GET.get(STEP)), 0)
    step = STEPS[asked]
    names = {name for name, *_rest in step.answers}
    params = less(_known(request.GET), *names)
    question = ask(params, now=now)
    counts = find(question.wanted, now=now, stop=0, counting=names).counts if step.answers else {}
    context = {
        "step": step,
        "number": asked + 1,
        "steps": len(STEPS),
        "answers": [_answer(params, asked, answer, counts) for answer in step.answers],
        "back": _address(params, STEPS[asked - 1].code) if asked else "",
        "skip": _address(params, STEPS[asked + 1].code) if asked + 1 < len(STEPS) else question.address(),
        "hidden": [(name, value) for name, values in params.lists() for value in values if name != "plaats"],
        "question": question,
        "place": question.place,
    }
    return render(request, "activities/guided_finder.html", context)


def _known(params: MultiValueDict) -> MultiValueDict:
    """What the finder itself asks, and the place; another choice in the address is not its business."""
    kept = MultiValueDict()
    own = {name for step in STEPS for name, *_rest in step.answers} | {"plaats"}
    for name in params:
        if name in own and (value := params[name].replace("\x00", "")):
            kept[name] = value
    return kept


def _answer(params: MultiValueDict, asked: int, answer: tuple[str, str, str], counts: dict) -> dict:
    name, value, words = answer
    chosen = params.copy()
    chosen[name] = value
    following = STEPS[asked + 1].code
    return {
        "words": words,
        "ages": _ages(value) if name == "leeftijd" else "",
        "url": _address(chosen, following),
        "count": counts.get(name, {}).get(value),
    }


def _ages(code: str) -> str:
    """From when until when a stretch of childhood lasts: not everybody knows the word for it."""
    return next((ages(band.low, band.high) for band in AGE_BANDS if band.code == code and band.low >= 0), "")


def _address(params: MultiValueDict, step: str) -> str:
    address = params.copy()
    address[STEP] = step
    return f"{reverse('guided_finder')}?{query_without(address)}"
