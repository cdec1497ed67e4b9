from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        from huizen import dashboard, retention, web_links
        from partners.actions import forget
        from partners.dashboard import editor_tiles, meeting_tiles
        from partners.reminder_kinds import register_kinds
        from partners.web_links import links_of_organisations

        also = ("/beheer/organisaties/", "/beheer/contacten/")
        navigation.register(navigation.Entry("Partners", "partner_list", Permission.EDIT_PARTNERS, 40, also))
        navigation.register(navigation.Entry("Overleg", "meeting_list", Permission.PLAN_MEETINGS, 50))
        dashboard.register(meeting_tiles)
        dashboard.register(editor_tiles)
        web_links.register(links_of_organisations)
        retention.register("invitees", forget.forget_invitees)
        retention.register("editor_invitations", forget.forget_editor_invitations)
        register_kinds()
