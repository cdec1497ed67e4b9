"""Organisations around the Houses, and what they are in each."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from huizen.models import House
from huizen.models.span import days, same
from huizen.roles import Permission
from huizen.vocabulary import LifeDomain, policy_domains

#: What an organisation tells of itself: typed in its form, and taken from a file.
TOLD_FACTS = ("name", "kind", "life_domains", "description", "phone", "email", "website", "kbo_number")


class OrganisationQuerySet(models.QuerySet):
    def editable_by(self, user):
        """The present partners of the person's Houses (for who edits partners), and the ones she edits as partner."""
        if not user.is_authenticated:
            return self.none()
        current = Partnership.objects.editable_by(user).filter(until=None)
        of_house = Q(pk__in=current.values("organisation"))
        return self.filter(of_house | Q(editors__user=user, editors__ended_at=None)).distinct()

    def mergeable_by(self, user, other=None):
        """All for the agency; else the present partners of the Houses where the person merges.

        With another organisation: only those that she may merge with it, because both are partner of one of her Houses.
        """
        if user.may_in(Permission.MERGE_PARTNERS, None):
            return self.exclude(pk=other.pk) if other else self
        present = Partnership.objects.filter(
            house__in=House.objects.where(user, Permission.MERGE_PARTNERS), until=None
        )
        if other:
            shared = present.filter(organisation=other).values("house")
            present = present.filter(house__in=shared).exclude(organisation=other)
        return self.filter(pk__in=present.values("organisation"))


class Organisation(models.Model):
    """A partner: a service, an association, a school, a town. One row, many partnerships.

    `kbo_number`: the ten digits of the Belgian enterprise register.
    """

    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort organisatie", max_length=80, blank=True)
    life_domains = ArrayField(
        models.CharField(max_length=20, choices=LifeDomain),
        verbose_name="levensdomeinen",
        default=list,
        blank=True,
    )
    description = models.TextField("wat deze partner doet", max_length=600, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("website", blank=True)
    logo = models.ImageField("logo", upload_to="logos/", blank=True)
    kbo_number = models.CharField(
        "KBO-nummer",
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(r"^[01][0-9]{9}$", "Een KBO-nummer heeft tien cijfers en begint met 0 of 1.")
        ],
    )
    sociale_kaart_id = models.CharField("nummer in de Sociale Kaart", max_length=40, blank=True)
    is_demo = models.BooleanField("voorbeeld", default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.UniqueConstraint(
                fields=["kbo_number"],
                condition=~Q(kbo_number=""),
                name="organisation_kbo_once",
                violation_error_message="Er is al een organisatie met dit KBO-nummer.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def life_domain_labels(self) -> list[str]:
        """What it helps with, in people's words."""
        return [LifeDomain(code).label for code in self.life_domains]

    @property
    def policy_domain_labels(self) -> list[str]:
        """The same as a government parts it; for professionals alone."""
        return [domain.label for domain in policy_domains(self.life_domains)]


class PartnershipQuerySet(models.QuerySet):
    def on(self, day):
        """Those in force on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def editable_by(self, user):
        """Those of the Houses in which the person edits partners, also ended ones."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PARTNERS))

    def trusting(self, user):
        """Present ones of organisations that the person edits, whose House lets them publish by themselves."""
        return self.filter(
            until=None,
            is_trusted=True,
            organisation__editors__user=user,
            organisation__editors__ended_at=None,
        )


class Partnership(models.Model):
    """What an organisation is in a House, from a day, until a day."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", "Organisator"
        LEAD = "lead", "Trekker"
        CORE = "core", "Kernpartner"
        PARTNER = "partner", "Partner"
        STEERING = "steering", "Lid stuurgroep"
        WORKING_GROUP = "working_group", "Lid werkgroep"
        VOLUNTEER = "volunteer", "Vrijwilliger"

    house = models.ForeignKey(House, models.CASCADE, related_name="partnerships", verbose_name="Huis")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="partnerships", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=20, choices=Role, default=Role.PARTNER)
    since = models.DateField("sinds")
    until = models.DateField("tot en met", null=True, blank=True)
    is_trusted = models.BooleanField("publiceert zonder goedkeuring", default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "partnerschap"
        verbose_name_plural = "partnerschappen"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="partnership_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            ExclusionConstraint(
                name="partnership_once_at_a_time",
                expressions=[
                    (same("house"), RangeOperators.OVERLAPS),
                    (same("organisation"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze organisatie is in die periode al partner van het Huis.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} in {self.house}"


class ContactQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the organisations that the person edits."""
        return self.filter(organisation__in=Organisation.objects.editable_by(user))


class Contact(models.Model):
    """Somebody to call at an organisation. Only professionals see it, unless made public."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contacts", verbose_name="organisatie"
    )
    name = models.CharField("naam", max_length=120)
    function = models.CharField("functie", max_length=80, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    is_public = models.BooleanField("ook zichtbaar voor ouders", default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="contact_can_be_reached",
                violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
            ),
        ]

    def __str__(self):
        return self.name
