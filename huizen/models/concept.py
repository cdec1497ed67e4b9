"""What families call things, and what nobody of us understood yet."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huizen.vocabulary import LifeDomain, OfferType


class Concept(models.Model):
    """A phrase of daily life, in one language, and the offer it leads to; the likeliest kind of offer first.

    `folded`: the phrase as it is compared (huizen.search.text). `changed_at`: when one of us changed it;
    empty while it stands as it came with the portal.
    """

    class Language(models.TextChoices):
        NL = "nl", "Nederlands"
        FR = "fr", "Frans"
        EN = "en", "Engels"
        TR = "tr", "Turks"
        AR = "ar", "Arabisch"
        UK = "uk", "Oekraïens"

    phrase = models.CharField("wat mensen typen", max_length=80)
    folded = models.CharField(max_length=80, editable=False)
    language = models.CharField("taal", max_length=2, choices=Language, default=Language.NL)
    offer_types = ArrayField(
        models.CharField(max_length=30, choices=OfferType),
        verbose_name="leidt naar",
        default=list,
        blank=True,
    )
    life_domains = ArrayField(
        models.CharField(max_length=30, choices=LifeDomain),
        verbose_name="levensdomeinen",
        default=list,
        blank=True,
    )
    is_active = models.BooleanField("in gebruik", default=True)
    changed_at = models.DateTimeField("gewijzigd op", null=True, editable=False)

    class Meta:
        verbose_name = "zoekwoord"
        verbose_name_plural = "zoekwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "language"],
                name="concept_once",
                violation_error_message="Dit zoekwoord bestaat al in deze taal.",
            ),
            models.CheckConstraint(
                condition=~Q(folded=""),
                name="concept_has_words",
                violation_error_message="Typ minstens één woord.",
            ),
            models.CheckConstraint(
                condition=~Q(offer_types=[], life_domains=[]),
                name="concept_leads_somewhere",
                violation_error_message="Kies waar het zoekwoord naartoe leidt.",
            ),
        ]

    def __str__(self):
        return self.phrase

    @property
    def leads_to(self) -> list[str]:
        """The kinds of offer and the life domains in words, in order."""
        kinds = [OfferType(code).label for code in self.offer_types]
        return kinds + [LifeDomain(code).label for code in self.life_domains]


class SearchPhrase(models.Model):
    """Words that people search with, as far as we heard how it went, and when last. Nothing tells who typed them.

    `phrase` is folded, as a concept is. `missed`: how often nothing was found, or not what was meant; `found`: how
    often it was. `is_dismissed`: one of us saw it, and it needs no phrase of ours.
    """

    phrase = models.CharField("wat mensen typten", max_length=60, unique=True)
    missed = models.PositiveIntegerField("hoe vaak niet gevonden", default=0)
    found = models.PositiveIntegerField("hoe vaak gevonden", default=0)
    last_on = models.DateField("laatst op")
    is_dismissed = models.BooleanField("niet nodig", default=False)

    class Meta:
        verbose_name = "zoekvraag"
        verbose_name_plural = "zoekvragen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(phrase="") & (Q(missed__gte=1) | Q(found__gte=1)),
                name="search_phrase_says_something",
                violation_error_message="Een zoekvraag heeft woorden, en iemand zei hoe het ging.",
            ),
        ]

    def __str__(self):
        return self.phrase
