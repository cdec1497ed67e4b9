from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        from huizen import dashboard, house_start, retention, switcher, web_links
        from huizen.outbox import kinds
        from huizen.templatetags import logbook
        from partners import agenda_sources, belongings, waiting_points
        from partners.action_kinds import register_kinds as register_minutes_kinds
        from partners.actions import forget, forget_minutes, news_mail, resource
        from partners.dashboard import (
            editor_tiles,
            import_tiles,
            invitation_tiles,
            meeting_tiles,
            news_tiles,
            poll_tiles,
        )
        from partners.minutes_tiles import MINUTES_TILES
        from partners.models import Organisation, Partnership
        from partners.poll_kinds import register_poll_kinds
        from partners.reminder_kinds import register_kinds
        from partners.start_steps import FIRST_PARTNERS
        from partners.switches import KINDS
        from partners.web_links import LINKS_OF_ORGANISATIONS

        navigation.register(
            navigation.Entry("Dubbele partners", "double_list", Permission.MERGE_PARTNERS, 45)
        )
        also = tuple(
            f"/beheer/{name}/" for name in ("organisaties", "contacten", "overeenkomsten", "notities")
        )
        navigation.register(navigation.Entry("Partners", "partner_list", Permission.EDIT_PARTNERS, 40, also))
        navigation.register(navigation.Entry("Overleg", "meeting_list", Permission.PLAN_MEETINGS, 50))
        navigation.register(navigation.Entry("Delen", "resource_list", Permission.SEE_SHARED, 55))
        navigation.register(navigation.Entry("Overleg", "my_proposals", Permission.PROPOSE_POINTS, 50))
        dashboard.register(meeting_tiles)
        for tile in MINUTES_TILES:
            dashboard.register(tile)
        dashboard.register(poll_tiles)
        dashboard.register(editor_tiles)
        dashboard.register(news_tiles)
        retention.register("withdrawn", resource.forget_withdrawn)
        retention.register("news", resource.forget_news)
        dashboard.register(invitation_tiles)
        dashboard.register(import_tiles)
        house_start.register(FIRST_PARTNERS)
        for kind in KINDS:
            switcher.register(kind)
        web_links.register(LINKS_OF_ORGANISATIONS)
        retention.register("invitees", forget.forget_invitees)
        retention.register("polls", forget.forget_polls)
        retention.register("agenda_addresses", forget.forget_agenda_addresses)
        retention.register("editor_invitations", forget.forget_editor_invitations)
        retention.register("partner_imports", forget.forget_imports)
        retention.register("merges", forget.forget_merged)
        retention.register("minutes", forget_minutes.forget_minutes)
        register_kinds()
        kinds.register(news_mail.KIND)
        register_minutes_kinds()
        agenda_sources.register("Doorgeschoven", waiting_points.carried, order=10)
        agenda_sources.register("Verslagen", waiting_points.minutes_to_approve, order=20)
        agenda_sources.register("Actiepunten", waiting_points.actions_to_follow, order=30)
        register_poll_kinds()
        logbook.told_with(Organisation, Partnership)
        for belonging in belongings.OWN:
            belongings.register(belonging)
