from django.urls import path, re_path

from partners.views import (
    agreement,
    answer,
    contact,
    editor,
    meeting,
    meeting_change,
    meeting_people,
    merge,
    news,
    news_mail,
    organisation,
    partner_export,
    partner_import,
    partnership,
    resource,
)

urlpatterns = [
    # Partners of a House.
    path("beheer/partners/", partnership.partner_list, name="partner_list"),
    path("beheer/partners/zoek/", partnership.partner_search, name="partner_search"),
    path("beheer/partners/nieuw/", partnership.partner_create, name="partner_create"),
    path("beheer/partners/toevoegen/<int:pk>/", partnership.partner_add, name="partner_add"),
    path("beheer/partners/uitvoer.csv", partner_export.partner_export, {"kind": "csv"}, "partner_export_csv"),
    path(
        "beheer/partners/uitvoer.xlsx", partner_export.partner_export, {"kind": "xlsx"}, "partner_export_xlsx"
    ),
    # Partners out of a file.
    path("beheer/partners/invoeren/", partner_import.import_create, name="import_create"),
    path(
        "beheer/partners/invoeren/voorbeeld.csv",
        partner_import.import_example,
        {"kind": "csv"},
        "import_example_csv",
    ),
    path(
        "beheer/partners/invoeren/voorbeeld.xlsx",
        partner_import.import_example,
        {"kind": "xlsx"},
        "import_example_xlsx",
    ),
    path("beheer/partners/invoeren/<int:pk>/", partner_import.import_detail, name="import_detail"),
    path("beheer/partners/invoeren/<int:pk>/bevestig/", partner_import.import_confirm, name="import_confirm"),
    path("beheer/partners/invoeren/<int:pk>/weg/", partner_import.import_discard, name="import_discard"),
    path("beheer/partners/invoeren/<int:pk>/fouten.csv", partner_import.import_faults, name="import_faults"),
    path(
        "beheer/partners/invoeren/<int:pk>/terug/", partner_import.import_take_back, name="import_take_back"
    ),
    path("beheer/partners/<int:pk>/", partnership.partner_detail, name="partner_detail"),
    path("beheer/partners/<int:pk>/rol/", partnership.partnership_edit, name="partnership_edit"),
    path("beheer/partners/<int:pk>/einde/", partnership.partnership_end, name="partnership_end"),
    path("beheer/partners/<int:pk>/geschiedenis/", partnership.partner_history, name="partner_history"),
    path("beheer/partners/<int:pk>/vertrouwen/", partnership.partner_trust, name="partner_trust"),
    path("beheer/partners/<int:pk>/overeenkomst/", agreement.agreement_create, name="agreement_create"),
    path("beheer/overeenkomsten/<int:pk>.pdf", agreement.agreement_file, name="agreement_file"),
    path("beheer/overeenkomsten/<int:pk>/weg/", agreement.agreement_remove, name="agreement_remove"),
    path("beheer/partners/<int:pk>/notitie/", agreement.note_create, name="note_create"),
    path("beheer/notities/<int:pk>/", agreement.note_edit, name="note_edit"),
    path("beheer/notities/<int:pk>/weg/", agreement.note_remove, name="note_remove"),
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
    path("beheer/organisaties/dubbel/", merge.double_list, name="double_list"),
    path("beheer/organisaties/<int:pk>/samenvoegen/", merge.organisation_merge, name="organisation_merge"),
    path("beheer/organisaties/samengevoegd/<int:pk>/", merge.merge_detail, name="merge_detail"),
    path("beheer/organisaties/samengevoegd/<int:pk>/terug/", merge.merge_undo, name="merge_undo"),
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
    path("beheer/delen/nieuws/mail/", news_mail.news_mail, name="news_mail"),
    path("nieuws-voor-partners/<str:token>/stop/", news_mail.news_stop, name="news_stop"),
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
