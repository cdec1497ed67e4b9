"""People of a partner who keep their own organisation and offer up to date."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huizen.models import House
from huizen.models.person import BaseInvitation, InvitationQuerySet
from huizen.roles import Permission
from partners.models.organisation import Organisation


class EditorQuerySet(models.QuerySet):
    def current(self):
        """Those that were not ended."""
        return self.filter(ended_at=None)


class Editor(models.Model):
    """Somebody who may edit one organisation; the coordinator let her in and can end it.

    She also has a Membership with role `partner_editor` in the House that invited her.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="editorships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="editors")
    created_at = models.DateTimeField("sinds", auto_now_add=True)
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)

    objects = EditorQuerySet.as_manager()

    class Meta:
        verbose_name = "redacteur"
        verbose_name_plural = "redacteurs"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_at=None), name="editor_once"
            )
        ]

    def __str__(self):
        return f"{self.user} voor {self.organisation}"


class EditorInvitationQuerySet(InvitationQuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person edits partners."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PARTNERS))

    def unanswered(self):
        """Those that nobody accepted or withdrew, also when they are too old by now."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class EditorInvitation(BaseInvitation):
    """An invitation to edit one organisation, from one House."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="editor_invitations")
    house = models.ForeignKey(House, models.CASCADE, related_name="+")

    objects = EditorInvitationQuerySet.as_manager()

    class Meta(BaseInvitation.Meta):
        verbose_name = "uitnodiging voor een partner"
        verbose_name_plural = "uitnodigingen voor partners"

    def __str__(self):
        return f"{self.email} voor {self.organisation}"
