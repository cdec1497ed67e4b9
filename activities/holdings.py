"""What activities hold of a parent: sign-ups, saved offers, what she follows, the agenda of her phone."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.actions.forget import forget_registration
from activities.actions.registration import TooLateError
from activities.actions.registration_change import cancel_registration
from activities.actions.registration_mail import spoken_party
from activities.actions.session_lock import BusyError
from activities.actions.session_words import spoken_time
from activities.models import FamilyCalendar, Follow, Registration, SavedActivity
from activities.own_sign_ups import sign_ups_of
from families.holdings import CannotEraseError, Held, Holding
from huizen.languages import language_of
from huizen.models import User
from huizen.retention import timed_rules
from huizen.words import count, day_in_full, wall


def _sign_ups(user: User, now: datetime) -> Held:
    rows = sign_ups_of(user).select_related("session__activity").prefetch_related("participants")
    rows = list(rows.order_by("-session__starts_at"))
    lines = [_line(row) for row in rows]
    return Held(lines, {"inschrijvingen": [_sign_up_data(row) for row in rows]}, reverse("my"))


def _line(row: Registration) -> str:
    return gettext("%(title)s, %(when)s: %(state)s, voor %(who)s") % {
        "title": row.session.activity.title,
        "when": spoken_time(row.session),
        "state": row.get_state_display(),
        "who": spoken_party(row),
    }


def _sign_up_data(row: Registration) -> dict:
    return {
        "activiteit": row.session.activity.title,
        "begint": row.session.starts_at.isoformat(),
        "toestand": row.get_state_display(),
        "naam": row.name,
        "e-mailadres": row.email,
        "telefoon": row.phone,
        "taal van de mails": language_of(row.language).name,
        "opmerking": row.note,
        "plaatsen": row.places,
        "ingeschreven op": row.created_at.isoformat(),
        "kinderen": [
            {
                "voornaam": child.first_name,
                "geboortemaand": f"{child.birth_month:%Y-%m}" if child.birth_month else "",
            }
            for child in row.participants.all()
        ],
    }


def _erase_sign_ups(user: User, now: datetime, asked: bool) -> None:
    """What is over is forgotten now; what is to come stays known to the House, unless the parent leaves."""
    rows = sign_ups_of(user).select_related("session").order_by("session_id", "pk")
    for row in rows:
        if asked and row.state != Registration.State.CANCELLED and row.session.ends_at > now:
            _leave(row, now)
        forget_registration(registration_id=row.pk, now=now)


def _leave(row: Registration, now: datetime) -> None:
    try:
        cancel_registration(registration_id=row.pk, now=now)
    except BusyError as error:
        raise CannotEraseError(str(error)) from error
    except TooLateError:
        # It has begun: the House knows who is there, and forgets it in time.
        return


def _saved(user: User, now: datetime) -> Held:
    rows = (
        SavedActivity.objects.filter(family__user=user).select_related("activity").order_by("-saved_at", "pk")
    )
    data = [{"activiteit": row.activity.title, "bewaard op": row.saved_at.isoformat()} for row in rows]
    return Held([row.activity.title for row in rows], {"bewaarde activiteiten": data}, reverse("saved_list"))


def _follows(user: User, now: datetime) -> Held:
    rows = list(Follow.objects.filter(email=user.email).order_by("created_at", "pk"))
    data = [
        {
            "wat": row.label,
            "zoekopdracht": row.query,
            "gevraagd op": row.created_at.isoformat(),
            "bevestigd op": row.confirmed_at.isoformat() if row.confirmed_at else "",
            "gestopt op": row.ended_at.isoformat() if row.ended_at else "",
        }
        for row in rows
    ]
    return Held([row.label for row in rows], {"wat je volgt": data}, reverse("my"))


def _erase_follows(user: User, now: datetime, asked: bool) -> None:
    Follow.objects.filter(email=user.email).delete()


def _calendar(user: User, now: datetime) -> Held:
    row = FamilyCalendar.objects.filter(family__user=user).first()
    if row is None:
        return Held([], {"agenda-adres": None}, reverse("my"))
    made = day_in_full(wall(row.created_at).date())
    data = {"geheim": row.secret, "met bewaarde": row.with_saved, "gemaakt op": row.created_at.isoformat()}
    return Held(
        [gettext("Een geheim adres voor je agenda, gemaakt op %(made)s") % {"made": made}],
        {"agenda-adres": data},
        reverse("my"),
    )


WITH_ACCOUNT = _("Tot je het wist, of tot je je twee jaar niet meer aanmeldt.")


def all_holdings() -> list[Holding]:
    """The four sorts, for the registry of families."""
    days = lazy(count, str)(timed_rules()["registration"], "dag", "dagen")
    return [
        Holding(
            "inschrijvingen",
            _("Je inschrijvingen"),
            format_lazy(_("Tot {days} na de activiteit."), days=days),
            _sign_ups,
            _erase_sign_ups,
            _(
                "Meld ons ook af voor alles wat nog komt. Anders blijven die inschrijvingen, tot na de activiteit."
            ),
            order=30,
        ),
        Holding("bewaard", _("Wat je bewaarde"), WITH_ACCOUNT, _saved, order=40),
        Holding("volgen", _("Wat je volgt"), _("Tot je stopt."), _follows, _erase_follows, order=50),
        Holding("agenda", _("De agenda voor je telefoon"), WITH_ACCOUNT, _calendar, order=60),
    ]
