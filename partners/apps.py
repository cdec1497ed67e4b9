from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self):
        from huizen import retention
        from partners.actions import forget

        retention.register("invitees", forget.forget_invitees)
        retention.register("editor_invitations", forget.forget_editor_invitations)
