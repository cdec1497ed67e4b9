"""A survey over all Houses: rounds with themes and questions, and one answer a House a round.

A round asks from a day until a day, so whether it is open is never stored: it follows from the calendar. A question that
was answered is never changed: its next version takes its place, and both keep their own answers.
"""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q

from huizen.models import House
from huizen.models.house import HouseQuerySet
from projects.models.survey_kind import Kind, Phase

#: What the database holds of the parts that a kind of question has.
WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES, Kind.MATRIX)


class SurveyRoundQuerySet(models.QuerySet):
    def closed_on(self, day: date):
        """Those that are over on a day."""
        return self.filter(released_at__isnull=False, closes_on__lt=day)

    def with_questions(self):
        """With all themes and questions in order, also versions that were replaced (two queries)."""
        questions = Prefetch("questions", SurveyQuestion.objects.order_by("number", "pk"))
        return self.prefetch_related(
            Prefetch("themes", SurveyTheme.objects.order_by("number", "pk").prefetch_related(questions))
        )


class SurveyRound(models.Model):
    """One time that all Houses are asked. Not released means: a draft that only the agency sees.

    `least_shown`: of fewer answers than this no House sees the distribution.
    """

    name = models.CharField("naam", max_length=120, unique=True)
    intro = models.TextField("inleiding voor de coördinatoren", max_length=2000, blank=True)
    opens_on = models.DateField("open vanaf")
    closes_on = models.DateField("open tot en met")
    least_shown = models.PositiveSmallIntegerField("toon pas vanaf zoveel antwoorden", default=5)
    released_at = models.DateTimeField("vrijgegeven op", null=True, editable=False)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kopie van"
    )

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "bevraging"
        verbose_name_plural = "bevragingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_closes_after_it_opens",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(least_shown__gte=3, least_shown__lte=100),
                name="survey_least_shown",
                violation_error_message="Kies van 3 tot 100 antwoorden.",
            ),
        ]

    def __str__(self):
        return self.name

    def phase(self, day: date) -> Phase:
        """Where it stands on a day."""
        if self.released_at is None:
            return Phase.DRAFT
        if day < self.opens_on:
            return Phase.PLANNED
        return Phase.OPEN if day <= self.closes_on else Phase.CLOSED

    @property
    def questions(self) -> "list[SurveyQuestion]":
        """Those that are asked now, in order; needs `with_questions`."""
        return [question for theme in self.themes.all() for question in theme.current]


class SurveyTheme(models.Model):
    """Questions that belong together, under one heading."""

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="themes", verbose_name="bevraging")
    number = models.PositiveSmallIntegerField("volgorde")
    title = models.CharField("titel", max_length=120)
    intro = models.TextField("uitleg", max_length=1000, blank=True)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "title"],
                name="survey_theme_once",
                violation_error_message="Dit thema staat er al.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def current(self) -> "list[SurveyQuestion]":
        """Its questions as they are asked now."""
        return [question for question in self.questions.all() if question.is_current]


