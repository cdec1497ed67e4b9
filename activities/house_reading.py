"""What a House says of itself and of its offer, in the language of a reader: for paper, where nobody taps further."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from activities.models import Activity, ActivityTranslation
from huizen.languages import ALL, BY_CODE, DUTCH, language_of
from huizen.models import House, HouseTranslation, Translation
from huizen.reading import Passage, Reading, read


def read_house(house: House, activities: Iterable[Activity], *, asked: str) -> Reading:
    """The passages of a House, and on each activity its title as `said`, in the asked language as far as that holds.

    `choices`: every language in which anything of this House is told. At most three queries.
    """
    activities = list(activities)
    translations = list(house.translations.all())
    own = read(house, HouseTranslation.FIELDS, translations, asked=asked)
    rows = _translated_titles(activities, asked)
    for activity in activities:
        row = rows.get(activity.pk)
        activity.said = (
            Passage(row.title, row.in_language) if row else Passage(activity.title, BY_CODE[DUTCH])
        )
    told = {row.language for row in translations} | _languages_of(house)
    return replace(
        own,
        language=language_of(asked) if rows else own.language,
        choices=[language for language in ALL if language.code == DUTCH or language.code in told],
        is_machine=own.is_machine or any(row.state == Translation.State.MACHINE for row in rows.values()),
        is_partial=own.is_partial or (bool(rows) and any(activity.pk not in rows for activity in activities)),
    )


def _translated_titles(activities: Sequence[Activity], asked: str) -> dict[int, ActivityTranslation]:
    """Of each activity the translation of which the title still holds."""
    code = language_of(asked).code
    if not activities or code == DUTCH:
        return {}
    rows = ActivityTranslation.objects.filter(activity__in=[a.pk for a in activities], language=code)
    mine = {activity.pk: activity for activity in activities}
    found = {}
    for row in rows:
        row.activity = mine[row.activity_id]
        if row.holds("title"):
            found[row.activity_id] = row
    return found


def _languages_of(house: House) -> set[str]:
    rows = ActivityTranslation.objects.filter(activity__in=Activity.objects.published().filter(house=house))
    return set(rows.values_list("language", flat=True).distinct())
