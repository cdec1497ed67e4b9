"""A parent's sign-up for one moment, with the children who come."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.attendance import Came
from activities.models.schedule import Session
from activities.models.series import Series
from activities.models.sign_up import BaseSignUp, ComingChild, month_of_birth
from families.models import Family


class RegistrationQuerySet(models.QuerySet):
    def current(self):
        """Those that hold a place, were offered one, or wait for one."""
        state = Registration.State
        return self.filter(state__in=[state.CONFIRMED, state.OFFERED, state.WAITING])

    def in_line(self):
        """Those that wait, next first, by the rule of their activity."""
        rows = self.filter(state=Registration.State.WAITING).with_yields()
        return rows.order_by("yields", "waiting_number")

    def with_yields(self):
        """Each with `yields`: whether it lets families go first that are new, where its activity says so."""
        before = Registration.objects.filter(
            session__activity=OuterRef("session__activity"),
            contact_key=OuterRef("contact_key"),
            state=Registration.State.CONFIRMED,
            anonymised_at=None,
        )
        new_first = Q(session__activity__waiting_order=Activity.WaitingOrder.FIRST_TIME)
        yields = Case(
            When(new_first & Exists(before), then=Value(True)),
            default=Value(False),
            output_field=models.BooleanField(),
        )
        return self.annotate(yields=yields)


class Registration(BaseSignUp):
    """One party for one moment: it gets its places together, or waits together.

    One contact has one current registration a moment. `kept_places`: how many of its places the House kept, so that
    they are kept again when it leaves; nobody is shown it, and it goes with the names.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("ingeschreven")
        WAITING = "waiting", _("op de wachtlijst")
        OFFERED = "offered", _("kan een plaats krijgen")
        CANCELLED = "cancelled", _("geannuleerd")

    class CancelledBy(models.TextChoices):
        PARENT = "parent", "de ouder"
        HOUSE = "house", "het Huis"
        CLOCK = "clock", "geen antwoord op tijd"

    session = models.ForeignKey(Session, models.CASCADE, related_name="registrations", verbose_name="moment")
    family = models.ForeignKey(
        Family, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name="gezin"
    )
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="vaste inschrijving",
    )
    note = models.CharField("wil je nog iets zeggen", max_length=300, blank=True)
    state = models.CharField("toestand", max_length=10, choices=State)
    kept_places = models.PositiveSmallIntegerField("plaatsen die het Huis bewaarde", default=0)
    waiting_number = models.PositiveIntegerField("nummer op de wachtlijst", null=True, blank=True)
    promoted_at = models.DateTimeField("van de wachtlijst op", null=True, blank=True)
    offer_expires_at = models.DateTimeField("antwoorden kan tot", null=True, blank=True)
    cancelled_at = models.DateTimeField("geannuleerd op", null=True, blank=True)
    cancelled_by = models.CharField("geannuleerd door", max_length=10, choices=CancelledBy, blank=True)
    feedback_given = models.BooleanField("gaf een mening", default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contact_key"],
                condition=Q(state__in=["confirmed", "waiting", "offered"], anonymised_at=None),
                name="registration_once",
                violation_error_message="Je bent al ingeschreven voor dit moment.",
            ),
            # Finds the next in line as well.
            models.UniqueConstraint(
                fields=["session", "waiting_number"],
                condition=Q(state="waiting"),
                name="registration_waiting_once",
            ),
            *BaseSignUp.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_number__isnull=False),
                name="registration_waiting_has_number",
            ),
            models.CheckConstraint(
                condition=Q(kept_places=0) | Q(state="confirmed", kept_places__lte=F("places")),
                name="registration_kept_places_are_its_own",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_expires_at__isnull=False)
                | (~Q(state="offered") & Q(offer_expires_at=None)),
                name="registration_offered_has_end",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="registration_cancelled_has_time",
            ),
        ]
        indexes = [
            # Finds the offers that are over.
            models.Index(
                fields=["offer_expires_at"], condition=Q(state="offered"), name="registration_offers"
            ),
            # What one contact has, over all moments: "Mijn" and the warning for two things at once.
            models.Index(
                fields=["contact_key"], condition=Q(anonymised_at=None), name="registration_contact"
            ),
        ]

    def __str__(self):
        # Without the name: this stands in the logbook and in error messages.
        return f"inschrijving {str(self.pk)[:8]}: {self.session}"


class Participant(ComingChild):
    """A child that comes along to one moment."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="participants")
    came = models.CharField("aanwezig", max_length=8, choices=Came, blank=True)

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        constraints = [month_of_birth("participant")]
