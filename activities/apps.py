from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities import checks  # noqa: F401 registers itself
        from activities.actions import feedback, follow, referral, reminder, report
        from activities.actions.forget import (
            forget_feedback,
            forget_registrations,
            forget_reports,
            forget_series,
            forget_watches,
        )
        from activities.dashboard import families_that_wait, offer_to_look_at, reports_to_answer
        from activities.holdings import all_holdings
        from families import holdings
        from huizen import dashboard, navigation, retention
        from huizen.outbox import kinds
        from huizen.roles import Permission

        kinds.register(reminder.KIND)
        kinds.register(report.KIND)
        kinds.register(follow.KIND)
        kinds.register(feedback.KIND)
        navigation.register(navigation.Entry("Activiteiten", "offer_list", Permission.EDIT_OFFER, 20))
        navigation.register(
            navigation.Entry(
                "Inschrijvingen",
                "session_list",
                Permission.SEE_REGISTRATIONS,
                order=30,
                also=("/beheer/inschrijvingen/",),
            )
        )
        navigation.register(navigation.Entry("Meegeven", "referral_create", Permission.HAND_OVER, order=26))
        navigation.register(navigation.Entry("Leren", "learning_list", Permission.LEARN, order=56))
        navigation.register(navigation.Entry("Nakijken", "check_list", Permission.EDIT_OFFER, order=22))
        navigation.register(navigation.Entry("Meldingen", "report_list", Permission.ANSWER_REPORTS, order=24))
        dashboard.register(offer_to_look_at)
        dashboard.register(reports_to_answer)
        dashboard.register(families_that_wait)
        retention.register("registration", forget_registrations)
        retention.register("reports", forget_reports)
        retention.register("follows", follow.forget_follows)
        for holding in all_holdings():
            holdings.register(holding)
        retention.register("series", forget_series)
        retention.register("watches", forget_watches)
        retention.register("opinions", forget_feedback)
        retention.register("sheets", referral.forget_sheets)
