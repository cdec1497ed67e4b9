from django.apps import AppConfig

from huizen import navigation
from huizen.roles import Permission

MENU = (
    navigation.Entry("Activiteiten", "offer_list", Permission.EDIT_OFFER, 20, ("/beheer/agendas/",)),
    navigation.Entry("Voorstellen", "proposal_list", Permission.EDIT_OFFER, 21),
    navigation.Entry("Nakijken", "check_list", Permission.EDIT_OFFER, 22),
    navigation.Entry("Meldingen", "report_list", Permission.ANSWER_REPORTS, 24),
    navigation.Entry("Meegeven", "referral_create", Permission.HAND_OVER, 26),
    navigation.Entry(
        "Inschrijvingen", "session_list", Permission.SEE_REGISTRATIONS, 30, ("/beheer/inschrijvingen/",)
    ),
    navigation.Entry("Bereik", "reach", Permission.SEE_REGISTRATIONS, 34),
    navigation.Entry("Leren", "learning_list", Permission.LEARN, 56),
    navigation.Entry("Dekking", "coverage", Permission.PUBLISH_OFFER, 60),
    navigation.Entry("Netwerk", "partner_network", Permission.EDIT_PARTNERS, 61),
)


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "Activiteiten"

    def ready(self):
        from activities import checks  # noqa: F401 registers itself

        navigation.register(*MENU)
        _fill_the_desk()
        _name_the_mails()
        _forget_in_time()
        _wait_for_the_agenda()
        _tell_what_is_held()
        _be_known_elsewhere()


def _fill_the_desk() -> None:
    from activities import dashboard as tiles
    from activities.incoming_tiles import INCOMING_TILES
    from activities.moment_tiles import MOMENT_TILES
    from huizen import dashboard

    dashboard.register(
        tiles.offer_to_look_at,
        tiles.proposals_to_decide,
        tiles.questions_to_answer,
        *MOMENT_TILES,
        *INCOMING_TILES,
        tiles.reports_to_answer,
        tiles.offers_to_call_about,
        tiles.links_to_mend,
    )


def _name_the_mails() -> None:
    from activities.actions import check_mail, feedback, follow, reminder, report
    from activities.actions.text_choice import choose_by_address, wants_text_messages
    from activities.phones import phones_of_families
    from huizen.outbox import kinds, phones, text_choice

    phones.register(phones_of_families)
    text_choice.register(text_choice.TextChoice(wants_text_messages, choose_by_address))
    kinds.register(reminder.KIND, report.KIND, follow.KIND, feedback.KIND, *check_mail.KINDS)


def _forget_in_time() -> None:
    from activities.actions import follow, forget, referral
    from huizen import retention

    retention.register("registration", forget.forget_registrations)
    retention.register("series", forget.forget_series)
    retention.register("watches", forget.forget_watches)
    retention.register("opinions", forget.forget_feedback)
    retention.register("reports", forget.forget_reports)
    retention.register("follows", follow.forget_follows)
    retention.register("sheets", referral.forget_sheets)
    retention.register("proposals", forget.forget_proposals)
    retention.register("versions", forget.forget_versions)
    retention.register("offer_imports", forget.forget_offer_imports)
    retention.register("outside_events", forget.forget_outside_events)
    retention.register("check_letters", forget.forget_check_letters)


def _wait_for_the_agenda() -> None:
    from activities import waiting_points
    from partners import agenda_sources

    agenda_sources.register("Voorstellen van partners", waiting_points.proposals, order=40)
    agenda_sources.register("Aanbod om na te kijken", waiting_points.stale_offer, order=50)
    agenda_sources.register("Wat ontbreekt in het aanbod", waiting_points.gaps_to_fill, order=60)


def _tell_what_is_held() -> None:
    """Of a family, and of an organisation."""
    from activities.holdings import all_holdings
    from activities.models import Activity, OutsideCalendar, Referral
    from families import holdings
    from partners import belongings

    holdings.register(*all_holdings())
    for model, way, one, several in (
        (Referral, "organisation", "meegegeven activiteit", "meegegeven activiteiten"),
        (OutsideCalendar, "organiser", "agenda van elders", "agenda's van elders"),
        (Activity, "organiser", "activiteit", "activiteiten"),
    ):
        belongings.register(belongings.Belonging(model, way, one, several, "house"))


def _be_known_elsewhere() -> None:
    """On the page of a House, in the steps of a new one, where a few letters lead, and among the links."""
    from activities.quality_figures import panel_of
    from activities.start_steps import STEPS
    from activities.switches import KINDS
    from activities.web_links import LINKS_OF_OFFER
    from huizen import house_panels, house_start, switcher, web_links

    house_panels.register(panel_of)
    house_start.register(*STEPS)
    switcher.register(*KINDS)
    web_links.register(LINKS_OF_OFFER)
