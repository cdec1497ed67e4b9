"""When something goes wrong: a clear sentence, and a way on."""

import logging

from django.shortcuts import render
from django.views.defaults import server_error as plain_server_error

from huizen.access import public

log = logging.getLogger(__name__)


@public
def bad_request(request, exception=None):
    """What came in makes no sense; nothing was changed."""
    return render(request, "400.html", status=400)


@public
def forbidden(request, exception=None):
    """Somebody who may not see this page: says whom to ask."""
    return render(request, "403.html", status=403)


@public
def not_found(request, exception=None):
    """A page that is not there: offers the search."""
    return render(request, "404.html", status=404)


@public
def disk_full(request):
    """There was no room for a file; nothing was saved."""
    log.critical("No room for a file: the disk is full.")
    return render(request, "507.html", status=507)


@public
def server_error(request):
    """Our own fault: a page that needs no database, no session and no context."""
    return plain_server_error(request, "500.html")


@public
def csrf_failure(request, reason=""):
    """A form that was open for too long, or came from elsewhere: nothing was saved."""
    return render(request, "403_csrf.html", status=403)
