"""What happened to something of a project, told by mail to who should know."""

from collections.abc import Iterable
from typing import Any

from huizen.models import Category, User
from huizen.outbox.queue import letter, queue_letters


def mail_to(
    people: Iterable[User | str], template: str, context: dict[str, Any], *, key: str, **facts: Any
) -> None:
    """Queue one mail to each of these people or addresses (`facts`: the others of `letter`).

    `key` says what happened, so that nobody hears of it twice.
    """
    facts = {"category": Category.PROJECT, "template": template, "context": context, **facts}
    queue_letters(
        letter(
            key=f"{key}:{place}",
            recipient=person if isinstance(person, str) else person.email,
            **facts,
        )
        for place, person in enumerate(people)
    )
