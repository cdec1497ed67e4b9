"""Signed links in mails: they open one thing for one purpose, without an account.

GET only shows; POST acts, because mail scanners open every link (registration.md of every peer tells the tale).
"""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language


class BadLinkError(Exception):
    """The link is damaged, forged, or meant for something else."""


def sign(purpose: str, pk) -> str:
    """A token for one row and one purpose, fit for an address."""
    return signing.Signer(salt=f"link:{purpose}", sep="~").sign(str(pk))


def read(purpose: str, token: str) -> str:
    """The key of the row that the token was made for. Raises BadLinkError."""
    try:
        return signing.Signer(salt=f"link:{purpose}", sep="~").unsign(token)
    except signing.BadSignature as error:
        raise BadLinkError from error


def absolute(path: str) -> str:
    """The whole address of a page, for mails, calendar files and QR codes."""
    return f"{settings.PORTAL_URL}{path}"


def path_of(name: str, *args: str) -> str:
    """The address of a page in the language of this one; kept, for the same ones stand on many pages."""
    return _path_of(name, args, get_language())


def query_without(params: MultiValueDict, *names: str) -> str:
    """What stands behind the question mark of an address, without some of its names."""
    # Not `params.copy()` and its `urlencode()`: those read every word anew, twice.
    return urlencode(
        [(name, value) for name, values in params.lists() if name not in names for value in values]
    )


@lru_cache(maxsize=5000)
def _path_of(name: str, args: tuple[str, ...], _language: str | None) -> str:
    return reverse(name, args=args)


def mail_to_share(subject: str, url: str) -> str:
    """An address that begins a mail about a page: sharing that works in every browser."""
    return "mailto:?" + urlencode({"subject": subject, "body": url}).replace("+", "%20")
