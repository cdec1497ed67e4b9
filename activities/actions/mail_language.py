"""The language of our mails, chosen anew after signing up: for all that a family signed up for."""

from django.db import transaction

from activities.models import Registration, Series
from activities.models.sign_up import BaseSignUp


@transaction.atomic
def choose_language(*, sign_up: BaseSignUp, language: str) -> int:
    """Mail a family in this language from now on; of how many of its sign-ups that changes anything.

    All sign-ups with the same address count, also the standing ones. What is in the queue already goes as it was
    written. The logbook says nothing: which language a family speaks is nobody's business.
    """
    if not sign_up.contact_key:
        return 0
    return sum(
        rows.filter(contact_key=sign_up.contact_key).exclude(language=language).update(language=language)
        for rows in (Series.objects.all(), Registration.objects.all())
    )
