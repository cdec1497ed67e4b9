"""What the pages of questions and of indicators of a call do alike."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from projects.actions.indicator_template import TemplateError
from projects.actions.question import QuestionError
from projects.models import Call


def asked_page(request, call: Call, form, page: str, **context):
    """The form of one of them; `page` is the list that it stands in."""
    context |= {"call": call, "form": form, "page": page}
    return render(request, "projects/call_part_edit.html", context, status=422 if form.errors else 200)


def done(request, page: str, pk: int, words: str, action, **facts):
    """Do it, say how it went, and go back to the list."""
    try:
        action(**facts, by=request.user, now=timezone.now())
    except (QuestionError, TemplateError) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, words)
    return redirect(page, pk)
