from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission

MENU = (
    navigation.Entry("Vandaag", "desk", Permission.SEE_DESK, 10),
    navigation.Entry("Ons Huis", "house_choose", Permission.EDIT_HOUSE, 70),
    navigation.Entry("Alle Huizen", "network_list", Permission.SEE_NETWORK, 75),
    navigation.Entry("Zoekwoorden", "concept_list", Permission.EDIT_WORDS, 78),
    navigation.Entry("Team", "team", Permission.INVITE_PEOPLE, 80),
    navigation.Entry("Post", "delivery_list", Permission.SEE_DELIVERY, 85),
    navigation.Entry("Mijn mails", "staff_mail", Permission.SEE_DESK, 86),
    navigation.Entry("Logboek", "logbook", Permission.SEE_LOGBOOK, 90),
)


class HuizenConfig(AppConfig):
    name = "huizen"
    verbose_name = "Huizen"

    def ready(self):
        from huizen import dashboard, house_start, switcher, web_links
        from huizen.outbox import morning
        from huizen.outbox.tile import people_to_call, undelivered
        from huizen.start_steps import STEPS
        from huizen.start_tile import incomplete_houses

        navigation.register(*MENU)
        dashboard.register(people_to_call, undelivered, incomplete_houses)
        switcher.register(
            switcher.Kind("Pagina", Permission.SEE_DESK, switcher.pages, order=10),
            switcher.Kind("Huis", Permission.EDIT_HOUSE, switcher.houses, order=20),
        )
        house_start.register(*STEPS)
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
