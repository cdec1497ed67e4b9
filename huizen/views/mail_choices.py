"""Which mail somebody gets, and how often: with an account, or by the link in a mail. Looking changes nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from huizen.access import allow, members, public
from huizen.forms.mail_choices import NAMES, MailChoices
from huizen.links import BadLinkError
from huizen.outbox.preferences import (
    OF_FAMILIES,
    OF_STAFF,
    OPTIONAL,
    choices_path,
    choose,
    frequencies_of,
    kinds_of,
    read_token,
    stop,
)
from huizen.outbox.suppression import address_hash
from huizen.outbox.text_choice import choose_texts, wants_texts
from huizen.roles import Permission

METHODS = ["GET", "HEAD", "POST"]


@members
@require_http_methods(METHODS)
def my_mail(request: HttpRequest) -> HttpResponse:
    """`/mijn/mail/`: the choices of who is signed in."""
    return _choices_of_account(request, OF_FAMILIES, "base.html")


@require_http_methods(METHODS)
@allow(Permission.SEE_DESK)
def staff_mail(request: HttpRequest) -> HttpResponse:
    """`/beheer/mail/`: the same, among the pages of staff."""
    return _choices_of_account(request, OF_STAFF, "base_staff.html")


@public
@never_cache
@require_http_methods(METHODS)
def mail_choices(request: HttpRequest, token: str) -> HttpResponse:
    """The choices of an address, by a link in a mail to it; whose address it is we do not say."""
    try:
        hashed, category = read_token(token)
    except BadLinkError:
        return render(request, "link_bad.html", status=404)
    first = [category] if category in OPTIONAL else []
    kinds = first + [kind for kind in kinds_of(hashed) if kind not in first]
    return _choices(request, hashed, kinds, "base.html")


@public
@never_cache
@csrf_exempt
@require_http_methods(METHODS)
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one kind of mail by a POST: from a mail program (RFC 8058: no cookie, no redirect), or from a person.

    Without the token against forgery: a mail program has none, and the address itself is the secret.
    """
    try:
        hashed, category = read_token(token)
    except BadLinkError:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST":
        stop(hashed, category=category, now=timezone.now())
    context = {
        "stopped": request.method == "POST",
        "name": NAMES.get(category, gettext("Ochtendmail")),
        "choices_path": choices_path(hashed, category),
    }
    return render(request, "huizen/mail_stop.html", context)


def _choices_of_account(request: HttpRequest, usual: tuple[str, ...], base: str) -> HttpResponse:
    hashed = address_hash(request.user.email)
    seen = set(usual) | set(kinds_of(hashed))
    return _choices(request, hashed, [kind for kind in OPTIONAL if kind in seen], base)


def _choices(request: HttpRequest, hashed: str, kinds: list[str], base: str) -> HttpResponse:
    now = timezone.now()
    form = MailChoices(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        frequencies=frequencies_of(hashed),
        texts=wants_texts(hashed, now=now),
    )
    if request.method == "POST" and form.is_valid():
        for kind, frequency in form.changed.items():
            choose(hashed, category=kind, frequency=frequency, now=now)
        if form.texts is not None:
            choose_texts(hashed, wants=form.texts, now=now)
        messages.success(request, gettext("Bewaard. Vanaf nu krijg je mails zoals je koos."))
        return redirect(request.path)
    return render(request, "huizen/mail_choices.html", {"form": form, "base": base})
