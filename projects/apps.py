from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission

MENU = (
    navigation.Entry("Alle projecten", "agency", Permission.SEE_PROJECTS, 10),
    navigation.Entry(
        "Oproepen",
        "programme_list",
        Permission.LEAD_CALLS,
        11,
        ("/opgroeien/aanvragen/", "/opgroeien/programmas/"),
    ),
    navigation.Entry("Netwerk in beeld", "network_picture", Permission.SEE_NETWORK, 12),
    navigation.Entry("Jury", "jury_list", Permission.JUDGE, 13),
    navigation.Entry("Bevragingen", "survey_rounds", Permission.LEAD_SURVEYS, 15),
    navigation.Entry("Uitwisseling", "exchange_questions", Permission.EXCHANGE, 58),
    navigation.Entry(
        "Onze projecten",
        "project_desk",
        Permission.EDIT_HOUSE,
        80,
        (
            "/beheer/verslagen/",
            "/beheer/mijlpalen/",
            "/beheer/verhalen/",
            "/beheer/toestemmingen/",
            "/beheer/blijft/",
        ),
    ),
    navigation.Entry("Oproepen", "open_calls", Permission.APPLY, 81, ("/beheer/aanvragen/",)),
    navigation.Entry("Bevragingen", "survey_list", Permission.ANSWER_SURVEYS, 82),
)


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projecten"

    def ready(self):
        navigation.register(*MENU)
        _fill_the_desk()
        _name_the_mails()
        _forget_in_time()
        _tell_the_logbook()
        _hold_partners()
        _stand_on_the_map()
        _tell_what_is_held()


def _fill_the_desk() -> None:
    from huizen import dashboard
    from projects import dashboard as tiles
    from projects.survey.tile import survey_tiles

    dashboard.register(
        tiles.unfilled_projects,
        survey_tiles,
        tiles.reports_to_write,
        tiles.applications_to_finish,
        tiles.late_milestones,
    )


def _name_the_mails() -> None:
    from huizen.outbox import kinds
    from projects.actions.application_mail import REMINDER
    from projects.actions.comment_mail import COMMENTS
    from projects.actions.report_mail import DUE
    from projects.survey.letters import register_kinds

    register_kinds()
    kinds.register(DUE, COMMENTS, REMINDER)


def _forget_in_time() -> None:
    from huizen import retention
    from projects.actions import (
        amendment_file,
        application_forget,
        comment_forget,
        consent,
        exchange,
        survey_forget,
    )

    retention.register("survey_drafts", survey_forget.forget_drafts)
    retention.register("applications", application_forget.forget_applications)
    retention.register("jury", application_forget.forget_jury)
    retention.register("exchange", exchange.forget_questions)
    retention.register("photos", consent.forget_shown)
    retention.register("consents", consent.forget_names)
    retention.register("evidence", consent.forget_evidence)
    retention.register("amendments", amendment_file.forget_files)
    retention.register("comments", comment_forget.forget_comments)


def _tell_the_logbook() -> None:
    from huizen.templatetags import logbook
    from projects.models import BudgetLine, Project

    logbook.told_with(Project, BudgetLine)


def _hold_partners() -> None:
    """An organisation that answers for an objective is not merged or taken away without it."""
    from partners import belongings
    from projects.models import ObjectivePartner

    belongings.register(
        belongings.Belonging(
            ObjectivePartner,
            "organisation",
            "doel van een project",
            "doelen van projecten",
            "objective__project__house",
        )
    )


def _stand_on_the_map() -> None:
    """Searching machines find the calls."""
    from activities.views import sitemap
    from projects.views.announced import Calls

    sitemap.register(oproepen=Calls)


def _tell_what_is_held() -> None:
    from families import holdings
    from projects.holdings import DIRECTORY

    holdings.register(DIRECTORY)
