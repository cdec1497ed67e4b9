"""What parents tell a House, and what the House does with it."""

from datetime import datetime

from django.db import transaction

from families.models import Idea, Talk
from huizen.actions.logbook import record
from huizen.models import House, User

State = Idea.State


@transaction.atomic
def give_idea(*, house: House, text: str, by: User | None = None, now: datetime) -> Idea:
    """Keep what a parent tells. Who it was is not written down, also not for who is signed in."""
    idea = Idea.objects.create(house=house, text=text, created_at=now)
    record("idea", house, by=None, now=now, house=house)
    return idea


@transaction.atomic
def answer_idea(*, idea: Idea, answer: str, shown: bool, by: User, now: datetime) -> Idea:
    """Say what the House did with an idea, and whether parents see both. The words of the parent stay as they are."""
    idea = Idea.objects.select_for_update(of=("self",)).select_related("house").get(pk=idea.pk)
    before, after = idea.state, State.SHOWN if shown else State.READ
    idea.answer, idea.state = answer, after
    idea.save(update_fields=["answer", "state"])
    verb = "answered" if before == after else "shown" if shown else "unshown"
    record(verb, idea, by=by, now=now, house=idea.house, changes={"state": [before, after]})
    return idea


@transaction.atomic
def keep_talk(*, talk: Talk, by: User, now: datetime) -> Talk:
    """Log a talk in the neighbourhood, or change what was logged."""
    verb = "changed" if talk.pk else "added"
    talk.save()
    record(verb, talk, by=by, now=now, house=talk.house)
    return talk


def forget_ideas(*, before: datetime, now: datetime) -> int:
    """Erase what parents told before a time."""
    return Idea.objects.filter(created_at__lt=before).delete()[0]
