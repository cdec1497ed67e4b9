"""A translation of what a page says in its own words, and from which Dutch words it came."""

from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models import Q

from huizen.languages import CHOICES, Language, language_of
from huizen.models.house import House


def fingerprint(text: str) -> str:
    """A short mark of a Dutch text, the same as long as its words are; empty for an empty text."""
    words = " ".join(text.split())
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def came_from_dutch(*names: str) -> models.CheckConstraint:
    """No field says anything without the mark of the Dutch words that it translates."""
    rule = Q()
    for name in names:
        rule &= Q(**{name: ""}) | Q(sources__has_key=name)
    return models.CheckConstraint(
        condition=rule,
        name="%(app_label)s_%(class)s_from_dutch",
        violation_error_message="Een vertaling zegt niet meer dan er in het Nederlands staat.",
    )


class Translation(models.Model):
    """What every translation has. `OF`: the foreign key to the row that speaks Dutch; `FIELDS`: what of it is
    translated; `sources`: of each field the fingerprint of its Dutch.

    A field whose Dutch changed since is outdated by that alone: nobody has to mark it.
    """

    class State(models.TextChoices):
        HUMAN = "human", "Nagekeken door iemand die de taal goed kent"
        MACHINE = "machine", "Automatisch vertaald, nog niet nagekeken"

    OF: ClassVar[str]
    FIELDS: ClassVar[tuple[str, ...]]

    language = models.CharField("taal", max_length=5, choices=CHOICES)
    state = models.CharField("hoe vertaald", max_length=10, choices=State, default=State.HUMAN)
    sources = models.JSONField("vertaald van", default=dict, blank=True)
    checked_on = models.DateField("vertaling nagekeken op", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.source} ({self.get_language_display()})"

    @property
    def source(self) -> models.Model:
        """The row of which this is the translation."""
        return getattr(self, self.OF)

    @property
    def in_language(self) -> Language:
        return language_of(self.language)

    def holds(self, name: str) -> bool:
        """Whether a field is translated, from the Dutch as it is now."""
        dutch = fingerprint(getattr(self.source, name))
        return bool(getattr(self, name) and dutch) and self.sources.get(name) == dutch

    def outdated(self) -> list[str]:
        """The translated fields of which the Dutch changed since; one that has no Dutch any more is not shown at all."""
        return [
            name
            for name in self.FIELDS
            if getattr(self, name) and getattr(self.source, name) and not self.holds(name)
        ]


class HouseTranslation(Translation):
    """What a House says of itself, in another language."""

    OF = "house"
    FIELDS = ("intro", "participation")

    house = models.ForeignKey(
        House, models.CASCADE, related_name="translations", verbose_name="Huis van het Kind"
    )
    intro = models.TextField("in een paar zinnen", max_length=1000, blank=True)
    participation = models.TextField("hoe ouders meedenken", max_length=1600, blank=True)

    class Meta:
        verbose_name = "vertaling van een Huis"
        verbose_name_plural = "vertalingen van Huizen"
        constraints = [
            models.UniqueConstraint(
                fields=["house", "language"],
                name="house_translation_once",
                violation_error_message="Deze vertaling bestaat al.",
            ),
            came_from_dutch("intro", "participation"),
        ]
