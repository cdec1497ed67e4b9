"""When suits everybody? Moments that are proposed, and what each person says of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from huizen.models import House
from partners.models.meeting import Meeting
from partners.models.meeting_group import NETWORK, MeetingGroup, planned_by
from partners.models.organisation import Contact, Organisation


class DatePollQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person plans meetings; for the agency those of the network."""
        return self.filter(planned_by(user))

    def open(self):
        """Those of which no moment was chosen yet."""
        return self.filter(state=DatePoll.State.OPEN)


class DatePoll(models.Model):
    """A question for a date. `deadline` is the day until which people are asked; an answer counts until one is chosen."""

    class State(models.TextChoices):
        OPEN = "open", "loopt"
        CHOSEN = "chosen", "datum gekozen"
        CLOSED = "closed", "gesloten zonder datum"

    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="Huis"
    )
    group = models.ForeignKey(
        MeetingGroup, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="groep"
    )
    title = models.CharField("titel", max_length=120)
    place = models.CharField("waar", max_length=200, blank=True)
    online_url = models.URLField("online via", blank=True)
    note = models.TextField("bericht", max_length=1000, blank=True)
    shows_votes = models.BooleanField("wie gevraagd is, ziet wat de anderen zeggen", default=False)
    deadline = models.DateField("antwoorden tot en met")
    state = models.CharField("toestand", max_length=8, choices=State, default=State.OPEN)
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="poll", verbose_name="overleg"
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="organisator"
    )
    opened_at = models.DateTimeField("gevraagd op")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag naar een datum"
        verbose_name_plural = "vragen naar een datum"
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(state="chosen"), name="date_poll_has_a_meeting_when_chosen"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def host(self) -> str:
        """Who asks: the House, or the network."""
        return self.house.name if self.house else NETWORK


class PollOption(models.Model):
    """A moment that is proposed."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options", verbose_name="vraag")
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")

    class Meta:
        verbose_name = "voorgesteld moment"
        verbose_name_plural = "voorgestelde momenten"
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="poll_option_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="poll_option_ends_after_start",
                violation_error_message="Het einde ligt voor het begin.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%d/%m/%Y %H:%M}"


class PollVoterQuerySet(models.QuerySet):
    def silent(self):
        """Those who still have to answer: never did, or not since other moments were proposed."""
        return self.filter(Q(answered_at=None) | Q(asked_again_at__gt=F("answered_at")))


class PollVoter(models.Model):
    """Somebody who is asked when she can come, by a link and without an account.

    `asked_again_at`: when other moments were proposed; what she said of the ones that stayed is kept.
    """

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="voters", verbose_name="vraag")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contactpersoon"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    chooses = models.BooleanField("kiest wie komt", default=False)
    name = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mail")
    comment = models.CharField("opmerking", max_length=300, blank=True)
    answered_at = models.DateTimeField("geantwoord op", null=True, blank=True)
    invited_at = models.DateTimeField("gevraagd op")
    asked_again_at = models.DateTimeField("opnieuw gevraagd op", null=True, blank=True)

    objects = PollVoterQuerySet.as_manager()

    class Meta:
        verbose_name = "gevraagd voor een datum"
        verbose_name_plural = "gevraagd voor een datum"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "email"],
                name="poll_voter_once",
                violation_error_message="Dit adres is al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="poll_voter_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_asked_again(self) -> bool:
        """Whether other moments were proposed since she answered."""
        return bool(self.answered_at and self.asked_again_at and self.asked_again_at > self.answered_at)


class PollVote(models.Model):
    """What somebody says of one moment; of what she leaves open there is no row."""

    class Choice(models.TextChoices):
        YES = "yes", "kan"
        IF_NEEDED = "if_needed", "als het moet"
        NO = "no", "kan niet"

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes", verbose_name="moment")
    voter = models.ForeignKey(PollVoter, models.CASCADE, related_name="votes", verbose_name="wie")
    choice = models.CharField("antwoord", max_length=9, choices=Choice)

    class Meta:
        verbose_name = "antwoord op een moment"
        verbose_name_plural = "antwoorden op momenten"
        constraints = [models.UniqueConstraint(fields=["option", "voter"], name="poll_vote_once")]

    def __str__(self):
        return self.get_choice_display()
