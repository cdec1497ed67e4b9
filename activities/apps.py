from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities.actions.forget import forget_registrations
        from activities.dashboard import offer_to_look_at
        from huizen import dashboard, navigation, retention
        from huizen.roles import Permission

        navigation.register(navigation.Entry("Activiteiten", "offer_list", Permission.EDIT_OFFER, 20))
        dashboard.register(offer_to_look_at)
        retention.register("registration", forget_registrations)
