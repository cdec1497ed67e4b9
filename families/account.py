"""What an account and its family hold, for "Wat weten we van jou?"."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from families.holdings import Held, Holding
from families.models import Family
from huizen.finder import place_by_key
from huizen.models import User
from huizen.vocabulary import LANGUAGES
from huizen.words import day_in_full, month, wall


def _account(user: User, now: datetime) -> Held:
    roles = [str(membership.get_role_display()) for membership in user.current_memberships]
    joined = wall(user.date_joined).date()
    lines = [
        gettext("Je e-mailadres: %(email)s") % {"email": user.email},
        gettext("Je account bestaat sinds %(day)s") % {"day": day_in_full(joined)},
    ]
    lines += [gettext("Je naam: %(name)s") % {"name": user.name}] if user.name else []
    lines += [gettext("Je rollen: %(roles)s") % {"roles": ", ".join(roles)}] if roles else []
    data = {
        "e-mailadres": user.email,
        "naam": user.name,
        "account sinds": user.date_joined.isoformat(),
        "rollen": roles,
    }
    return Held(lines, data, reverse("account_email"))


def _family(user: User, now: datetime) -> Held:
    family = Family.objects.filter(user=user).prefetch_related("children").first()
    if family is None:
        return Held([], {"woonplaats": "", "talen": [], "kinderen": []}, reverse("family_edit"))
    children = sorted(family.children.all(), key=lambda child: (child.birth_month, child.pk))
    place = place_by_key(family.home, day=wall(now).date()) if family.home else None
    names = [gettext(name) for code, name in LANGUAGES if code in family.languages]
    lines = (
        [gettext("Je woont in %(place)s") % {"place": place.label if place else family.home}]
        if family.home
        else []
    )
    lines += [gettext("Jullie spreken %(languages)s") % {"languages": ", ".join(names)}] if names else []
    lines += [f"{child.first_name or gettext('Een kind')}: {month(child.birth_month)}" for child in children]
    data = {
        "woonplaats": family.home,
        "talen": list(family.languages),
        "kinderen": [
            {"voornaam": child.first_name, "geboortemaand": f"{child.birth_month:%Y-%m}"}
            for child in children
        ],
    }
    return Held(lines, data, reverse("family_edit"))


KEEP = _("Tot je het wist, of tot je je twee jaar niet meer aanmeldt.")
ACCOUNT = Holding("account", _("Je account"), KEEP, _account, order=10)
FAMILY = Holding("gezin", _("Je gezin"), KEEP, _family, order=20)
