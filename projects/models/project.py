"""A subsidised project of a House: its policy goals and its numbered objectives."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huizen.models import House, Municipality
from huizen.roles import Role
from huizen.vocabulary import PolicyGoal
from projects.models.programme import Call


class ProjectQuerySet(models.QuerySet):
    def public(self):
        """What everybody sees: selected, or further."""
        return self.filter(status__in=["selected", "running", "completed", "mainstreamed", "stopped"])

    def visible_to(self, user):
        """What staff of the agency follow: officers all, ABB only those with integration."""
        roles = user.roles if user.is_authenticated else set()
        if Role.OFFICER in roles:
            return self
        if Role.ABB_READER in roles:
            return self.filter(policy_goals__contains=[PolicyGoal.INTEGRATION])
        return self.none()


class Project(models.Model):
    """One project. No policy goals yet means: not published, "nog aan te vullen"; we never guess them."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Ontwerp"
        SUBMITTED = "submitted", "Ingediend"
        INADMISSIBLE = "inadmissible", "Onontvankelijk"
        IN_JURY = "in_jury", "Bij de jury"
        NOT_SELECTED = "not_selected", "Niet geselecteerd"
        SELECTED = "selected", "Geselecteerd"
        RUNNING = "running", "Lopend"
        COMPLETED = "completed", "Afgerond"
        MAINSTREAMED = "mainstreamed", "Verankerd"
        STOPPED = "stopped", "Stopgezet"

    call = models.ForeignKey(Call, models.PROTECT, related_name="projects", verbose_name="oproep")
    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam in de lijst van de oproep", max_length=160)
    official_variant = models.CharField("andere naam in de lijst van de minister", max_length=160, blank=True)
    title = models.CharField("eigen titel", max_length=160, blank=True)
    house = models.ForeignKey(
        House, models.SET_NULL, null=True, blank=True, related_name="projects", verbose_name="Huis"
    )
    municipalities = models.ManyToManyField(Municipality, related_name="projects", verbose_name="gemeenten")
    policy_goals = ArrayField(
        models.CharField(max_length=30, choices=PolicyGoal), verbose_name="doelstellingen", default=list, blank=True
    )
    summary = models.TextField("in het kort", max_length=1500, blank=True)
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


class Objective(models.Model):
    """A numbered goal of a project, in its own words."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="objectives", verbose_name="project")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("doel", max_length=200)
    description = models.TextField("wat het inhoudt", max_length=2000, blank=True)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="objective_number_once",
                violation_error_message="Dit nummer is al gebruikt.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"
