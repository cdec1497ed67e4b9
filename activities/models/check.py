"""Asking whether offer still holds: one letter to one person, with a question for each offer that she answers for."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from activities.models.activity import Activity

#: So long the links of a letter work.
LINKS_WORK = timedelta(days=60)
#: After so long without an answer we ask once more; and a week later it is for a person to call.
REMIND_AFTER, CALL_AFTER = timedelta(days=14), timedelta(days=21)


class CheckLetter(models.Model):
    """One person who was asked: once a month by the clock, and besides when somebody of the House asks at once.

    Name, address and telephone are kept as they were when we asked; the row goes after a year.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres")
    name = models.CharField("naam", max_length=120, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    month = models.DateField("maand")
    asked_on = models.DateField("gevraagd op")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gevraagd door"
    )
    is_monthly = models.BooleanField("van de maand", default=True)

    class Meta:
        verbose_name = "nakijkmail"
        verbose_name_plural = "nakijkmails"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "month"],
                condition=Q(is_monthly=True),
                name="check_letter_once_a_month",
                violation_error_message="Deze persoon kreeg deze maand al een mail.",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="check_letter_month_is_its_first_day"),
        ]

    def __str__(self):
        # Without the address: this stands in error messages.
        return f"nakijkmail van {self.asked_on:%d/%m/%Y}"

    @property
    def remind_on(self) -> date:
        """The day on which we ask once more what was not answered."""
        return self.asked_on + REMIND_AFTER

    def works_on(self, day: date) -> bool:
        """Whether its links still work on a day."""
        return day <= self.asked_on + LINKS_WORK


class CheckQuestionQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for an answer: nobody gave one, nobody looked at the offer since, and it is still offered."""
        unseen = Q(activity__checked_on=None) | Q(activity__checked_on__lt=F("letter__asked_on"))
        return self.filter(unseen, answer="", activity__status__in=CheckQuestion.ASKED_ABOUT)

    def silent(self, today: date):
        """Those that were asked twice and still wait: time to call."""
        return self.open().filter(letter__asked_on__lte=today - CALL_AFTER)


class CheckQuestion(models.Model):
    """Does this offer still hold? Asked of one person, answered by her link."""

    class Answer(models.TextChoices):
        HOLDS = "holds", "klopt nog"
        CHANGES = "changes", "er verandert iets"
        STOPS = "stops", "stopt"

    #: What parents see, or would see again as soon as it was looked at.
    ASKED_ABOUT = (Activity.Status.PUBLISHED, Activity.Status.TO_CHECK)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(
        CheckLetter, models.CASCADE, related_name="questions", verbose_name="nakijkmail"
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="check_questions", verbose_name="activiteit"
    )
    answer = models.CharField("antwoord", max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField("geantwoord op", null=True, blank=True)

    objects = CheckQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "nakijkvraag"
        verbose_name_plural = "nakijkvragen"
        constraints = [
            models.UniqueConstraint(fields=["letter", "activity"], name="check_question_once_a_letter"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="check_question_answered_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.activity}: klopt het nog?"
