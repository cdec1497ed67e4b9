"""Rows that are there for a while, and never for anybody else."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """What happens here is never committed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
