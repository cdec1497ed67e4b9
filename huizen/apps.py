from django.apps import AppConfig


class HuizenConfig(AppConfig):
    name = "huizen"
    verbose_name = "Huizen"

    def ready(self):
        from huizen.navigation import Entry, register
        from huizen.roles import Permission

        register(Entry("Vandaag", "desk", Permission.SEE_DESK, order=10))
        register(Entry("Team", "team", Permission.INVITE_PEOPLE, order=80))
        register(Entry("Logboek", "logbook", Permission.SEE_LOGBOOK, order=90))
