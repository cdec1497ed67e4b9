"""A Huis van het Kind: a partnership with a working area, not a building."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huizen.models.place import Municipality
from huizen.models.span import days, same
from huizen.roles import Permission, roles_with
from huizen.vocabulary import OfferType

PHONE_HELP = "Zoals je het op een affiche zet: 014 00 00 00"


def looked_at_sooner() -> list[str]:
    """The kinds of offer that a House looks at more often, until it says otherwise: days of a clinic change a lot."""
    return [OfferType.CONSULTATION_CLINIC]


class HouseQuerySet(models.QuerySet):
    def published(self):
        """Those that parents see."""
        return self.filter(is_published=True)

    def where(self, user, permission: Permission):
        """The Houses in which somebody may do something; none for who is not signed in.

        For somebody who looks at one of them (`User.within`) at most that one.
        """
        if not user.is_authenticated:
            return self.none()
        mine = self.filter(
            memberships__user=user, memberships__ended_at=None, memberships__role__in=roles_with(permission)
        )
        return (mine.filter(pk=user.at.pk) if user.at else mine).distinct()

    def editable_by(self, user):
        return self.where(user, Permission.EDIT_HOUSE)


class House(models.Model):
    """One local partnership. *Erkend* and *gesubsidieerd* are two separate states."""

    class Form(models.TextChoices):
        PHYSICAL = "physical", _("Fysiek Huis")
        MULTI_SITE = "multi_site", _("Meerdere locaties")
        NETWORK = "network", _("Netwerk zonder eigen plek")
        VIRTUAL = "virtual", _("Virtueel Huis")

    class LegalForm(models.TextChoices):
        DE_FACTO = "de_facto_association", "Feitelijke vereniging"
        NONPROFIT = "nonprofit", "Vzw"
        LOCAL_AUTHORITY = "local_authority", "Lokaal bestuur"

    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam", max_length=120)
    form = models.CharField("vorm", max_length=20, choices=Form, default=Form.PHYSICAL)
    legal_form = models.CharField("rechtsvorm", max_length=30, choices=LegalForm, blank=True)
    is_recognised = models.BooleanField("erkend", default=False)
    is_subsidised = models.BooleanField("gesubsidieerd", default=False)
    intro = models.TextField("in een paar zinnen", max_length=600, blank=True)
    participation = models.TextField("hoe ouders meedenken", max_length=1000, blank=True)
    question = models.CharField("vraag aan ouders", max_length=160, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True, help_text=PHONE_HELP)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("website", blank=True)
    checked_on = models.DateField("nagekeken op", null=True, blank=True)
    check_every_months = models.PositiveSmallIntegerField("nakijken om de (maanden)", default=6)
    hide_after_months = models.PositiveSmallIntegerField("verbergen na (maanden)", default=12)
    sooner_types = ArrayField(
        models.CharField(max_length=30, choices=OfferType),
        verbose_name="vaker nakijken",
        default=looked_at_sooner,
        blank=True,
    )
    sooner_months = models.PositiveSmallIntegerField("vaker nakijken om de (maanden)", default=3)
    asks_monthly = models.BooleanField("elke maand vragen of het nog klopt", default=True)
    is_published = models.BooleanField("zichtbaar voor ouders", default=True)
    is_demo = models.BooleanField("voorbeeld", default=False)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Huis van het Kind"
        verbose_name_plural = "Huizen van het Kind"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    check_every_months__gte=1,
                    hide_after_months__gt=F("check_every_months"),
                    hide_after_months__lte=36,
                ),
                name="house_hides_after_it_asks",
                violation_error_message="Verberg pas nadat je het vroeg, en ten laatste na 36 maanden.",
            ),
            models.CheckConstraint(
                condition=Q(sooner_months__gte=1, sooner_months__lte=36),
                name="house_sooner_months",
                violation_error_message="Kies van 1 tot 36 maanden.",
            ),
        ]

    def __str__(self):
        return self.name


class WorkingAreaQuerySet(models.QuerySet):
    def on(self, day):
        """Those in force on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class WorkingArea(models.Model):
    """A (former) municipality that a House serves, from a day, until a day.

    Former municipalities count: mergers left parts of one new municipality with different Houses.
    """

    house = models.ForeignKey(House, models.CASCADE, related_name="working_areas", verbose_name="Huis")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="working_areas", verbose_name="gemeente"
    )
    since = models.DateField("sinds")
    until = models.DateField("tot en met", null=True, blank=True)

    objects = WorkingAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "werkingsgebied"
        verbose_name_plural = "werkingsgebieden"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="working_area_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            ExclusionConstraint(
                name="working_area_one_house_at_a_time",
                expressions=[
                    (same("municipality"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode hoort deze gemeente al bij een Huis.",
            ),
        ]

    def __str__(self):
        return f"{self.house} in {self.municipality}"
