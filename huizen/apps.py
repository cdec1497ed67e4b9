from django.apps import AppConfig


class HuizenConfig(AppConfig):
    name = "huizen"
    verbose_name = "Huizen"

    def ready(self):
        from huizen import dashboard, house_start, switcher, web_links
        from huizen.navigation import Entry, register
        from huizen.outbox import morning
        from huizen.outbox.tile import people_to_call, undelivered
        from huizen.roles import Permission
        from huizen.start_steps import STEPS
        from huizen.start_tile import incomplete_houses

        register(Entry("Vandaag", "desk", Permission.SEE_DESK, order=10))
        register(Entry("Ons Huis", "house_choose", Permission.EDIT_HOUSE, order=70))
        register(Entry("Alle Huizen", "network_list", Permission.SEE_NETWORK, order=75))
        register(Entry("Zoekwoorden", "concept_list", Permission.EDIT_WORDS, order=78))
        register(Entry("Team", "team", Permission.INVITE_PEOPLE, order=80))
        register(Entry("Post", "delivery_list", Permission.SEE_DELIVERY, order=85))
        register(Entry("Mijn mails", "staff_mail", Permission.SEE_DESK, order=86))
        register(Entry("Logboek", "logbook", Permission.SEE_LOGBOOK, order=90))
        dashboard.register(people_to_call)
        dashboard.register(undelivered)
        dashboard.register(incomplete_houses)
        switcher.register(switcher.Kind("Pagina", Permission.SEE_DESK, switcher.pages, order=10))
        switcher.register(switcher.Kind("Huis", Permission.EDIT_HOUSE, switcher.houses, order=20))
        for step in STEPS:
            house_start.register(step)
        web_links.register(web_links.LINKS_OF_HOUSES)
        morning.register_kind()
        self._carry_out_the_retention_policy()

    @staticmethod
    def _carry_out_the_retention_policy():
        from huizen import retention
        from huizen.actions import forget

        retention.register("account", forget.forget_accounts)
        retention.register("letters", forget.forget_letters)
        retention.register("reminders", forget.forget_planned)
        retention.register("invitations", forget.forget_invitations)
        retention.register("search_phrases", forget.forget_search_phrases)
