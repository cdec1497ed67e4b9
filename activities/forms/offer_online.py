"""Which drafts to put online."""

from datetime import datetime

from django import forms
from django.db.models import Exists, OuterRef, Q

from activities.models import Activity, OfferImport, OfferLine, Schedule, Session
from huizen.models import House, User
from huizen.roles import Permission
from partners.models import Partnership

#: So many are offered at once, the latest made first.
SHOWN = 200


class OnlineForm(forms.Form):
    """The drafts that somebody may put online herself and that say when they are.

    `brought_by`: the number of an import; only what came in with it is offered, and all of it is ticked.
    """

    activities = forms.ModelMultipleChoiceField(
        label="Welke zet je online?",
        queryset=Activity.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één activiteit."},
    )

    def __init__(self, *args, user: User, brought_by: str, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        drafts = drafts_of(user)
        of_a_file = brought_by.isdecimal() and len(brought_by) < 10
        if of_a_file:
            drafts = drafts.filter(pk__in=_brought_by(user, int(brought_by)))
        rules = Schedule.objects.filter(activity=OuterRef("pk"))
        moments = Session.objects.filter(activity=OuterRef("pk")).upcoming(now=now)
        ready = drafts.filter(Exists(rules) | Exists(moments))
        self.not_ready = list(drafts.exclude(Exists(rules) | Exists(moments)).order_by("title", "pk")[:SHOWN])
        keys = list(ready.order_by("-pk").values_list("pk", flat=True)[:SHOWN])
        field = self.fields["activities"]
        field.queryset = Activity.objects.filter(pk__in=keys).order_by("title", "pk")
        field.label_from_instance = lambda each: each.title
        self.any_ready = bool(keys)
        if of_a_file:
            field.initial = keys


def drafts_of(user: User):
    """The drafts that this person puts online without asking: of her Houses, or of an organisation that is trusted."""
    trusted = Partnership.objects.trusting(user).filter(
        house=OuterRef("house"), organisation=OuterRef("organiser")
    )
    may = Q(house__in=House.objects.where(user, Permission.PUBLISH_OFFER)) | Exists(trusted)
    return Activity.objects.editable_by(user).filter(may, status=Activity.Status.DRAFT)


def _brought_by(user: User, key: int):
    imports = OfferImport.objects.editable_by(user).filter(pk=key)
    return OfferLine.objects.filter(offer_import__in=imports).added().values("activity")
