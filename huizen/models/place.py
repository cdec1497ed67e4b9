"""Places as the law and the post know them: municipalities, present and former, and localities.

NIS codes identify municipalities: seven names have an old and a new code (Tielt, Hasselt, Aalter …).
"""

from django.db import models
from django.db.models import Q


class MunicipalityQuerySet(models.QuerySet):
    def on(self, day):
        """Those that existed on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day)
        )


class Municipality(models.Model):
    """A municipality of Flanders or Brussels, of today or merged since.

    `lat`, `lon`: where people live (WGS84 degrees). `tile_col`, `tile_row`: its hexagon on our own
    schematic map; former municipalities have none.
    """

    class Province(models.TextChoices):
        ANTWERPEN = "Antwerpen", "Antwerpen"
        LIMBURG = "Limburg", "Limburg"
        OOST_VLAANDEREN = "Oost-Vlaanderen", "Oost-Vlaanderen"
        VLAAMS_BRABANT = "Vlaams-Brabant", "Vlaams-Brabant"
        WEST_VLAANDEREN = "West-Vlaanderen", "West-Vlaanderen"
        BRUSSEL = "Brussels Hoofdstedelijk Gewest", "Brussels Hoofdstedelijk Gewest"

    nis_code = models.CharField("NIS-code", max_length=5, primary_key=True)
    name = models.CharField("naam", max_length=80)
    name_fr = models.CharField("Franse naam", max_length=80, blank=True)
    province = models.CharField("provincie", max_length=40, choices=Province)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")
    population_2020 = models.PositiveIntegerField("inwoners op 1 januari 2020", null=True)
    facility = models.BooleanField("met taalfaciliteiten", default=False)
    valid_from = models.DateField("bestaat sinds", null=True)
    valid_until = models.DateField("bestond tot en met", null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="former", verbose_name="samengevoegd tot"
    )
    tile_col = models.PositiveSmallIntegerField(null=True)
    tile_row = models.PositiveSmallIntegerField(null=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None, merged_into=None)
                | Q(valid_until__isnull=False, merged_into__isnull=False),
                name="municipality_ended_means_merged",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def present(self) -> "Municipality":
        """The municipality that it is part of today: itself, unless merged."""
        return self.merged_into or self


class Locality(models.Model):
    """A name that people live in, with its postcode: a municipality, a former one, a sub-municipality.

    `municipality` is the present one; `former` the merged one that it lay in, where there was one,
    because a House's working area may still follow the old borders.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "gemeente", "gemeente"
        FORMER = "former_gemeente", "vroegere gemeente"
        SUB = "deelgemeente", "deelgemeente"
        LOCALITY = "locality", "plaats"

    postcode = models.CharField("postcode", max_length=4)
    name = models.CharField("naam", max_length=80)
    name_fr = models.CharField("Franse naam", max_length=80, blank=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="localities")
    former = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="former_localities")
    is_primary = models.BooleanField("eerste gemeente van de postcode", default=True)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")

    class Meta:
        verbose_name = "plaats"
        verbose_name_plural = "plaatsen"
        constraints = [
            models.UniqueConstraint(fields=["postcode", "name", "municipality"], name="locality_once"),
            models.CheckConstraint(condition=Q(postcode__regex=r"^[1-9][0-9]{3}$"), name="locality_postcode"),
        ]

    def __str__(self):
        return f"{self.postcode} {self.name}"


class PlaceAlias(models.Model):
    """Another name that people use: Antwerp, Molenbeek, Sint-Joost."""

    name = models.CharField("naam", max_length=80)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = "andere naam"
        verbose_name_plural = "andere namen"
        constraints = [models.UniqueConstraint(fields=["name", "municipality"], name="place_alias_once")]

    def __str__(self):
        return self.name
