"""What kinds of reports there are."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """What a report is about."""

    CONTENT = "content", "inhoudelijk verslag"
    FINANCIAL = "financial", "financieel verslag"
    SELF_EVALUATION = "self_evaluation", "zelfevaluatie"
