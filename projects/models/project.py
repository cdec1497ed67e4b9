"""A subsidised project of a House: its policy goals and its numbered objectives."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from huizen.models import House, Municipality
from huizen.roles import Permission, Role
from huizen.vocabulary import PolicyGoal
from partners.models import ActionPoint, Meeting, MeetingGroup, Organisation
from projects.models.programme import Call

#: What everybody sees: selected, or further.
PUBLIC_STATUSES = ("selected", "running", "completed", "mainstreamed", "stopped")
#: Which owe reports; one that stopped settles with the agency what it still owes.
OWING_STATUSES = ("selected", "running", "completed", "mainstreamed")


class ProjectQuerySet(models.QuerySet):
    def public(self):
        """What everybody sees: selected, or further."""
        return self.filter(status__in=PUBLIC_STATUSES)

    def visible_to(self, user):
        """What staff of the agency follow: officers all, ABB only those with integration."""
        roles = user.roles if user.is_authenticated else set()
        if Role.OFFICER in roles:
            return self
        if Role.ABB_READER in roles:
            return self.filter(policy_goals__contains=[PolicyGoal.INTEGRATION])
        return self.none()

    def editable_by(self, user):
        """Those of the Houses that the person coordinates; an officer of the agency may edit all."""
        if not user.is_authenticated:
            return self.none()
        if Role.OFFICER in user.roles:
            return self
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PROJECTS))

    def with_places(self):
        """The rows with all that `places` reads, in a fixed number of queries."""
        return self.prefetch_related(
            Prefetch("municipalities", Municipality.objects.order_by("name")),
            "municipalities__merged_into__former",
        )


class Project(models.Model):
    """One project. No policy goals yet means: not published, "nog aan te vullen"; we never guess them."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Ontwerp"
        SELECTED = "selected", _("Geselecteerd")
        RUNNING = "running", _("Lopend")
        COMPLETED = "completed", _("Afgerond")
        MAINSTREAMED = "mainstreamed", _("Verankerd")
        STOPPED = "stopped", _("Stopgezet")

    call = models.ForeignKey(Call, models.PROTECT, related_name="projects", verbose_name="oproep")
    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam in de lijst van de oproep", max_length=160)
    official_variant = models.CharField("andere naam in de lijst van de minister", max_length=160, blank=True)
    title = models.CharField("eigen titel", max_length=160, blank=True)
    house = models.ForeignKey(
        House, models.SET_NULL, null=True, blank=True, related_name="projects", verbose_name="Huis"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="klantenbeheerder",
    )
    activities = models.ManyToManyField(
        Activity, related_name="projects", verbose_name="activiteiten", blank=True
    )
    municipalities = models.ManyToManyField(Municipality, related_name="projects", verbose_name="gemeenten")
    policy_goals = ArrayField(
        models.CharField(max_length=30, choices=PolicyGoal),
        verbose_name="doelstellingen",
        default=list,
        blank=True,
    )
    summary = models.TextField("in het kort", max_length=1500, blank=True)
    impact = models.CharField("wat je op lange termijn wil bereiken", max_length=400, blank=True)
    ends_on = models.DateField("verlengd tot en met", null=True, blank=True)
    meeting_group = models.ForeignKey(
        MeetingGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="groep die erover overlegt",
    )
    meetings = models.ManyToManyField(
        Meeting, related_name="projects", verbose_name="andere overleggen", blank=True
    )
    action_points = models.ManyToManyField(
        ActionPoint, related_name="projects", verbose_name="actiepunten", blank=True
    )
    source_note = models.CharField("bron", max_length=300, blank=True)
    status = models.CharField("toestand", max_length=15, choices=Status, default=Status.DRAFT)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "project"
        verbose_name_plural = "projecten"
        constraints = [
            models.CheckConstraint(
                condition=Q(policy_goals=[])
                | Q(policy_goals__contains=[PolicyGoal.PREVENTIVE_FAMILY_SUPPORT], policy_goals__len__gte=2),
                name="project_goals_combine",
                violation_error_message=(
                    "Een project combineert preventieve gezinsondersteuning met minstens één andere doelstelling."
                ),
            ),
        ]

    def __str__(self):
        return self.title or self.name

    @property
    def places(self) -> list[str]:
        """Its municipalities as they were called in the call, each with what it is part of today."""
        return [place_label(municipality) for municipality in self.municipalities.all()]

    @property
    def has_integration(self) -> bool:
        """Whether ABB may pay a part: only integration opens that."""
        return PolicyGoal.INTEGRATION in self.policy_goals

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC_STATUSES

    @property
    def owes_reports(self) -> bool:
        """Whether a report of it can be late."""
        return self.status in OWING_STATUSES

    @property
    def goal_labels(self) -> list[str]:
        """The policy goals in words, in the order of the vocabulary; none means not published."""
        return [gettext(goal.label) for goal in PolicyGoal if goal in self.policy_goals]

    @property
    def last_day(self) -> date | None:
        """The last day of its term: that of the call, or later; None where nobody said when the call begins."""
        if self.ends_on or not self.call.starts_on:
            return self.ends_on
        return self.call.working_years[-1].last

    @property
    def years(self) -> int:
        """How many working years it has; of the last one it may last a part."""
        first, last = self.call.starts_on, self.ends_on
        if not (first and last):
            return self.call.years
        months = (last.year - first.year) * 12 + last.month - first.month
        return max(self.call.years, months // 12 + 1)

    @property
    def is_filled_in(self) -> bool:
        """Whether everything that the agency asks is there: goals, a summary and at least one objective."""
        return bool(self.policy_goals and self.summary and self.objectives.all())


def may_see(user, policy_goals: list[str]) -> bool:
    """What `visible_to` says of a row, for the policy goals that a project had once."""
    return Role.OFFICER in user.roles or (
        Role.ABB_READER in user.roles and PolicyGoal.INTEGRATION in policy_goals
    )


def place_label(municipality: Municipality) -> str:
    """The name, and what it is today: Tongeren (nu Tongeren-Borgloon), Lokeren (nu samen met Moerbeke)."""
    now = municipality.merged_into
    if now is None:
        return municipality.name
    if now.name != municipality.name:
        return f"{municipality.name} (nu {now.name})"
    others = sorted(former.name for former in now.former.all() if former != municipality)
    return f"{municipality.name} (nu samen met {', '.join(others)})"


class Objective(models.Model):
    """A numbered goal of a project, in its own words."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="objectives", verbose_name="project")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("doel", max_length=200)
    description = models.TextField("wat het inhoudt", max_length=2000, blank=True)
    policy_goals = ArrayField(
        models.CharField(max_length=30, choices=PolicyGoal),
        verbose_name="werkt aan",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="objective_number_once",
                # Two objectives may swap numbers in one transaction.
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Dit nummer is al gebruikt.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def goal_labels(self) -> list[str]:
        """What it works on in words, in the order of the vocabulary."""
        return [goal.label for goal in PolicyGoal if goal in self.policy_goals]


class ObjectivePartner(models.Model):
    """An organisation that answers for an objective, or helps with it.

    Not held once an objective: two organisations that become one may both have answered.
    """

    class Role(models.TextChoices):
        LEADS = "leads", "trekt het"
        HELPS = "helps", "werkt mee"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="partners", verbose_name="doel")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="objectives", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=5, choices=Role)

    class Meta:
        verbose_name = "partner van een doel"
        verbose_name_plural = "partners van een doel"

    def __str__(self):
        return f"{self.organisation} {self.get_role_display()}"


class Target(models.Model):
    """What an objective can be counted by: "4 gemeenten met een antennepunt"."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="targets", verbose_name="doel")
    amount = models.PositiveIntegerField("aantal")
    what = models.CharField("van wat", max_length=160)

    class Meta:
        verbose_name = "telbaar doel"
        verbose_name_plural = "telbare doelen"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=1_000_000),
                name="target_amount",
                violation_error_message="Kies een aantal van 1 tot 1.000.000.",
            ),
            models.UniqueConstraint(
                fields=["objective", "what"],
                name="target_once",
                violation_error_message="Dit telbaar doel staat er al.",
            ),
        ]

    def __str__(self):
        return f"{self.amount} {self.what}"
