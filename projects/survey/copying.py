"""The same question once more: in another round, or as the next version of itself (pure)."""

from projects.models import SurveyQuestion, SurveyTheme

#: What somebody writes of a question; another value in one of them makes another version.
ASKED = (
    "kind",
    "text",
    "help",
    "options",
    "rows",
    "top",
    "low_label",
    "high_label",
    "unit",
    "is_required",
)


def copied(question: SurveyQuestion, *, theme: SurveyTheme) -> SurveyQuestion:
    """The question in a theme of another round, not saved yet."""
    return SurveyQuestion(
        theme=theme,
        number=question.number,
        lineage=question.lineage,
        version=question.version,
        **{name: getattr(question, name) for name in ASKED},
    )
