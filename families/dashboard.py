"""What parents tell that asks to be read today."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from families.models import Idea
from huizen.dashboard import Tile
from huizen.models import User
from huizen.roles import Permission
from huizen.words import count


def ideas_to_read(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for ideas that nobody read yet (one query)."""
    if not user.may(Permission.HEAR_PARENTS):
        return
    waiting = Idea.objects.editable_by(user).filter(state=Idea.State.NEW).count()
    if waiting:
        text = f"{count(waiting, 'idee', 'ideeën')} van ouders om te lezen."
        yield Tile("Meedenken", text, reverse("participation_list"), "Lees", waiting, 45)
