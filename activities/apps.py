from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities import (
            checks,  # noqa: F401 registers itself
            waiting_points,
        )
        from activities.actions import check_mail, feedback, follow, referral, reminder, report
        from activities.actions.forget import (
            forget_check_letters,
            forget_feedback,
            forget_offer_imports,
            forget_outside_events,
            forget_proposals,
            forget_registrations,
            forget_reports,
            forget_series,
            forget_versions,
            forget_watches,
        )
        from activities.dashboard import (
            links_to_mend,
            offer_to_look_at,
            offers_to_call_about,
            proposals_to_decide,
            questions_to_answer,
            reports_to_answer,
        )
        from activities.holdings import all_holdings
        from activities.incoming_tiles import INCOMING_TILES
        from activities.models import Activity, OutsideCalendar, Referral
        from activities.moment_tiles import MOMENT_TILES
        from activities.phones import phones_of_families
        from activities.quality_figures import panel_of
        from activities.start_steps import STEPS
        from activities.switches import KINDS
        from activities.web_links import LINKS_OF_OFFER
        from families import holdings
        from huizen import dashboard, house_panels, house_start, navigation, retention, switcher, web_links
        from huizen.outbox import kinds, phones
        from huizen.roles import Permission
        from partners import agenda_sources, belongings

        phones.register(phones_of_families)
        kinds.register(reminder.KIND)
        kinds.register(report.KIND)
        kinds.register(follow.KIND)
        kinds.register(feedback.KIND)
        for kind in check_mail.KINDS:
            kinds.register(kind)
        navigation.register(
            navigation.Entry(
                "Activiteiten", "offer_list", Permission.EDIT_OFFER, 20, also=("/beheer/agendas/",)
            )
        )
        navigation.register(
            navigation.Entry(
                "Inschrijvingen",
                "session_list",
                Permission.SEE_REGISTRATIONS,
                order=30,
                also=("/beheer/inschrijvingen/",),
            )
        )
        navigation.register(navigation.Entry("Meegeven", "referral_create", Permission.HAND_OVER, order=26))
        navigation.register(navigation.Entry("Leren", "learning_list", Permission.LEARN, order=56))
        navigation.register(navigation.Entry("Bereik", "reach", Permission.SEE_REGISTRATIONS, order=34))
        navigation.register(
            navigation.Entry("Netwerk", "partner_network", Permission.EDIT_PARTNERS, order=61)
        )
        navigation.register(navigation.Entry("Dekking", "coverage", Permission.PUBLISH_OFFER, order=60))
        navigation.register(navigation.Entry("Nakijken", "check_list", Permission.EDIT_OFFER, order=22))
        navigation.register(navigation.Entry("Meldingen", "report_list", Permission.ANSWER_REPORTS, order=24))
        navigation.register(navigation.Entry("Voorstellen", "proposal_list", Permission.EDIT_OFFER, 21))
        agenda_sources.register("Voorstellen van partners", waiting_points.proposals, order=40)
        agenda_sources.register("Aanbod om na te kijken", waiting_points.stale_offer, order=50)
        agenda_sources.register("Wat ontbreekt in het aanbod", waiting_points.gaps_to_fill, order=60)
        house_panels.register(panel_of)
        web_links.register(LINKS_OF_OFFER)
        dashboard.register(offer_to_look_at)
        dashboard.register(proposals_to_decide)
        dashboard.register(questions_to_answer)
        for tile in (*MOMENT_TILES, *INCOMING_TILES):
            dashboard.register(tile)
        dashboard.register(reports_to_answer)
        for step in STEPS:
            house_start.register(step)
        for kind in KINDS:
            switcher.register(kind)
        dashboard.register(offers_to_call_about)
        dashboard.register(links_to_mend)
        retention.register("registration", forget_registrations)
        retention.register("reports", forget_reports)
        retention.register("follows", follow.forget_follows)
        for holding in all_holdings():
            holdings.register(holding)
        belongings.register(
            belongings.Belonging(
                Referral, "organisation", "meegegeven activiteit", "meegegeven activiteiten", "house"
            )
        )
        belongings.register(
            belongings.Belonging(
                OutsideCalendar, "organiser", "agenda van elders", "agenda's van elders", "house"
            )
        )
        belongings.register(
            belongings.Belonging(Activity, "organiser", "activiteit", "activiteiten", "house")
        )
        retention.register("series", forget_series)
        retention.register("watches", forget_watches)
        retention.register("opinions", forget_feedback)
        retention.register("sheets", referral.forget_sheets)
        retention.register("proposals", forget_proposals)
        retention.register("versions", forget_versions)
        retention.register("offer_imports", forget_offer_imports)
        retention.register("outside_events", forget_outside_events)
        retention.register("check_letters", forget_check_letters)
