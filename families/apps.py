from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = "Gezinnen"

    def ready(self):
        from families import account, holdings

        holdings.register(account.ACCOUNT)
        holdings.register(account.FAMILY)
