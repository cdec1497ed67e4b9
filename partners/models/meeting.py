"""A meeting of a House's partners: when, about what, who is asked, who comes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from huizen.models import House
from partners.models.agenda import AgendaItem
from partners.models.meeting_group import NETWORK, MeetingGroup, planned_by
from partners.models.meeting_series import MeetingSeries
from partners.models.organisation import Contact, Organisation


class MeetingQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person plans meetings; for the agency those of the network."""
        return self.filter(planned_by(user))

    def whole(self):
        """With all that a letter or a page about it needs: the House, the organiser, the agenda in order."""
        agenda = models.Prefetch(
            "agenda", AgendaItem.objects.order_by("position").prefetch_related("documents")
        )
        return self.select_related("house", "group", "series", "organiser").prefetch_related(agenda)

    def coming(self, *, now):
        """Those that are not over yet."""
        return self.filter(ends_at__gt=now)

    def past(self, *, now):
        """Those that are over."""
        return self.filter(ends_at__lte=now)


class Meeting(models.Model):
    """One meeting, of a House or (without one) of the whole network. `ical_uid` stays for life; `ical_sequence` rises with every change that invitees must hear.

    `time_version` rises when the moment changes: reminders carry it in their key. `moment_set_at` is when people
    heard of this moment: a reminder that would have been due before is not sent.

    A date of a series shares the series' `ical_uid`, and `original_start` (where the rule put it) names it in
    calendars. `set_apart`: a person changed this one date, so a change of the rule leaves it alone.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "gepland"
        CANCELLED = "cancelled", "gaat niet door"

    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="meetings", verbose_name="Huis"
    )
    group = models.ForeignKey(
        MeetingGroup, models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name="groep"
    )
    series = models.ForeignKey(
        MeetingSeries, models.RESTRICT, null=True, blank=True, related_name="meetings", verbose_name="reeks"
    )
    original_start = models.DateTimeField("oorspronkelijk begin", null=True, blank=True)
    set_apart = models.BooleanField("apart gewijzigd", default=False)
    title = models.CharField("titel", max_length=120)
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")
    place = models.CharField("waar", max_length=200, blank=True)
    online_url = models.URLField("online via", blank=True)
    note = models.TextField("bericht bij de uitnodiging", max_length=1000, blank=True)
    shows_who_comes = models.BooleanField("wie gevraagd is, ziet wie komt", default=False)
    status = models.CharField("toestand", max_length=12, choices=Status, default=Status.SCHEDULED)
    cancel_reason = models.CharField("waarom niet", max_length=200, blank=True)
    ical_uid = models.CharField(max_length=120)
    ical_sequence = models.PositiveIntegerField(default=0)
    time_version = models.PositiveIntegerField(default=1)
    moment_set_at = models.DateTimeField("dit moment staat vast sinds")
    changed_at = models.DateTimeField("gewijzigd op")
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="organisator"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        constraints = [
            models.UniqueConstraint(
                fields=["ical_uid"], condition=Q(series=None), name="meeting_ical_uid_once"
            ),
            models.UniqueConstraint(fields=["series", "original_start"], name="meeting_once_in_its_series"),
            models.CheckConstraint(
                condition=Q(series=None) | Q(original_start__isnull=False),
                name="meeting_of_a_series_has_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online_url=""),
                name="meeting_has_a_place",
                violation_error_message="Zeg waar het overleg is, of geef een adres om online mee te doen.",
            ),
        ]
        indexes = [models.Index(fields=["house", "starts_at"], name="meeting_house")]

    def __str__(self):
        return self.title

    @property
    def host(self) -> str:
        """Who asks: the House, or the network."""
        return self.house.name if self.house else NETWORK

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def is_over(self, *, now) -> bool:
        """Whether it has ended."""
        return self.ends_at <= now


class MeetingInvitationQuerySet(models.QuerySet):
    def asked(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def came(self):
        """Those who were there: as was noted at the meeting; where nothing was noted, those who said yes."""
        said_yes = Q(attendance=None, answer=MeetingInvitation.Answer.YES)
        return self.filter(Q(attendance__status="present") | said_yes)


class MeetingInvitation(models.Model):
    """Somebody who is asked to a meeting and answers by a link, without an account.

    `answer` is about the moment that stands now. When the moment changes it goes back to "none", and
    `earlier_answer` keeps what she said about the former one. `chooses`: this is the address of an organisation, where
    somebody chooses who comes. `stands_in_for`: the invitation of who named her to come instead.
    """

    class Answer(models.TextChoices):
        NONE = "none", "nog geen antwoord"
        YES = "yes", "komt"
        MAYBE = "maybe", "misschien"
        NO = "no", "komt niet"
        OTHER = "other", "iemand anders komt"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name="overleg")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contactpersoon"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    name = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mail")
    chooses = models.BooleanField("kiest wie komt", default=False)
    stands_in_for = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="in plaats van"
    )
    answer = models.CharField("antwoord", max_length=5, choices=Answer, default=Answer.NONE)
    earlier_answer = models.CharField(
        "antwoord op het vorige moment", max_length=5, choices=Answer, default=Answer.NONE
    )
    comment = models.CharField("opmerking", max_length=300, blank=True)
    answered_at = models.DateTimeField("geantwoord op", null=True, blank=True)
    invited_at = models.DateTimeField("gevraagd op")
    withdrawn_at = models.DateTimeField("niet meer gevraagd sinds", null=True, blank=True)

    objects = MeetingInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "gevraagd"
        verbose_name_plural = "gevraagden"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email"],
                name="meeting_invitation_once",
                violation_error_message="Dit adres is al gevraagd voor dit overleg.",
            ),
            models.CheckConstraint(
                condition=Q(answer="none", answered_at=None)
                | (~Q(answer="none") & Q(answered_at__isnull=False)),
                name="meeting_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="meeting_invitation_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]

    def __str__(self):
        return f"{self.name} bij {self.meeting}"
