from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities import checks  # noqa: F401 registers itself
        from activities.actions import feedback, reminder
        from activities.actions.forget import (
            forget_feedback,
            forget_registrations,
            forget_series,
            forget_watches,
        )
        from activities.dashboard import families_that_wait, offer_to_look_at
        from huizen import dashboard, navigation, retention
        from huizen.outbox import kinds
        from huizen.roles import Permission

        kinds.register(reminder.KIND)
        kinds.register(feedback.KIND)
        navigation.register(navigation.Entry("Activiteiten", "offer_list", Permission.EDIT_OFFER, 20))
        navigation.register(
            navigation.Entry("Inschrijvingen", "session_list", Permission.SEE_REGISTRATIONS, order=30)
        )
        dashboard.register(offer_to_look_at)
        dashboard.register(families_that_wait)
        retention.register("registration", forget_registrations)
        retention.register("series", forget_series)
        retention.register("watches", forget_watches)
        retention.register("opinions", forget_feedback)
