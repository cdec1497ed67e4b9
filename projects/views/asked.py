"""What the pages of questions and of indicators of a call do alike."""

from django.shortcuts import redirect, render

from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.indicator_template import TemplateError
from projects.actions.question import QuestionError
from projects.models import Call


def asked_page(request, call: Call, form, page: str, **context):
    """The form of one of them; `page` is the list that it stands in."""
    context |= {"whole": call, "form": form, "page": page, "above": "agency", "above_title": "Alle projecten"}
    return render(request, "projects/part_edit.html", context, status=422 if form.errors else 200)


def done(request, page: str, pk: int, words: str, action, **facts):
    """Do it, say how it went, and go back to the list."""
    carry_out(request, words, action, (QuestionError, TemplateError), **facts)
    return redirect(page, pk)


def kept(request, form, words: str, action, **facts) -> bool:
    """Whether what the form says was done; what stops it stands in the form."""
    return carry_out_form(request, form, words, action, (QuestionError, TemplateError), **facts)
