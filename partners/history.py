"""What happened to a partner, seen from one House."""

from django.db.models import Q, QuerySet

from huizen.models import Event
from partners.models import Organisation, OrganisationMerge, Partnership


def history(partnership: Partnership) -> QuerySet[Event]:
    """The acts on the organisation (also on those that went into it) and on its partnership in this House, newest first."""
    organisation = partnership.organisation_id
    went = OrganisationMerge.objects.in_force().filter(organisation=organisation)
    keys = [str(key) for key in (organisation, *went.values_list("gone_key", flat=True))]
    about = Q(subject_type=Organisation._meta.label_lower, subject_id__in=keys)
    about |= Q(subject_type=Partnership._meta.label_lower, subject_id=str(partnership.pk))
    return Event.objects.filter(about).select_related("actor", "house").order_by("-at", "-pk")
