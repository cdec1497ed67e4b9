"""People who sign in, what they are in the network, and how they came to be invited."""

from copy import copy

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from huizen.models.house import House
from huizen.roles import HOUSE_ROLES, KEEPER, Permission, Role, permissions_of, roles_with


class UserManager(BaseUserManager):
    """Makes people from an address. Nobody has a password unless a person chose one."""

    def create_user(self, email, password=None, **facts):
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **facts):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: a parent, a coordinator, an officer. The address is the name."""

    email = models.EmailField(
        "e-mailadres", unique=True, error_messages={"unique": "Dit adres kennen we al."}
    )
    name = models.CharField("naam", max_length=120, blank=True)
    is_staff = models.BooleanField("beheerder van het portaal", default=False)
    is_active = models.BooleanField("actief", default=True)
    date_joined = models.DateTimeField("sinds", auto_now_add=True)

    #: The one House that she looks at, see `within`.
    at: "House | None" = None

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def current_memberships(self) -> "list[Membership]":
        """What the person is today; read once a request."""
        if not hasattr(self, "_memberships"):
            self._memberships = list(self.memberships.current().select_related("house"))
        return self._memberships

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.current_memberships}

    @property
    def has_several_houses(self) -> bool:
        """Whether lists must say of which House a row is."""
        return len({membership.house_id for membership in self.current_memberships}) > 1

    def within(self, house: House) -> "User":
        """The same person, who looks at one of her Houses: she sees fewer rows, never more."""
        narrowed = copy(self)
        narrowed.at = house
        narrowed._memberships = [m for m in self.current_memberships if m.house_id == house.pk]
        return narrowed

    def may(self, permission: Permission) -> bool:
        """Whether the person may do this somewhere. On which rows: ask the queryset."""
        return permission in permissions_of(self.roles) or (self.is_superuser and permission in KEEPER)

    def may_in(self, permission: Permission, house: "House | None") -> bool:
        """Whether the person may do this in one House, or at the agency (None)."""
        house_id = house.pk if house else None
        if house is None and self.is_superuser and permission in KEEPER:
            return True
        return any(
            m.house_id == house_id and m.role in roles_with(permission) for m in self.current_memberships
        )

    def houses_where(self, permission: Permission) -> "list[House]":
        """The Houses in which the person may do this."""
        mine = {m.house_id: m.house for m in self.current_memberships if m.role in roles_with(permission)}
        return [house for house in mine.values() if house]


class MembershipQuerySet(models.QuerySet):
    def current(self):
        """Those that were not ended."""
        return self.filter(ended_at=None)


class Membership(models.Model):
    """What somebody is: a role in one House, or at the agency (then there is no House)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="persoon")
    house = models.ForeignKey(
        House, models.CASCADE, related_name="memberships", verbose_name="Huis", null=True, blank=True
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    function = models.CharField("functie op de pagina van het Huis", max_length=80, blank=True)
    is_public = models.BooleanField("naam tonen op de pagina van het Huis", default=False)
    created_at = models.DateTimeField("sinds", auto_now_add=True)
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "house", "role"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="membership_once",
                violation_error_message="Deze persoon heeft die rol al.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(HOUSE_ROLES), house__isnull=False)
                | (~Q(role__in=sorted(HOUSE_ROLES)) & Q(house=None)),
                name="membership_house_fits_role",
                violation_error_message="Deze rol hoort bij een Huis; een rol van het agentschap niet.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet):
    def open(self, *, now):
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class BaseInvitation(models.Model):
    """A letter that lets somebody in: only the hash of its secret is kept."""

    email = models.EmailField("e-mailadres")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="door")
    created_at = models.DateTimeField("verstuurd op")
    expires_at = models.DateTimeField("geldig tot")
    accepted_at = models.DateTimeField("aanvaard op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="%(class)s_accepted_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="%(class)s_expires_later"
            ),
        ]


class Invitation(BaseInvitation):
    """An invitation to a role in a House, or at the agency."""

    role = models.CharField("rol", max_length=20, choices=Role)
    house = models.ForeignKey(House, models.CASCADE, null=True, blank=True, related_name="invitations")

    class Meta(BaseInvitation.Meta):
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self):
        return f"{self.email}: {self.get_role_display()}"
