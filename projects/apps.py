from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projecten"

    def ready(self):
        from huizen import dashboard
        from huizen.outbox import kinds
        from projects.actions.report_mail import DUE
        from projects.dashboard import reports_to_write, unfilled_projects

        navigation.register(
            navigation.Entry(
                "Onze projecten", "project_desk", Permission.EDIT_HOUSE, 80, ("/beheer/verslagen/",)
            )
        )
        navigation.register(navigation.Entry("Alle projecten", "agency", Permission.SEE_PROJECTS, 10))
        dashboard.register(unfilled_projects)
        dashboard.register(reports_to_write)
        kinds.register(DUE)
