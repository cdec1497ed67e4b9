from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        from huizen import dashboard, retention
        from partners.actions import forget, resource
        from partners.dashboard import editor_tiles, meeting_tiles, news_tiles
        from partners.reminder_kinds import register_kinds

        also = ("/beheer/organisaties/", "/beheer/contacten/")
        navigation.register(navigation.Entry("Partners", "partner_list", Permission.EDIT_PARTNERS, 40, also))
        navigation.register(navigation.Entry("Overleg", "meeting_list", Permission.PLAN_MEETINGS, 50))
        navigation.register(navigation.Entry("Delen", "resource_list", Permission.SEE_SHARED, 55))
        dashboard.register(meeting_tiles)
        dashboard.register(editor_tiles)
        dashboard.register(news_tiles)
        retention.register("invitees", forget.forget_invitees)
        retention.register("editor_invitations", forget.forget_editor_invitations)
        retention.register("withdrawn", resource.forget_withdrawn)
        retention.register("news", resource.forget_news)
        register_kinds()
