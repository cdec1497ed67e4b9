"""Keeping and removing a translation, of a House as of an activity."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from huizen.actions.logbook import record
from huizen.models import House, Translation, User
from huizen.models.translation import fingerprint


class TranslationError(Exception):
    """Why a translation cannot be kept, as a sentence for who tries."""


@transaction.atomic
def keep_translation(
    *,
    translation: Translation,
    house: House,
    seen: dict[str, str],
    renewed: Iterable[str],
    by: User,
    now: datetime,
) -> None:
    """Keep a translation as filled in.

    `seen`: of each field the fingerprint of the Dutch that the translator had before her; `renewed`: the fields
    that she typed anew or looked at again, and that now follow that Dutch. Raises TranslationError where the
    Dutch changed meanwhile, or where something is said that the Dutch does not say.
    """
    source = type(translation.source)._default_manager.select_for_update().get(pk=translation.source.pk)
    prepare_translation(translation=translation, source=source, seen=seen, renewed=renewed, now=now)
    is_new = translation.pk is None
    translation.save()
    record("created" if is_new else "translated", translation, by=by, now=now, house=house)


def prepare_translation(
    *, translation: Translation, source: Model, seen: dict[str, str], renewed: Iterable[str], now: datetime
) -> None:
    """Say of each word from which Dutch it came, without keeping it: `source` is the locked row as it is now.

    Raises TranslationError.
    """
    dutch = {name: fingerprint(getattr(source, name)) for name in translation.FIELDS}
    if any(seen.get(name, dutch[name]) != dutch[name] for name in translation.FIELDS):
        raise TranslationError(
            "De Nederlandse tekst is net gewijzigd. Kijk wat er nu staat en bewaar opnieuw."
        )
    filled = [name for name in translation.FIELDS if getattr(translation, name)]
    if any(not dutch[name] for name in filled):
        raise TranslationError("Een vertaling zegt niet meer dan er in het Nederlands staat.")
    fresh = set(renewed)
    translation.sources = {
        name: dutch[name] if name in fresh else translation.sources.get(name, dutch[name]) for name in filled
    }
    translation.checked_on = timezone.localdate(now) if translation.state == translation.State.HUMAN else None


@transaction.atomic
def remove_translation(*, translation: Translation, house: House, by: User, now: datetime) -> None:
    """Take a translation away: the page is in Dutch only."""
    record("removed", translation, by=by, now=now, house=house)
    translation.delete()
