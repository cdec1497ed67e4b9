"""`/mijn/`: the week for us, our sign-ups, what we saved and follow, our agenda, and the way to the desk."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.actions.follow import PURPOSE
from activities.actions.registration_mail import PURPOSE as REGISTRATION
from activities.actions.series_mail import series_path
from activities.models import Activity, FamilyCalendar, Follow, Registration, SavedActivity
from activities.next_moments import with_next_moments
from activities.our_week import knows_enough, our_week, our_week_address
from activities.overlap import first_of_each, overlaps_among
from activities.own_sign_ups import SignUp, folded, sign_ups_of
from activities.views.family_calendar import addresses
from families.forms import home_label
from families.models import Family
from huizen.access import members
from huizen.links import sign
from huizen.roles import Permission
from huizen.vocabulary import LANGUAGES

#: A year of four weekly series.
MOST_SIGN_UPS, MOST_SAVED = 210, 12


@require_safe
@members
def my(request):
    """Everything of one family on one page, the next thing to do first."""
    now = timezone.now()
    family = Family.objects.filter(user=request.user).prefetch_related("children").first()
    sign_ups = _sign_ups(request.user, now)
    context = {
        "family": family,
        "knows_enough": knows_enough(family),
        "week": our_week(family, now=now) if family else [],
        "week_address": our_week_address(family) if family else "",
        "registrations": [_addressed(sign_up) for sign_up in folded(sign_ups)],
        "overlaps": first_of_each(overlaps_among(sign_ups)),
        "saved": _saved(family, now) if family else [],
        "follows": _follows(request.user),
        "calendar": _calendar(family),
        "home": home_label(family, today=timezone.localdate(now)),
        "languages": [name for code, name in LANGUAGES if family and code in family.languages],
        "sees_desk": request.user.may(Permission.SEE_DESK),
        "sees_agency": request.user.may(Permission.SEE_PROJECTS),
        "sees_jury": request.user.may(Permission.JUDGE),
        "taken_over": "overgenomen" in request.GET,
        "now": now,
    }
    return render(request, "activities/my.html", context)


def _sign_ups(user, now) -> list:
    """Those still to come: made while signed in, or with this address, which was proved with a code."""
    rows = sign_ups_of(user).current().filter(session__ends_at__gt=now)
    rows = rows.select_related(
        "series", "session__activity__house", "session__activity__location", "session__location"
    )
    return list(rows.prefetch_related("participants").order_by("session__starts_at", "pk")[:MOST_SIGN_UPS])


def _addressed(sign_up: SignUp) -> tuple[Registration, str, int, str]:
    """A sign-up, the secret of its own page, how many follow, and the page of its series where it is one."""
    row = sign_up.next
    return row, sign(REGISTRATION, row.pk), sign_up.later, series_path(row.series) if row.series else ""


def _saved(family: Family, now) -> list[Activity]:
    rows = SavedActivity.objects.filter(family=family).order_by("-saved_at", "-pk")
    kept = list(rows.select_related("activity__house", "activity__location")[:MOST_SAVED])
    return with_next_moments([row.activity for row in kept], now=now)


def _follows(user) -> list[tuple[Follow, str]]:
    rows = Follow.objects.current().filter(email=user.email).select_related("house")
    return [(row, sign(PURPOSE, row.pk)) for row in rows.order_by("-confirmed_at", "pk")]


def _calendar(family: Family | None) -> dict | None:
    calendar = FamilyCalendar.objects.filter(family=family).first() if family else None
    return addresses(calendar) if calendar else None
