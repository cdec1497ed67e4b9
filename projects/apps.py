from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projecten"

    def ready(self):
        from huizen import dashboard
        from projects.dashboard import unfilled_projects

        navigation.register(navigation.Entry("Onze projecten", "project_desk", Permission.EDIT_HOUSE, 80))
        navigation.register(navigation.Entry("Alle projecten", "agency", Permission.SEE_PROJECTS, 10))
        dashboard.register(unfilled_projects)
