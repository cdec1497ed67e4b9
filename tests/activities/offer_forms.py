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


def rules(*forms, **more):
    """What a browser sends for rules; each form is {field: value}."""
    data = {"schedules-TOTAL_FORMS": len(forms), "schedules-INITIAL_FORMS": 0, **more}
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
