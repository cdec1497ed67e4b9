from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projecten"

    def ready(self):
        from huizen import dashboard, retention
        from huizen.outbox import kinds
        from projects.actions import survey_forget
        from projects.actions.report_mail import DUE
        from projects.dashboard import reports_to_write, unfilled_projects
        from projects.survey.letters import register_kinds
        from projects.survey.tile import survey_tiles

        navigation.register(
            navigation.Entry(
                "Onze projecten", "project_desk", Permission.EDIT_HOUSE, 80, ("/beheer/verslagen/",)
            )
        )
        navigation.register(navigation.Entry("Alle projecten", "agency", Permission.SEE_PROJECTS, 10))
        navigation.register(
            navigation.Entry("Netwerk in beeld", "network_picture", Permission.SEE_NETWORK, 12)
        )
        navigation.register(navigation.Entry("Bevragingen", "survey_rounds", Permission.LEAD_SURVEYS, 15))
        navigation.register(navigation.Entry("Bevragingen", "survey_list", Permission.ANSWER_SURVEYS, 82))
        dashboard.register(unfilled_projects)
        dashboard.register(survey_tiles)
        register_kinds()
        retention.register("survey_drafts", survey_forget.forget_drafts)
        dashboard.register(reports_to_write)
        kinds.register(DUE)
