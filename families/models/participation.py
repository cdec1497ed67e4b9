"""How parents take part: ideas that they give, and talks in the neighbourhood with what came of them."""

from django.db import models
from django.db.models import Q

from huizen.models import House
from huizen.roles import Permission


class HeardQuerySet(models.QuerySet):
    """Ideas and talks: both belong to a House, and parents see what the House chose to show."""

    def editable_by(self, user):
        """Those of the Houses where somebody hears parents."""
        return self.filter(house__in=House.objects.where(user, Permission.HEAR_PARENTS))


class Idea(models.Model):
    """What a parent answered to the question of a House, or thought of itself; nobody knows who.

    Erased after two years (docs/data-retention.yaml).
    """

    class State(models.TextChoices):
        NEW = "new", "nieuw"
        READ = "read", "gelezen"
        SHOWN = "shown", "op de pagina van het Huis"

    house = models.ForeignKey(House, models.CASCADE, related_name="ideas", verbose_name="Huis")
    text = models.CharField("je antwoord of idee", max_length=600)
    state = models.CharField("toestand", max_length=10, choices=State, default=State.NEW)
    answer = models.CharField("wat we ermee deden", max_length=600, blank=True)
    created_at = models.DateTimeField("gekregen op")

    objects = HeardQuerySet.as_manager()

    class Meta:
        verbose_name = "idee"
        verbose_name_plural = "ideeën"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="idea_says_something",
                violation_error_message="Schrijf wat je denkt.",
            ),
        ]
        indexes = [models.Index(fields=["house", "state"], name="idea_house")]

    def __str__(self):
        # Without the words: this stands in the logbook.
        return f"idee voor {self.house}"


class Talk(models.Model):
    """A talk in the neighbourhood: what the House heard there, and what it did with it. Names nobody."""

    house = models.ForeignKey(House, models.CASCADE, related_name="talks", verbose_name="Huis")
    held_on = models.DateField("wanneer")
    place = models.CharField("waar", max_length=120)
    heard = models.CharField("wat we hoorden", max_length=1000)
    done = models.CharField("wat we ermee deden", max_length=1000, blank=True)
    is_public = models.BooleanField("op de pagina van het Huis", default=False)

    objects = HeardQuerySet.as_manager()

    class Meta:
        verbose_name = "buurtgesprek"
        verbose_name_plural = "buurtgesprekken"

    def __str__(self):
        return f"gesprek van {self.held_on:%d/%m/%Y}, {self.place}"
