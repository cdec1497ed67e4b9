"""The people around an offer, and what a browser sends for it."""

from huizen.roles import Role
from tests.factories import EditorFactory, MembershipFactory, PartnershipFactory


def partner_of(house):
    """Somebody who edits one organisation, and may propose its offer in the House."""
    editor = EditorFactory()
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor


def typed(activity, **facts):
    """The form of an activity as it stands, with some facts typed anew."""
    sent = {
        "house": activity.house_id,
        "organiser": activity.organiser_id or "",
        "title": activity.title,
        "summary": activity.summary,
        "description": activity.description,
        "plain": activity.plain,
        "offer_type": activity.offer_type,
        "element": activity.element,
        "age_min": "",
        "age_max": "",
        "dutch": activity.dutch,
        "siblings": activity.siblings,
        "indoor": "on",
        "price_kind": activity.price_kind,
        "registration_mode": activity.registration_mode,
        "channels": activity.channels,
        "counts": activity.counts,
        "asks_birth_month": "on",
        "closes_hours": activity.closes_hours,
        "capacity": activity.capacity or "",
        "seen_at": activity.changed_at.isoformat(),
    }
    return sent | facts


def rules(*forms, saved=0, **more):
    """What a browser sends for rules; each form is {field: value}; the first `saved` ones exist already."""
    data = {"schedules-TOTAL_FORMS": len(forms), "schedules-INITIAL_FORMS": saved, **more}
    for number, form in enumerate(forms):
        data |= {f"schedules-{number}-{name}": value for name, value in form.items()}
    return data
