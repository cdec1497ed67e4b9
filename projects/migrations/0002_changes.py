"""Projects, their plans and their stories stand on pages that are kept: their changes are told."""

from django.db import migrations

from huizen.changes import watch


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("huizen", "0003_changes")]
    operations = [
        watch("projects_programme"),
        watch("projects_call"),
        watch("projects_criterion", "call_id"),
        watch("projects_project"),
        watch("projects_objective", "project_id"),
        watch("projects_target", "objective_id"),
        watch("projects_resultstatement", "objective_id"),
        watch("projects_indicator", "result_id"),
        watch("projects_figure", "indicator_id"),
        watch("projects_story", "project_id"),
        watch("projects_consent", "project_id"),
        watch("projects_mainstreaming", "project_id"),
    ]
