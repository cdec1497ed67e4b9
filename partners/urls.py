from django.urls import path, re_path

from partners.views import (
    answer,
    contact,
    editor,
    meeting,
    meeting_change,
    meeting_people,
    news,
    organisation,
    partnership,
    resource,
)

urlpatterns = [
    # Partners of a House.
    path("beheer/partners/", partnership.partner_list, name="partner_list"),
    path("beheer/partners/zoek/", partnership.partner_search, name="partner_search"),
    path("beheer/partners/nieuw/", partnership.partner_create, name="partner_create"),
    path("beheer/partners/toevoegen/<int:pk>/", partnership.partner_add, name="partner_add"),
    path("beheer/partners/<int:pk>/", partnership.partner_detail, name="partner_detail"),
    path("beheer/partners/<int:pk>/rol/", partnership.partnership_edit, name="partnership_edit"),
    path("beheer/partners/<int:pk>/einde/", partnership.partnership_end, name="partnership_end"),
    path("beheer/partners/<int:pk>/redacteur/", editor.editor_invite, name="editor_invite"),
    path(
        "beheer/partners/uitnodiging/<int:pk>/opnieuw/",
        editor.editor_invitation_resend,
        name="editor_invitation_resend",
    ),
    path(
        "beheer/partners/uitnodiging/<int:pk>/intrekken/",
        editor.editor_invitation_withdraw,
        name="editor_invitation_withdraw",
    ),
    path("beheer/partners/<int:pk>/redacteur/<int:editor_pk>/einde/", editor.editor_end, name="editor_end"),
    path(
        "uitnodiging/partner/<str:token>/", editor.editor_invitation_accept, name="editor_invitation_accept"
    ),
    # An organisation, for the Houses that share it and for its own editors.
    path("beheer/organisaties/<int:pk>/", organisation.organisation_edit, name="organisation_edit"),
    path("beheer/organisaties/<int:pk>/logo/", organisation.organisation_logo, name="organisation_logo"),
    path("beheer/organisaties/<int:pk>/contact/", contact.contact_create, name="contact_create"),
    path("beheer/contacten/<int:pk>/", contact.contact_edit, name="contact_edit"),
    path("beheer/contacten/<int:pk>/weg/", contact.contact_remove, name="contact_remove"),
    re_path(r"^media/logos/(?P<name>[0-9a-f]{32}\.png)$", organisation.logo, name="logo"),
    # What partners share.
    path("beheer/delen/", resource.resource_list, name="resource_list"),
    path("beheer/delen/nieuw/", resource.resource_create, name="resource_create"),
    path("beheer/delen/<int:pk>/", resource.resource_detail, name="resource_detail"),
    path("beheer/delen/<int:pk>/intrekken/", resource.resource_withdraw, name="resource_withdraw"),
    path("beheer/delen/bestand/<int:pk>/", resource.resource_file, name="resource_file"),
    path("beheer/delen/nieuws/", news.news_list, name="news_list"),
    path("beheer/delen/nieuws/nieuw/", news.news_create, name="news_create"),
    path("beheer/delen/nieuws/<int:pk>/", news.news_edit, name="news_edit"),
    # Meetings.
    path("beheer/overleg/", meeting.meeting_list, name="meeting_list"),
    path("beheer/overleg/nieuw/", meeting_change.meeting_create, name="meeting_create"),
    path("beheer/overleg/<int:pk>/", meeting.meeting_detail, name="meeting_detail"),
    path("beheer/overleg/<int:pk>/afdruk/", meeting.meeting_print, name="meeting_print"),
    path("beheer/overleg/<int:pk>/wijzig/", meeting_change.meeting_edit, name="meeting_edit"),
    path("beheer/overleg/<int:pk>/annuleer/", meeting_change.meeting_cancel, name="meeting_cancel"),
    path("beheer/overleg/<int:pk>/herstel/", meeting_change.meeting_restore, name="meeting_restore"),
    path("beheer/overleg/<int:pk>/mensen/", meeting_people.meeting_invite, name="meeting_invite"),
    path("beheer/overleg/gevraagd/<int:pk>/weg/", meeting_people.meeting_withdraw, name="meeting_withdraw"),
    path("overleg/<str:token>/", answer.meeting_answer, name="meeting_answer"),
    path("overleg/<str:token>/agenda.ics", answer.meeting_answer_calendar, name="meeting_answer_calendar"),
]
