"""The websites of partners, and where they are changed."""

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast

from huizen.models import User
from huizen.web_links import Source
from partners.models import Organisation


def _organisations(user: User | None) -> QuerySet[Organisation]:
    """All partners, or those that a person may change."""
    rows = Organisation.objects.all() if user is None else Organisation.objects.editable_by(user)
    named = rows.exclude(website="").annotate(label=F("name"), text=F("website"))
    return named.annotate(at=Cast("pk", CharField()))


LINKS_OF_ORGANISATIONS = Source(_organisations, "organisation_edit")
