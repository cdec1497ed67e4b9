from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities.actions.forget import forget_registrations
        from huizen import retention

        retention.register("registration", forget_registrations)
