"""Who may do what: roles and permissions are code, memberships are data.

A permission says what a person may do; the querysets (`visible_to`, `editable_by`) say on which rows.
The roles come from the field: a coordinator leads a House, a staff member helps, a partner's editor keeps her own
organisation's offer, an officer of Opgroeien follows all projects, ABB reads only those with integration, a member of a
jury judges applications.
"""

from django.db.models import TextChoices


class Permission(TextChoices):
    """One thing that a person can be allowed to do on staff pages."""

    SEE_DESK = "see_desk", "het bureau van een Huis zien"
    EDIT_HOUSE = "edit_house", "de gegevens van een Huis wijzigen"
    INVITE_PEOPLE = "invite_people", "collega's uitnodigen"
    EDIT_PARTNERS = "edit_partners", "partners beheren"
    MERGE_PARTNERS = "merge_partners", "dubbele organisaties samenvoegen"
    EDIT_OFFER = "edit_offer", "activiteiten beheren"
    PUBLISH_OFFER = "publish_offer", "alle activiteiten van een Huis beheren en publiceren"
    APPROVE_OFFER = "approve_offer", "voorstellen van partners goedkeuren"
    HAND_OVER = "hand_over", "activiteiten meegeven aan gezinnen"
    SEE_REGISTRATIONS = "see_registrations", "inschrijvingen zien"
    ANSWER_REPORTS = "answer_reports", "meldingen van bezoekers behandelen"
    HEAR_PARENTS = "hear_parents", "ideeën van ouders behandelen"
    PLAN_MEETINGS = "plan_meetings", "overleg plannen"
    PROPOSE_POINTS = "propose_points", "punten voorstellen voor de agenda van een overleg"
    SEE_SHARED = "see_shared", "zien wat partners delen"
    SHARE = "share", "iets delen met partners"
    LEAD_SHARED = "lead_shared", "beheren wat partners delen, en hen berichten schrijven"
    LEARN = "learn", "vorming voor professionals zien en volgen"
    LEAD_LEARNING = "lead_learning", "ondersteuningstrajecten bundelen en praktijkvoorbeelden publiceren"
    EXCHANGE = "exchange", "uitwisselen met andere Huizen en projecten"
    SEE_DELIVERY = "see_delivery", "zien welke berichten vertrokken"
    SEE_LOGBOOK = "see_logbook", "het logboek zien"
    SEE_NETWORK = "see_network", "het hele netwerk overzien"
    EDIT_NETWORK = "edit_network", "Huizen oprichten, erkennen en zichtbaar maken"
    EDIT_WORDS = "edit_words", "zoekwoorden beheren"
    SEE_PROJECTS = "see_projects", "projecten opvolgen"
    EDIT_PROJECTS = "edit_projects", "projecten invullen"
    LEAD_SURVEYS = "lead_surveys", "bevragingen van alle Huizen beheren"
    ANSWER_SURVEYS = "answer_surveys", "bevragingen invullen voor een Huis"
    WRITE_REPORTS = "write_reports", "verslagen van projecten schrijven"
    REVIEW_REPORTS = "review_reports", "verslagen en begrotingen van projecten behandelen"
    APPLY = "apply", "een project aanvragen voor een Huis"
    LEAD_CALLS = "lead_calls", "oproepen, aanvragen en beslissingen beheren"
    JUDGE = "judge", "aanvragen beoordelen in een jury"


class Role(TextChoices):
    """What a person is in the network."""

    COORDINATOR = "coordinator", "Coördinator van een Huis"
    STAFF = "staff", "Medewerker van een Huis"
    PARTNER_EDITOR = "partner_editor", "Redacteur van een partner"
    OFFICER = "officer", "Medewerker van Opgroeien"
    ABB_READER = "abb_reader", "Lezer van ABB"
    JURY = "jury", "Jurylid"


P = Permission

#: The whole table. Who has no role has no permission.
PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(
        {
            P.SEE_DESK,
            P.EDIT_HOUSE,
            P.INVITE_PEOPLE,
            P.EDIT_PARTNERS,
            P.MERGE_PARTNERS,
            P.EDIT_OFFER,
            P.PUBLISH_OFFER,
            P.APPROVE_OFFER,
            P.HAND_OVER,
            P.SEE_REGISTRATIONS,
            P.ANSWER_REPORTS,
            P.HEAR_PARENTS,
            P.PLAN_MEETINGS,
            P.SEE_SHARED,
            P.LEARN,
            P.EXCHANGE,
            P.SHARE,
            P.LEAD_SHARED,
            P.SEE_DELIVERY,
            P.SEE_LOGBOOK,
            P.EDIT_PROJECTS,
            P.ANSWER_SURVEYS,
            P.WRITE_REPORTS,
            P.APPLY,
            P.EDIT_WORDS,
        }
    ),
    Role.STAFF: frozenset(
        {
            P.SEE_DESK,
            P.EDIT_OFFER,
            P.PUBLISH_OFFER,
            P.HAND_OVER,
            P.SEE_REGISTRATIONS,
            P.ANSWER_REPORTS,
            P.HEAR_PARENTS,
            P.PLAN_MEETINGS,
            P.SEE_SHARED,
            P.LEARN,
            P.EXCHANGE,
            P.SHARE,
            P.LEAD_SHARED,
            P.SEE_DELIVERY,
        }
    ),
    Role.PARTNER_EDITOR: frozenset(
        {P.SEE_DESK, P.EDIT_OFFER, P.HAND_OVER, P.PROPOSE_POINTS, P.SEE_SHARED, P.SHARE, P.LEARN}
    ),
    Role.OFFICER: frozenset(
        {
            P.SEE_NETWORK,
            P.EDIT_NETWORK,
            P.MERGE_PARTNERS,
            P.SEE_PROJECTS,
            P.EDIT_PROJECTS,
            P.LEAD_SURVEYS,
            P.REVIEW_REPORTS,
            P.LEAD_CALLS,
            P.INVITE_PEOPLE,
            P.ANSWER_REPORTS,
            P.PLAN_MEETINGS,
            P.EDIT_WORDS,
            P.SEE_SHARED,
            P.LEARN,
            P.LEAD_LEARNING,
            P.EXCHANGE,
        }
    ),
    Role.ABB_READER: frozenset({P.SEE_PROJECTS}),
    Role.JURY: frozenset({P.JUDGE}),
}

#: What who keeps the portal running (a superuser) may without any role: see that mail leaves, and
#: invite the first people of the agency, who invite all others.
KEEPER = frozenset({P.SEE_DELIVERY, P.INVITE_PEOPLE})

#: Roles that belong to one House; the others are of the agency.
HOUSE_ROLES = frozenset({Role.COORDINATOR, Role.STAFF, Role.PARTNER_EDITOR})


def permissions_of(roles: "frozenset[str] | set[str]") -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))


def roles_with(permission: Permission) -> list[str]:
    """The roles that carry a permission, to ask the database for the rows of a person."""
    return [role for role, granted in PERMISSIONS.items() if permission in granted]
