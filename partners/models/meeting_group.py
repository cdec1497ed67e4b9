"""Who meets: a working group, a steering group, a project, or people of the whole network."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from huizen.models import House, User
from huizen.roles import Permission
from partners.models.organisation import Contact, Organisation

#: Who meets where there is no House.
NETWORK = "het netwerk van de Huizen van het Kind"


def planned_by(user, way: str = "") -> Q:
    """What somebody plans: all that belongs to a House in which she does, and for the agency what belongs to none.

    `way`: how to get from a row to what has a House ("meeting__").
    """
    mine = Q(**{f"{way}house__in": House.objects.where(user, Permission.PLAN_MEETINGS)})
    of_agency = user.is_authenticated and user.may_in(Permission.PLAN_MEETINGS, None)
    return mine | Q(**{f"{way}house": None}) if of_agency else mine


def coordinators():
    """Who coordinates a House: all that the agency asks for a meeting of the whole network."""
    return User.objects.filter(
        is_active=True, memberships__role="coordinator", memberships__ended_at=None
    ).distinct()


class MeetingGroupQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person plans meetings; for the agency those of the network."""
        return self.filter(planned_by(user))

    def on(self, day):
        """Those that meet on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class MeetingGroup(models.Model):
    """People who meet more than once. Without a House it is a group of the whole network, kept by the agency."""

    class Kind(models.TextChoices):
        WORKING = "working", "werkgroep"
        STEERING = "steering", "stuurgroep"
        PROJECT = "project", "project"

    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="meeting_groups", verbose_name="Huis"
    )
    kind = models.CharField("soort", max_length=10, choices=Kind, default=Kind.WORKING)
    name = models.CharField("naam", max_length=120)
    since = models.DateField("sinds")
    until = models.DateField("tot en met", null=True, blank=True)

    objects = MeetingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        constraints = [
            models.UniqueConstraint(
                "house",
                Lower("name"),
                condition=Q(until=None),
                nulls_distinct=False,
                name="meeting_group_once",
                violation_error_message="Er is al een groep met deze naam.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="meeting_group_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        """Its name with what it is, where the name does not say so."""
        kind = self.get_kind_display()
        return self.name if self.name.lower().startswith(kind) else f"{kind} {self.name}"


class GroupMember(models.Model):
    """Who belongs to a group: somebody by mail, or an organisation that is asked as a whole.

    `reach`: a person; one address at an organisation that chooses who comes; or all contacts that the
    organisation has when people are asked (then there is no address here).
    """

    class Reach(models.TextChoices):
        PERSON = "person", "één persoon"
        CHOOSES = "chooses", "de organisatie, die kiest wie komt"
        ALL = "all", "alle contactpersonen van de organisatie"

    group = models.ForeignKey(MeetingGroup, models.CASCADE, related_name="members", verbose_name="groep")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contactpersoon"
    )
    reach = models.CharField("wie", max_length=8, choices=Reach, default=Reach.PERSON)
    name = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mail", blank=True)
    added_at = models.DateTimeField("lid sinds")

    class Meta:
        verbose_name = "lid van een groep"
        verbose_name_plural = "leden van groepen"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=~Q(email=""),
                name="group_member_once",
                violation_error_message="Dit adres is al lid van de groep.",
            ),
            models.CheckConstraint(
                condition=Q(reach="all", email="", organisation__isnull=False)
                | (~Q(reach="all") & ~Q(email="")),
                name="group_member_can_be_asked",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="group_member_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]

    def __str__(self):
        return self.name