class SurveyQuestion(models.Model):
    """One question. `lineage` is the same in every round and version of it; equal versions may be compared.

    `options` are what can be chosen (the columns of a matrix), `rows` the lines of a matrix, `top` the highest step of
    a scale that begins at 1. Answers name options and rows by their place, from 0: a version never changes them.
    """

    theme = models.ForeignKey(SurveyTheme, models.CASCADE, related_name="questions", verbose_name="thema")
    number = models.PositiveSmallIntegerField("volgorde")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField("versie", default=1, editable=False)
    is_current = models.BooleanField("wordt gesteld", default=True, editable=False)
    kind = models.CharField("soort", max_length=8, choices=Kind)
    text = models.CharField("vraag", max_length=300)
    help = models.CharField("uitleg bij de vraag", max_length=500, blank=True)
    options = ArrayField(
        models.CharField(max_length=160), verbose_name="mogelijke antwoorden", default=list, blank=True
    )
    rows = ArrayField(
        models.CharField(max_length=160), verbose_name="regels van de tabel", default=list, blank=True
    )
    top = models.PositiveSmallIntegerField("hoogste trap van de schaal", default=5)
    low_label = models.CharField("woorden bij 1", max_length=60, blank=True)
    high_label = models.CharField("woorden bij de hoogste trap", max_length=60, blank=True)
    unit = models.CharField("eenheid", max_length=30, blank=True)
    is_required = models.BooleanField("moet ingevuld zijn", default=False)

    class Meta:
        verbose_name = "vraag van een bevraging"
        verbose_name_plural = "vragen van een bevraging"
        constraints = [
            models.UniqueConstraint(fields=["theme", "lineage", "version"], name="survey_question_version"),
            models.UniqueConstraint(
                fields=["theme", "lineage"], condition=Q(is_current=True), name="survey_question_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_OPTIONS, options__len__gte=2, options__len__lte=20)
                | ~Q(kind__in=WITH_OPTIONS) & Q(options=[]),
                name="survey_question_options",
                violation_error_message="Geef 2 tot 20 mogelijke antwoorden, elk op een regel.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.MATRIX, rows__len__gte=1, rows__len__lte=20)
                | ~Q(kind=Kind.MATRIX) & Q(rows=[]),
                name="survey_question_rows",
                violation_error_message="Geef 1 tot 20 regels voor de tabel.",
            ),
            models.CheckConstraint(
                condition=Q(top__gte=3, top__lte=10),
                name="survey_question_top",
                violation_error_message="Kies een schaal tot 3 à 10.",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def key(self) -> str:
        """Its name in the answers."""
        return str(self.pk)

    @property
    def steps(self) -> list[str]:
        """The steps of a scale in words: the ends say what they mean."""
        words = {1: self.low_label, self.top: self.high_label}
        return [
            f"{step} – {words[step]}" if words.get(step) else str(step) for step in range(1, self.top + 1)
        ]


class SurveyAnswerQuerySet(models.QuerySet):
    def of_houses(self, houses: HouseQuerySet):
        """Those of some Houses."""
        return self.filter(house__in=houses)

    def submitted(self):
        """Those that stand: handed in, and not given back."""
        return self.filter(submitted_at__isnull=False, reopened_at=None)

    def waiting(self):
        """Those that a House still has to hand in, for the first time or again."""
        return self.filter(Q(submitted_at=None) | Q(reopened_at__isnull=False))


class SurveyAnswer(models.Model):
    """What one House answers in one round. `number` stands for the House where its name may not.

    `draft` is {question: value} as somebody of the House left it; what counts is handed in as a `SurveySubmission`.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", "nog niet begonnen"
        DRAFT = "draft", "begonnen"
        SUBMITTED = "submitted", "ingediend"
        REOPENED = "reopened", "opnieuw geopend"

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="answers", verbose_name="bevraging")
    house = models.ForeignKey(House, models.CASCADE, related_name="survey_answers", verbose_name="Huis")
    number = models.PositiveSmallIntegerField("nummer in deze bevraging")
    draft = models.JSONField("kladversie", default=dict)
    changed_at = models.DateTimeField("gewijzigd op", null=True)
    changed_by = models.ForeignKey(
        "huizen.User", models.SET_NULL, null=True, related_name="+", verbose_name="gewijzigd door"
    )
    submitted_at = models.DateTimeField("ingediend op", null=True)
    submitted_by = models.ForeignKey(
        "huizen.User", models.SET_NULL, null=True, related_name="+", verbose_name="ingediend door"
    )
    reopened_at = models.DateTimeField("opnieuw geopend op", null=True)
    reopen_reason = models.CharField("waarom opnieuw", max_length=300, blank=True)

    objects = SurveyAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op een bevraging"
        verbose_name_plural = "antwoorden op een bevraging"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "house"],
                name="survey_answer_once",
                violation_error_message="Dit Huis antwoordt al in deze bevraging.",
            ),
            models.UniqueConstraint(fields=["round", "number"], name="survey_number_once"),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopen_reason="")
                | Q(reopened_at__isnull=False, submitted_at__isnull=False) & ~Q(reopen_reason=""),
                name="survey_reopened_with_reason",
                violation_error_message="Zeg waarom je het antwoord opnieuw opent.",
            ),
        ]

    def __str__(self):
        return f"{self.round}: {self.house}"

    @property
    def state(self) -> State:
        """How far the House is."""
        if self.reopened_at:
            return self.State.REOPENED
        if self.submitted_at:
            return self.State.SUBMITTED
        return self.State.DRAFT if self.changed_at else self.State.NOT_BEGUN

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED


class SurveySubmissionQuerySet(models.QuerySet):
    def latest(self):
        """Of each answer what was handed in last, by the number of the House."""
        newest = self.order_by("answer", "-version").distinct("answer")
        return self.filter(pk__in=newest.values("pk")).order_by("answer__number")


class SurveySubmission(models.Model):
    """An answer as it was handed in: frozen, a trigger holds that. Given back and handed in again is a next version."""

    answer = models.ForeignKey(
        SurveyAnswer, models.CASCADE, related_name="submissions", verbose_name="antwoord"
    )
    version = models.PositiveSmallIntegerField("versie")
    facts = models.JSONField("wat het Huis antwoordde", default=dict)
    submitted_at = models.DateTimeField("ingediend op")

    objects = SurveySubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "ingediend antwoord"
        verbose_name_plural = "ingediende antwoorden"
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="survey_submission_once")]

    def __str__(self):
        return f"{self.answer} (versie {self.version})"
