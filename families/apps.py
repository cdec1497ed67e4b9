from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = "Gezinnen"

    def ready(self):
        from families import account, holdings
        from families.actions.participation import forget_ideas
        from families.dashboard import ideas_to_read
        from huizen import dashboard, navigation, retention
        from huizen.roles import Permission

        navigation.register(
            navigation.Entry("Meedenken", "participation_list", Permission.HEAR_PARENTS, order=36)
        )
        dashboard.register(ideas_to_read)
        retention.register("ideas", forget_ideas)
        holdings.register(account.ACCOUNT, account.FAMILY)
