"""What is on offer: an activity with moments, or a service that goes on without dates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.sign_up_rules import SignUpRules
from huizen.models import Fact, House, Location
from huizen.roles import Permission
from huizen.vocabulary import AGE_MAX, AGE_MIN, LANGUAGES, Element, LifeDomain, OfferType, Pillar
from partners.models import Contact, Organisation


class ActivityQuerySet(models.QuerySet):
    def published(self):
        """What parents see: published, for families, of a House that they see."""
        online = self.filter(status=Activity.Status.PUBLISHED, house__is_published=True)
        return online.filter(audience=Activity.Audience.FAMILIES)

    def for_professionals(self):
        """What professionals of the whole network learn from; families never see it."""
        return self.filter(status=Activity.Status.PUBLISHED, audience=Activity.Audience.PROFESSIONALS)

    def editable_by(self, user):
        """All offer of the Houses where she publishes; in other Houses of hers only that of organisations she edits.

        An editor whose role in the House ended, or who edits another partner, changes nothing there.
        """
        return self.filter(kept_by(user))


def kept_by(user) -> Q:
    """Of rows with a House and an organiser those that somebody keeps: all of the Houses where she publishes, and in
    other Houses of hers those of organisations that she edits."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = Organisation.objects.filter(editors__user=user, editors__ended_at=None)
    publishes = Q(house__in=House.objects.where(user, Permission.PUBLISH_OFFER))
    return publishes | Q(house__in=House.objects.where(user, Permission.EDIT_OFFER), organiser__in=own)


