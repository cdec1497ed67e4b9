"""What a family lets us remember, and how it takes it back."""

from datetime import date, datetime

from django.db import transaction

from families.models import Child, Family
from huizen.models import User

#: A family can list this many children; more is a mistake, or a group that should call.
MOST_CHILDREN = 12


@transaction.atomic
def save_family(*, by: User, home: str, children: list[tuple[str, date]], now: datetime) -> Family:
    """Remember where a family lives (the key of a place) and in which months its children were born (first days of months)."""
    family, _ = Family.objects.update_or_create(user=by, defaults={"home": home, "last_seen_on": now.date()})
    family.children.all().delete()
    Child.objects.bulk_create(
        Child(family=family, first_name=name, birth_month=month) for name, month in children[:MOST_CHILDREN]
    )
    return family


def what_we_know(user: User) -> dict:
    """Everything that stands under an account, ready for a file (GDPR, articles 15 and 20)."""
    family = Family.objects.filter(user=user).first()
    return {
        "e-mailadres": user.email,
        "naam": user.name,
        "account sinds": user.date_joined.isoformat(),
        "rollen": [str(membership.get_role_display()) for membership in user.current_memberships],
        "woonplaats": family.home if family else "",
        "kinderen": [
            {"voornaam": child.first_name, "geboortemaand": f"{child.birth_month:%Y-%m}"}
            for child in (family.children.order_by("birth_month") if family else [])
        ],
    }


@transaction.atomic
def erase_account(*, by: User) -> None:
    """Erase an account with its family, its sign-in data and its roles.

    Sign-ups stay until their moment, as they do for who has no account; the link in the mail cancels them.
    """
    by.delete()
