"""What parents tell that asks to be read today."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from families.models import Idea
from huizen.dashboard import Tally, Tile
from huizen.models import User
from huizen.roles import Permission
from huizen.words import count


def _unread(user: User, now: datetime) -> QuerySet[Idea]:
    """Ideas that nobody read yet."""
    return Idea.objects.editable_by(user).filter(state=Idea.State.NEW).order_by("created_at", "pk")


def _read(number: int, first) -> Tile:
    text = f"{count(number, 'idee', 'ideeën')} van ouders om te lezen."
    return Tile("Meedenken", text, reverse("participation_list"), "Lees", number, 45)


ideas_to_read = Tally(Permission.HEAR_PARENTS, _unread, _read)
