"""The partners of a House as a file, in the columns in which they can come in again."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from partners.forms.organisation import PartnerFilter
from partners.forms.partner_import import HEAD
from partners.models import Contact, Partnership


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_export(request, kind):
    """What the list shows, with the same filter: a line for each contact, or one where there is none."""
    contacts = Prefetch("organisation__contacts", Contact.objects.order_by("name", "pk"))
    partnerships = PartnerFilter(request.GET).narrow(Partnership.objects.editable_by(request.user))
    partnerships = partnerships.select_related("organisation", "house").prefetch_related(contacts)
    rows = (
        row for partnership in partnerships.order_by("organisation__name", "pk") for row in lines(partnership)
    )
    return table_response(
        kind, f"partners-{timezone.localdate():%Y-%m-%d}", [*HEAD, "Tot en met", "Huis"], rows
    )


def lines(partnership: Partnership) -> Iterator[list]:
    """A partner in the columns of an import, and behind them until when and of which House."""
    organisation = partnership.organisation
    facts = [
        organisation.name,
        organisation.kind,
        ", ".join(str(label) for label in organisation.life_domain_labels),
        organisation.description,
        organisation.phone,
        organisation.email,
        organisation.website,
        organisation.kbo_number,
        partnership.get_role_display(),
        partnership.since,
    ]
    behind = [partnership.until, partnership.house.name]
    for contact in organisation.contacts.all() or [Contact()]:
        yield [*facts, contact.name, contact.function, contact.email, contact.phone, *behind]
