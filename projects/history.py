"""Everything that was done in a project: its own acts, and those on what belongs to it and to its call."""

from collections import defaultdict
from functools import cache

from django.apps import apps
from django.db.models import CharField, ForeignKey, Model, Q, QuerySet, Value
from django.db.models.functions import Cast

from huizen.models import Event
from projects.models import Period, Project


def events_of(project: Project) -> QuerySet[Event]:
    """The acts of the logbook about a project (one more query, for what belongs to it)."""
    found = Q(pk__in=[])
    for label, keys in _subjects(project).items():
        found |= Q(subject_type=label, subject_id__in=keys)
    return Event.objects.filter(found)


def _subjects(project: Project) -> dict[str, list[str]]:
    """The keys of all that belongs to a project, by its label."""
    first, *others = [
        _keys(model, **{path: project.pk}) for model, path in _paths().items() if model is not Project
    ] + [_keys(Period, call=project.call_id)]
    keys = defaultdict(list)
    for label, key in first.union(*others, all=True):
        keys[label].append(key)
    keys[Project._meta.label_lower].append(str(project.pk))
    keys[project.call._meta.label_lower].append(str(project.call_id))
    return keys


def _keys(model: type[Model], **rule) -> QuerySet:
    rows = model._default_manager.filter(**rule).order_by()
    key = Cast("pk", CharField())
    return rows.values_list(Value(model._meta.label_lower, output_field=CharField()), key)


@cache
def _paths() -> dict[type[Model], str]:
    """How each model of this app leads to its project, by the shortest way: ProgressReport → "project"."""
    paths: dict[type[Model], str] = {Project: "pk"}
    models = list(apps.get_app_config("projects").get_models())
    while step := {
        model: path for model in models if model not in paths and (path := _one_step(model, paths))
    }:
        paths |= step
    return paths


def _one_step(model: type[Model], paths: dict[type[Model], str]) -> str:
    """The way of a model of which a key leads to one that has a way."""
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model in paths:
            return (
                field.name
                if field.related_model is Project
                else f"{field.name}__{paths[field.related_model]}"
            )
    return ""
