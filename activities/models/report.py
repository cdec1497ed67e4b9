"""What a visitor tells us about a page that is wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from huizen.models import House
from huizen.roles import Permission


class ReportQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses where somebody answers them; those about no House are for the agency."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(house__in=House.objects.where(user, Permission.ANSWER_REPORTS))
        return self.filter(mine | Q(house=None) if user.may(Permission.EDIT_NETWORK) else mine)


class Report(models.Model):
    """One message of a visitor, made without an account. The mail address is for a thank-you alone.

    About an activity, a House, or (both empty) the portal. Text and address are erased 30 days after it was
    handled, and a year after it was sent at the latest (docs/data-retention.yaml); that it came, and about what,
    stays.
    """

    class Kind(models.TextChoices):
        GONE = "gone", _("Het bestaat niet meer")
        WHEN = "when", _("De dag of het uur klopt niet")
        WHERE = "where", _("Het adres of de weg klopt niet")
        CONTACT = "contact", _("De telefoon of de mail werkt niet")
        PRICE = "price", _("De prijs klopt niet")
        ACCESS = "access", _("Ik raakte niet binnen (rolstoel, buggy)")
        UNCLEAR = "unclear", _("Ik begrijp de tekst niet")
        OTHER = "other", _("Iets anders")
        # Said by who answers for an offer (activities/actions/check_answer.py); no visitor chooses these.
        CHANGES = "changes", "Er verandert iets, zegt wie het aanbod bijhoudt"
        STOPS = "stops", "Dit stopt, zegt wie het aanbod bijhoudt"

    #: What no visitor chooses.
    OF_KEEPERS = ("changes", "stops")

    class State(models.TextChoices):
        NEW = "new", "nieuw"
        SOLVED = "solved", "opgelost"
        REFUSED = "refused", "niet juist"

    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name="activiteit"
    )
    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name="Huis"
    )
    kind = models.CharField("wat klopt er niet", max_length=10, choices=Kind)
    text = models.CharField("vertel het ons", max_length=500, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    state = models.CharField("toestand", max_length=10, choices=State, default=State.NEW)
    created_at = models.DateTimeField("gemeld op")
    handled_at = models.DateTimeField("behandeld op", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="behandeld door",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(activity=None) | Q(house__isnull=False),
                name="report_of_an_activity_is_of_its_house",
            ),
            models.CheckConstraint(
                condition=Q(state="new", handled_at=None) | (~Q(state="new") & Q(handled_at__isnull=False)),
                name="report_handled_has_time",
            ),
        ]
        indexes = [models.Index(fields=["house", "state"], name="report_house")]

    def __str__(self):
        return str(self.activity or self.house or "het portaal")
