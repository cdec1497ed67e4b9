"""Reading the mail of the demo: everybody may, it is a demo."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from demo import letterbox as box
from huizen.access import public

#: A mail's own page: its own style and nothing else. It runs no script and knows no cookie.
SANDBOX = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups", "allow-popups-to-escape-sandbox"],
}


@public
@never_cache
@require_safe
def letterbox(request):
    """All mail, the newest first."""
    page = Paginator(box.letters(settings.LETTERBOX), 50).get_page(request.GET.get("pagina"))
    return render(request, "demo/letterbox_list.html", {"page": page})


@public
@require_POST
def empty_letterbox(request):
    """Throw all mail away."""
    box.empty(settings.LETTERBOX)
    return redirect("letterbox")


@public
@require_safe
def letter(request, name):
    """One mail: its text, its files and its headers."""
    return render(request, "demo/letterbox_detail.html", {"letter": letter_or_404(name)})


@public
@require_safe
@csp_replace(SANDBOX)
def letter_html(request, name):
    """The mail as a mail reader shows it, on a page of its own, shut off from the portal."""
    return HttpResponse(letter_or_404(name).html)


@public
@require_safe
def attachment(request, name, number):
    """A file from a mail, always as a download."""
    for part in letter_or_404(name).attachments:
        if part.number == number:
            return download(part)
    raise Http404


def letter_or_404(name: str) -> box.Letter:
    found = box.letter(settings.LETTERBOX, name)
    if found is None:
        raise Http404
    return found


def download(part: box.Part) -> HttpResponse:
    """The bytes, under the name that the sender gave."""
    kind = part.kind if part.kind == "text/calendar" else "application/octet-stream"
    answer = HttpResponse(part.content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, part.name)
    return answer
