"""What stands only once, and what is gone meanwhile: the database's own rules, in words for who was second."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)


@contextmanager
def once(refusal: type[Exception], words: str) -> Iterator[None]:
    """Write inside it. Raises `refusal` with these words where the same stands there already: who pressed twice, or two at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal(words) from error


def still_there(row: Row, refusal: type[Exception], words: str) -> Row:
    """The row as it is now that what it belongs to is locked. Raises `refusal` with these words when it is gone."""
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise refusal(words)
    return found
