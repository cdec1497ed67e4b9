"""When something goes wrong: a clear sentence, and a way on."""

from django.shortcuts import render

from huizen.access import public


@public
def csrf_failure(request, reason=""):
    """A form that was open for too long, or came from elsewhere: nothing was saved."""
    return render(request, "403_csrf.html", status=403)
