"""The websites of partners, and where they are changed."""

from collections.abc import Iterator

from django.urls import reverse

from huizen.models import User
from huizen.web_links import WebLink
from partners.models import Organisation


def links_of_organisations(user: User | None) -> Iterator[WebLink]:
    """Of all partners, or of those that a person may change."""
    rows = Organisation.objects.all() if user is None else Organisation.objects.editable_by(user)
    for organisation in rows.exclude(website="").order_by("pk"):
        yield WebLink(
            organisation.website, organisation.name, reverse("organisation_edit", args=[organisation.pk])
        )
