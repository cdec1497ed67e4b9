"""What a browser sends when an activity is edited."""


def typed(house, **facts):
    """What a browser sends for the smallest activity."""
    return {
        "house": house.pk,
        "title": "Samen zingen",
        "summary": "Kom zingen met je kind.",
        "offer_type": "play_meet",
        "age_min": "zwanger",
        "age_max": "2,5 jaar",
        "dutch": "little",
        "siblings": "unknown",
        "indoor": "on",
        "price_kind": "free",
        "registration_mode": "none",
        "counts": "children",
        "asks_birth_month": "on",
        "closes_hours": "0",
        **facts,
    }


def typed_again(activity, **facts):
    """The form of an activity as it stands, with some facts typed anew."""
    names = ("title", "summary", "description", "plain", "offer_type", "element", "dutch", "siblings")
    names += ("price_kind", "registration_mode", "channels", "counts", "closes_hours")
    stands = {name: getattr(activity, name) for name in names}
    more = {"organiser": activity.organiser_id or "", "capacity": activity.capacity or ""}
    ages = {"age_min": "", "age_max": "", "seen_at": activity.changed_at.isoformat()}
    return typed(activity.house, **{**stands, **more, **ages, **facts})


def rules(*forms, saved=0, **more):
    """What a browser sends for rules; each form is {field: value}; the first `saved` ones exist already."""
    data = {"schedules-TOTAL_FORMS": len(forms), "schedules-INITIAL_FORMS": saved, **more}
    for number, form in enumerate(forms):
        data |= {f"schedules-{number}-{name}": value for name, value in form.items()}
    return data


WEEKLY = {
    "kind": "weekly",
    "starts_on": "2026-03-09",
    "weekdays": ["0"],
    "every_weeks": "1",
    "skip_public_holidays": "on",
    "starts_at": "09:00",
    "ends_at": "12:00",
    "dates": "1/1/2030",
}
