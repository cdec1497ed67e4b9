"""The filters of the offer list of a House: validated, and all in the address."""

import django_filters as filters
from django import forms
from django.db.models import Q

from activities.models import Activity
from activities.quality import LOW
from huizen.models import House
from huizen.roles import Permission

#: By the figure of activities/quality.py.
ONLY_LOW = "laag"


def _my_houses(request):
    return House.objects.where(request.user, Permission.EDIT_OFFER).order_by("name")


class OfferFilter(filters.FilterSet):
    """By words, by state, by House, by how completely it is told."""

    q = filters.CharFilter(label="Zoek", method="with_words", max_length=120)
    status = filters.ChoiceFilter(label="Toestand", choices=Activity.Status, empty_label="Alle")
    house = filters.ModelChoiceFilter(label="Huis", queryset=_my_houses, empty_label="Alle")

    kwaliteit = filters.ChoiceFilter(
        label="Hoe volledig",
        choices=[(ONLY_LOW, f"Onder {LOW} %")],
        empty_label="Alle",
        method="left_to_the_view",
    )

    class Meta:
        model = Activity
        fields = ("q", "status", "house", "kwaliteit")
        form = forms.Form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.has_several_houses:
            del self.filters["house"]

    def with_words(self, queryset, name, value):
        for word in value.split()[:10]:
            queryset = queryset.filter(Q(title__icontains=word) | Q(organiser__name__icontains=word))
        return queryset

    def left_to_the_view(self, queryset, name, value):
        """The figure is counted from the texts: the database cannot."""
        return queryset
