"""What a partner's editor proposes for an offer, until the coordinator decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from huizen.models import House
from huizen.roles import Permission


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody decided on yet."""
        return self.filter(state__in=[Proposal.State.WAITING, Proposal.State.ASKED])

    def editable_by(self, user):
        """Those of the offer that somebody may change: her own organisation's, or that of her Houses."""
        return self.filter(activity__in=Activity.objects.editable_by(user))

    def decided_by(self, user):
        """Those of the Houses in which somebody decides on what partners propose."""
        return self.filter(activity__house__in=House.objects.where(user, Permission.APPROVE_OFFER))


class Proposal(models.Model):
    """A change that waits while parents read the offer as it was; or a new offer (then `facts` is empty).

    `facts` holds only what would change: {field: value}, with "rules" for when it is and "translation:fr" for what
    it says in French (activities/offer_facts.py). `base` holds what she saw in those places. At most one is open.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        ASKED = "asked", "vraag gesteld"
        APPROVED = "approved", "goedgekeurd"
        DECLINED = "declined", "niet goedgekeurd"
        TAKEN_BACK = "taken_back", "teruggenomen"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="proposals", verbose_name="activiteit"
    )
    facts = models.JSONField("voorstel", default=dict)
    base = models.JSONField("zoals het was", default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="van"
    )
    at = models.DateTimeField("gewijzigd op")
    state = models.CharField("toestand", max_length=10, choices=State, default=State.WAITING)
    question = models.CharField("vraag", max_length=500, blank=True)
    answer = models.CharField("antwoord", max_length=500, blank=True)
    reason = models.CharField("waarom niet", max_length=300, blank=True)
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslist door",
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state__in=["waiting", "asked"]),
                name="proposal_one_open",
                violation_error_message="Er wacht al een voorstel voor deze activiteit.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asked"], decided_at=None)
                | (~Q(state__in=["waiting", "asked"]) & Q(decided_at__isnull=False)),
                name="proposal_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | ~Q(question=""),
                name="proposal_asked_has_question",
                violation_error_message="Schrijf je vraag.",
            ),
        ]

    def __str__(self):
        return str(self.activity)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in {self.State.WAITING, self.State.ASKED}

    @property
    def is_new_offer(self) -> bool:
        """Whether the whole offer is new to parents, and not a change of what they read."""
        return not self.facts
