"""Which projects everybody sees: by words, by what they work on, by province; each choice says how many it gives."""

from collections import Counter

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huizen.models import Municipality
from huizen.vocabulary import PolicyGoal
from projects.models import Project


class ShowcaseFilter(filters.FilterSet):
    """The wish stands in the address; what was not understood narrows nothing and says so."""

    q = filters.CharFilter(label=_("Zoek een project of een gemeente"), method="with_words", max_length=80)
    doelstelling = filters.ChoiceFilter(
        label=_("Waaraan het werkt"),
        choices=PolicyGoal,
        method="with_goal",
        empty_label=_("Alles"),
    )
    provincie = filters.ChoiceFilter(
        label=_("Provincie"),
        choices=Municipality.Province,
        field_name="municipalities__province",
        distinct=True,
        empty_label=_("Overal"),
    )

    class Meta:
        model = Project
        fields = ("q", "doelstelling", "provincie")
        form = forms.Form

    def with_words(self, queryset, name, value):
        named = Q(name__icontains=value) | Q(title__icontains=value) | Q(official_variant__icontains=value)
        there = Q(municipalities__name__icontains=value)
        today = Q(municipalities__merged_into__name__icontains=value)
        # In a query of its own: two joins with the municipalities would count double.
        return queryset.filter(pk__in=Project.objects.filter(named | there | today).values("pk"))

    def with_goal(self, queryset, name, value):
        return queryset.filter(policy_goals__contains=[value])

    def count_choices(self) -> None:
        """Put behind each choice how many projects it gives, with the rest of the wish as it is (one query)."""
        self.form.is_valid()
        wish = self.form.cleaned_data
        goal, province = wish.get("doelstelling", ""), wish.get("provincie", "")
        named = self.with_words(self.queryset, "q", wish["q"]) if wish.get("q") else self.queryset
        rows = set()
        for pk, goals, there in named.order_by().values_list(
            "pk", "policy_goals", "municipalities__province"
        ):
            rows |= {(pk, each, there) for each in (*goals, "")}
        self._count("doelstelling", {(pk, each) for pk, each, there in rows if province in ("", there)})
        self._count("provincie", {(pk, there) for pk, each, there in rows if each == goal})

    def _count(self, name: str, pairs: set[tuple[int, str]]) -> None:
        numbers = Counter(code for _, code in pairs)
        field = self.form.fields[name]
        field.choices = [
            (code, f"{gettext(label)} ({numbers[code] or gettext('geen')})") for code, label in CHOICES[name]
        ]


CHOICES = {"doelstelling": PolicyGoal.choices, "provincie": Municipality.Province.choices}
