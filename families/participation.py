"""What a House shows of how parents take part, for its page: one expression each, no query more."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_noop

from families.models import Idea, Talk

#: The one open question of a House that chose none itself.
QUESTION = gettext_noop("Wat heb je nodig om je welkom te voelen?")
#: How many ideas and talks stand on the page of the House; all are on the page to take part.
SHOWN = 3


def shown_ideas() -> ArraySubquery:
    """The latest shown ideas of each House of a queryset, as `text` and `answer`."""
    rows = Idea.objects.filter(house=OuterRef("pk"), state=Idea.State.SHOWN).order_by("-created_at", "-pk")
    return ArraySubquery(rows[:SHOWN].values(found=JSONObject(text="text", answer="answer")))


def shown_talks() -> ArraySubquery:
    """The latest public talks of each House of a queryset, as `held_on` (ISO), `place`, `heard` and `done`."""
    rows = Talk.objects.filter(house=OuterRef("pk"), is_public=True).order_by("-held_on", "-pk")
    return ArraySubquery(
        rows[:SHOWN].values(found=JSONObject(held_on="held_on", place="place", heard="heard", done="done"))
    )
