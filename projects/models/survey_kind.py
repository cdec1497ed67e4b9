"""What kinds of questions a survey asks, and where a round stands."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """How a question is answered."""

    CHOICE = "choice", "één antwoord kiezen"
    CHOICES = "choices", "meer antwoorden kiezen"
    SCALE = "scale", "schaal"
    NUMBER = "number", "getal"
    TEXT = "text", "eigen woorden"
    MATRIX = "matrix", "tabel: per regel één antwoord"


class Phase(TextChoices):
    """Where a round stands on a day."""

    DRAFT = "draft", "in opmaak"
    PLANNED = "planned", "gepland"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