class Activity(SignUpRules):
    """One thing that a parent can go to. Ages are whole months, both ends included; −9 is nine months before birth.

    Capacity counts children, or persons where the activity asks for no children.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Ontwerp"
        PROPOSED = "proposed", "Voorgesteld"
        PUBLISHED = "published", "Gepubliceerd"
        TO_CHECK = "to_check", "Na te kijken"
        EXPIRED = "expired", "Verlopen"
        ARCHIVED = "archived", "Gearchiveerd"

    class Audience(models.TextChoices):
        FAMILIES = "families", "Gezinnen"
        PROFESSIONALS = "professionals", "Professionals: een leertraject, leerlab of ondersteuningstraject"

    class Dutch(models.TextChoices):
        NONE = "none", _("Je hoeft geen Nederlands te kennen")
        LITTLE = "little", _("Een beetje Nederlands is genoeg")
        FLUENT = "fluent", _("Je spreekt vlot Nederlands")

    class Price(models.TextChoices):
        FREE = "free", _("Gratis")
        OWN_CHOICE = "own_choice", _("Kies zelf wat je geeft")
        PAID = "paid", _("Betalend")

    class RegistrationMode(models.TextChoices):
        NONE = "none", _("Kom gewoon langs")
        OPTIONAL = "optional", _("Inschrijven mag")
        REQUIRED = "required", _("Schrijf je in")
        APPOINTMENT = "appointment", _("Maak een afspraak")

    class Channel(models.TextChoices):
        ONLINE = "online", "hier op de site"
        PHONE = "phone", "met een telefoontje"
        EMAIL = "email", "met een mail"
        ONSITE = "onsite", "ter plaatse"

    class Counts(models.TextChoices):
        CHILDREN = "children", "kinderen"
        PERSONS = "persons", "personen"

    house = models.ForeignKey(House, models.CASCADE, related_name="activities", verbose_name="Huis")
    organiser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="organisator",
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="plek"
    )
    audience = models.CharField("voor", max_length=13, choices=Audience, default=Audience.FAMILIES)
    keeper = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kept_offer",
        verbose_name="wie antwoordt ervoor",
    )
    slug = models.SlugField("adres op het portaal", max_length=120, unique=True)
    title = models.CharField("titel", max_length=100)
    summary = models.CharField("in één zin", max_length=240)
    description = models.TextField("wat gebeurt er", max_length=3000, blank=True)
    plain = models.TextField("in gewone woorden", max_length=1500, blank=True)
    offer_type = models.CharField("soort", max_length=30, choices=OfferType)
    element = models.CharField("element", max_length=12, choices=Element)
    pillar = models.CharField("pijler", max_length=20, choices=Pillar)
    life_domains = ArrayField(
        models.CharField(max_length=20, choices=LifeDomain),
        verbose_name="levensdomeinen",
        default=list,
        blank=True,
    )
    age_min = models.SmallIntegerField("vanaf (maanden)", default=AGE_MIN)
    age_max = models.SmallIntegerField("tot en met (maanden)", default=AGE_MAX)
    languages = ArrayField(
        models.CharField(max_length=5, choices=LANGUAGES), verbose_name="talen", default=list, blank=True
    )
    dutch = models.CharField("hoeveel Nederlands", max_length=10, choices=Dutch, default=Dutch.LITTLE)
    price_kind = models.CharField("prijs", max_length=12, choices=Price, default=Price.FREE)
    price_cents = models.PositiveIntegerField("bedrag in cent", null=True, blank=True)
    reduced_rate = models.BooleanField("minder betalen kan", default=False)
    registration_mode = models.CharField(
        "inschrijven", max_length=12, choices=RegistrationMode, default=RegistrationMode.NONE
    )
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel),
        verbose_name="hoe inschrijven",
        default=list,
        blank=True,
    )
    phone = models.CharField("telefoon om in te schrijven", max_length=30, blank=True)
    email = models.EmailField("e-mail om in te schrijven", blank=True)
    counts = models.CharField("plaatsen tellen", max_length=10, choices=Counts, default=Counts.CHILDREN)
    asks_birth_month = models.BooleanField("vraag de geboortemaand", default=True)
    capacity = models.PositiveSmallIntegerField("aantal plaatsen", null=True, blank=True)
    closes_hours = models.PositiveSmallIntegerField("inschrijven kan tot (uren vooraf)", default=0)
    welcome = models.CharField("wie ontvangt je", max_length=160, blank=True)
    bring = models.CharField("wat breng je mee", max_length=200, blank=True)
    siblings = models.CharField("broer of zus mag mee", max_length=10, choices=Fact, default=Fact.UNKNOWN)
    childcare = models.BooleanField("opvang voor je kinderen", default=False)
    indoor = models.BooleanField("binnen", default=True)
    status = models.CharField("toestand", max_length=10, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField("nagekeken op", null=True, blank=True)
    changed_at = models.DateTimeField("gewijzigd op")
    published_at = models.DateTimeField("voor het eerst online op", null=True, blank=True)
    is_demo = models.BooleanField("voorbeeld", default=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [
            models.CheckConstraint(
                condition=Q(age_min__gte=AGE_MIN, age_max__lte=AGE_MAX, age_max__gte=F("age_min")),
                name="activity_ages",
                violation_error_message="Kies leeftijden van 9 maanden voor de geboorte tot 25 jaar, de jongste eerst.",
            ),
            models.CheckConstraint(
                # An unknown price would pass a CHECK that only compares it.
                condition=~Q(price_kind="paid") | Q(price_cents__isnull=False, price_cents__gt=0),
                name="activity_paid_has_price",
                violation_error_message="Zeg hoeveel het kost.",
            ),
            models.CheckConstraint(
                condition=Q(price_kind="paid") | Q(price_cents=None),
                name="activity_free_has_no_price",
                violation_error_message="Een bedrag hoort alleen bij een betalende activiteit.",
            ),
            models.CheckConstraint(
                condition=~Q(registration_mode="none") | Q(channels=[]),
                name="activity_drop_in_has_no_channel",
                violation_error_message="Wie gewoon langs mag komen, hoeft nergens in te schrijven.",
            ),
            models.CheckConstraint(
                condition=Q(audience="families") | Q(counts="persons", asks_birth_month=False),
                name="activity_professionals_bring_no_children",
                violation_error_message="Voor professionals tellen we personen, en vragen we niets over kinderen.",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0),
                name="activity_capacity",
                violation_error_message="Geef minstens één plaats, of laat het leeg als er geen grens is.",
            ),
            *SignUpRules.Meta.constraints,
        ]
        indexes = [
            models.Index(fields=["house", "status"], name="activity_house"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_online(self) -> bool:
        """Whether parents see it: published, for families, of a House that they see."""
        return self.is_for_families and self.status == self.Status.PUBLISHED and self.house.is_published

    @property
    def is_for_families(self) -> bool:
        return self.audience == self.Audience.FAMILIES

    @property
    def takes_registrations(self) -> bool:
        """Whether parents can sign up here, on the portal."""
        return self.Channel.ONLINE in self.channels
