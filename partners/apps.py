from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission

#: Addresses of partners that do not begin as their list does.
ALSO = tuple(f"/beheer/{name}/" for name in ("organisaties", "contacten", "overeenkomsten", "notities"))
MENU = (
    navigation.Entry("Partners", "partner_list", Permission.EDIT_PARTNERS, 40, ALSO),
    navigation.Entry("Dubbele partners", "double_list", Permission.MERGE_PARTNERS, 45),
    navigation.Entry("Overleg", "meeting_list", Permission.PLAN_MEETINGS, 50),
    navigation.Entry("Overleg", "my_proposals", Permission.PROPOSE_POINTS, 50),
    navigation.Entry("Delen", "resource_list", Permission.SEE_SHARED, 55),
)


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        navigation.register(*MENU)
        _fill_the_desk()
        _name_the_mails()
        _forget_in_time()
        _wait_for_the_agenda()
        _be_known_elsewhere()


def _fill_the_desk() -> None:
    from huizen import dashboard
    from partners import dashboard as tiles
    from partners.minutes_tiles import MINUTES_TILES

    dashboard.register(
        tiles.meeting_tiles,
        *MINUTES_TILES,
        tiles.poll_tiles,
        tiles.editor_tiles,
        tiles.news_tiles,
        tiles.invitation_tiles,
        tiles.import_tiles,
    )


def _name_the_mails() -> None:
    from huizen.outbox import kinds
    from partners import action_kinds, reminder_kinds
    from partners.actions import news_mail
    from partners.poll_kinds import register_poll_kinds

    reminder_kinds.register_kinds()
    action_kinds.register_kinds()
    register_poll_kinds()
    kinds.register(news_mail.KIND)


def _forget_in_time() -> None:
    from huizen import retention
    from partners.actions import forget, forget_minutes, resource

    retention.register("withdrawn", resource.forget_withdrawn)
    retention.register("news", resource.forget_news)
    retention.register("invitees", forget.forget_invitees)
    retention.register("polls", forget.forget_polls)
    retention.register("agenda_addresses", forget.forget_agenda_addresses)
    retention.register("editor_invitations", forget.forget_editor_invitations)
    retention.register("partner_imports", forget.forget_imports)
    retention.register("merges", forget.forget_merged)
    retention.register("minutes", forget_minutes.forget_minutes)


def _wait_for_the_agenda() -> None:
    from partners import agenda_sources, waiting_points

    agenda_sources.register("Doorgeschoven", waiting_points.carried, order=10)
    agenda_sources.register("Verslagen", waiting_points.minutes_to_approve, order=20)
    agenda_sources.register("Actiepunten", waiting_points.actions_to_follow, order=30)


def _be_known_elsewhere() -> None:
    """In the steps of a new House, where a few letters lead, among the links, the logbook and what merging moves."""
    from huizen import house_start, switcher, web_links
    from huizen.templatetags import logbook
    from partners import belongings
    from partners.models import Organisation, Partnership
    from partners.start_steps import FIRST_PARTNERS
    from partners.switches import KINDS
    from partners.web_links import LINKS_OF_ORGANISATIONS

    house_start.register(FIRST_PARTNERS)
    switcher.register(*KINDS)
    web_links.register(LINKS_OF_ORGANISATIONS)
    logbook.told_with(Organisation, Partnership)
    belongings.register(*belongings.OWN)
