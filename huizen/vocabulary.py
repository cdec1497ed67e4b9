"""The words of the field: codes that stay, with their Dutch labels (docs/glossary.md).

Offer types carry what follows from them: pillar, element and the usual ages in months.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_noop as _

#: Ages are whole months; nine before birth to "25 years" (docs/glossary.md).
AGE_MIN, AGE_MAX = -9, 300

#: What is spoken at an activity and in a family (ISO 639-1).
LANGUAGES = [
    ("nl", "Nederlands"),
    ("fr", "Frans"),
    ("en", "Engels"),
    ("tr", "Turks"),
    ("ar", "Arabisch"),
    ("uk", "Oekraïens"),
    ("es", "Spaans"),
    ("pl", "Pools"),
]


class Pillar(TextChoices):
    """The three pillars of the decree of 29 November 2013, all of them mandatory for a House."""

    PREVENTIVE_HEALTH = "preventive_health", "Preventieve gezondheidszorg"
    PARENTING_SUPPORT = "parenting_support", "Opvoedingsondersteuning"
    SOCIAL_COHESION = "social_cohesion", "Ontmoeting en sociale cohesie"


class Element(TextChoices):
    """What parents look for: the three doors of Home."""

    SUPPORT = "support", _("Ondersteuning")
    ENCOUNTER = "encounter", _("Ontmoeting")
    ACTIVITIES = "activities", _("Activiteiten")


class PolicyDomain(TextChoices):
    """How a government parts its work; for staff and the agency alone. Follows from the life domains."""

    WELFARE = "welfare", "Welzijn, gezondheid en gezin"
    EDUCATION = "education", "Onderwijs en vorming"
    CULTURE = "culture", "Cultuur, jeugd en sport"
    EMPLOYMENT = "employment", "Werk"
    HOUSING = "housing", "Wonen"
    INTEGRATION = "integration", "Integratie en samenleven"
    POVERTY = "poverty", "Armoedebestrijding en inkomen"

    @property
    def life_domains(self) -> list["LifeDomain"]:
        """What families would call it."""
        return [domain for domain in LifeDomain if domain.policy_domain == self]


class LifeDomain(TextChoices):
    """The parts of a family's life; partners and activities name theirs."""

    PARENTING = "parenting", _("Ouderschap en opvoeding")
    HEALTH = "health", _("Gezondheid")
    PRENATAL = "prenatal", _("Zwangerschap en geboorte")
    MENTAL_WELLBEING = "mental_wellbeing", _("Geestelijk welbevinden")
    CHILDCARE = "childcare", _("Kinderopvang")
    EDUCATION = "education", _("Onderwijs")
    CULTURE = "culture", _("Cultuur")
    SPORT = "sport", _("Sport")
    LEISURE = "leisure", _("Vrije tijd")
    SOCIAL_COHESION = "social_cohesion", _("Ontmoeting")
    YOUTH_CARE = "youth_care", _("Jeugdhulp")
    HOUSING = "housing", _("Wonen")
    INCOME = "income", _("Inkomen")
    EMPLOYMENT = "employment", _("Werk en opleiding")
    INTEGRATION = "integration", _("Integratie en Nederlands")
    PRACTICAL_SUPPORT = "practical_support", _("Praktische hulp")

    @property
    def policy_domain(self) -> PolicyDomain:
        return POLICY_DOMAINS[self]


_L = LifeDomain

POLICY_DOMAINS: dict[str, PolicyDomain] = {
    _L.PARENTING: PolicyDomain.WELFARE,
    _L.HEALTH: PolicyDomain.WELFARE,
    _L.PRENATAL: PolicyDomain.WELFARE,
    _L.MENTAL_WELLBEING: PolicyDomain.WELFARE,
    _L.CHILDCARE: PolicyDomain.WELFARE,
    _L.EDUCATION: PolicyDomain.EDUCATION,
    _L.CULTURE: PolicyDomain.CULTURE,
    _L.SPORT: PolicyDomain.CULTURE,
    _L.LEISURE: PolicyDomain.CULTURE,
    _L.SOCIAL_COHESION: PolicyDomain.INTEGRATION,
    _L.YOUTH_CARE: PolicyDomain.WELFARE,
    _L.HOUSING: PolicyDomain.HOUSING,
    _L.INCOME: PolicyDomain.POVERTY,
    _L.EMPLOYMENT: PolicyDomain.EMPLOYMENT,
    _L.INTEGRATION: PolicyDomain.INTEGRATION,
    _L.PRACTICAL_SUPPORT: PolicyDomain.WELFARE,
}


def policy_domains(life_domains: Iterable[str]) -> list[PolicyDomain]:
    """The policy domains of these life domains, each once, in the order of the vocabulary."""
    found = {POLICY_DOMAINS[code] for code in life_domains}
    return [domain for domain in PolicyDomain if domain in found]


class PolicyGoal(TextChoices):
    """What a project of a call works on; integration alone opens co-financing by ABB."""

    PREVENTIVE_FAMILY_SUPPORT = "preventive_family_support", _("Preventieve gezinsondersteuning")
    INTEGRATION = "integration", _("Integratie en inburgering")
    CHILDCARE_EDUCATION = "childcare_education", _("Opvang en onderwijs")
    EMPLOYMENT_TRAINING = "employment_training", _("Tewerkstelling en opleiding")
    POVERTY = "poverty", _("Armoedebestrijding")


class AgeBand(NamedTuple):
    """A stretch of childhood in people's words; `low` and `high` in months, `high` not included."""

    code: str
    label: str
    low: int
    high: int


AGE_BANDS = (
    AgeBand("pregnancy", _("Zwanger"), -9, 0),
    AgeBand("baby", _("Baby"), 0, 12),
    AgeBand("toddler", _("Peuter"), 12, 30),
    AgeBand("preschool", _("Kleuter"), 30, 72),
    AgeBand("primary", _("Lagere school"), 72, 144),
    AgeBand("teen", _("Tiener"), 144, 216),
    AgeBand("young_adult", _("Jongvolwassene"), 216, 300),
)


class OfferFacts(NamedTuple):
    """What follows from an offer type; ages in months, both ends included."""

    pillar: Pillar
    element: Element
    age_min: int
    age_max: int


class OfferType(TextChoices):
    """What kind of thing is on offer."""

    CONSULTATION_CLINIC = "consultation_clinic", _("Consultatiebureau")
    PRENATAL_SUPPORT = "prenatal_support", _("Begeleiding voor en na de geboorte")
    MATERNITY_CARE = "maternity_care", _("Kraamzorg")
    PARENTING_ADVICE = "parenting_advice", _("Gesprek over opvoeden")
    FAMILY_COACH = "family_coach", _("Gezinscoach aan huis")
    DROP_IN_TEAM = "drop_in_team", _("Inloopteam")
    LECTURE = "lecture", _("Lezing of infoavond")
    WORKSHOP = "workshop", _("Workshop of cursus")
    PARENT_GROUP = "parent_group", _("Oudergroep")
    BABY_MASSAGE = "baby_massage", _("Babymassage")
    PLAY_MEET = "play_meet", _("Spelen en ontmoeten")
    PARENT_CAFE = "parent_cafe", _("Oudercafé")
    FAMILY_EVENT = "family_event", _("Gezinsfeest")
    CHILDCARE_DESK = "childcare_desk", _("Lokaal Loket Kinderopvang")
    OCCASIONAL_CHILDCARE = "occasional_childcare", _("Opvang voor af en toe")
    OUT_OF_SCHOOL_CARE = "out_of_school_care", _("Opvang buiten de school")
    TOY_LIBRARY = "toy_library", _("Spelotheek")
    BIKE_LIBRARY = "bike_library", _("Fietsotheek")
    GIVE_SHOP = "give_shop", _("Geef- of ruilwinkel")
    DIAPER_BANK = "diaper_bank", _("Luierbank")
    INFO_POINT = "info_point", _("Infopunt")
    SITTING_DAY = "sitting_day", _("Zitdag van een partner")
    RIGHTS_CHECK = "rights_check", _("Waar heb ik recht op?")
    LANGUAGE_PRACTICE = "language_practice", _("Nederlands oefenen")
    INTEGRATION_TRACK = "integration_track", _("Inburgering op maat")
    SCHOOL_TRANSITION = "school_transition", _("Naar de kleuterklas")
    SCHOOL_ENROLMENT = "school_enrolment", _("Hulp bij aanmelden op school")
    HOMEWORK_SUPPORT = "homework_support", _("Hulp bij huiswerk")
    LEISURE_DESK = "leisure_desk", _("Hulp bij hobby en UiTPAS")
    JOB_GUIDANCE = "job_guidance", _("Hulp naar werk of opleiding")
    YOUTH_POINT = "youth_point", _("Plek voor jongeren")
    OTHER = "other", _("Iets anders")

    @property
    def facts(self) -> OfferFacts:
        return OFFER_FACTS[self]


_H, _P, _C = Pillar.PREVENTIVE_HEALTH, Pillar.PARENTING_SUPPORT, Pillar.SOCIAL_COHESION
_S, _E, _A = Element.SUPPORT, Element.ENCOUNTER, Element.ACTIVITIES
_O = OfferType

OFFER_FACTS: dict[str, OfferFacts] = {
    _O.CONSULTATION_CLINIC: OfferFacts(_H, _S, 0, 36),
    _O.PRENATAL_SUPPORT: OfferFacts(_H, _S, -9, 12),
    _O.MATERNITY_CARE: OfferFacts(_H, _S, -9, 12),
    _O.PARENTING_ADVICE: OfferFacts(_P, _S, -9, 288),
    _O.FAMILY_COACH: OfferFacts(_P, _S, -9, 288),
    _O.DROP_IN_TEAM: OfferFacts(_P, _E, -9, 36),
    _O.LECTURE: OfferFacts(_P, _A, AGE_MIN, AGE_MAX),
    _O.WORKSHOP: OfferFacts(_P, _A, AGE_MIN, AGE_MAX),
    _O.PARENT_GROUP: OfferFacts(_C, _E, AGE_MIN, AGE_MAX),
    _O.BABY_MASSAGE: OfferFacts(_P, _A, 0, 9),
    _O.PLAY_MEET: OfferFacts(_C, _E, 0, 48),
    _O.PARENT_CAFE: OfferFacts(_C, _E, 0, 36),
    _O.FAMILY_EVENT: OfferFacts(_C, _A, AGE_MIN, AGE_MAX),
    _O.CHILDCARE_DESK: OfferFacts(_P, _S, -9, 144),
    _O.OCCASIONAL_CHILDCARE: OfferFacts(_P, _S, 0, 36),
    _O.OUT_OF_SCHOOL_CARE: OfferFacts(_C, _A, 30, 144),
    _O.TOY_LIBRARY: OfferFacts(_C, _A, 0, 144),
    _O.BIKE_LIBRARY: OfferFacts(_C, _A, 30, 144),
    _O.GIVE_SHOP: OfferFacts(_C, _S, -9, 144),
    _O.DIAPER_BANK: OfferFacts(_C, _S, 0, 36),
    _O.INFO_POINT: OfferFacts(_P, _S, AGE_MIN, AGE_MAX),
    _O.SITTING_DAY: OfferFacts(_P, _S, AGE_MIN, AGE_MAX),
    _O.RIGHTS_CHECK: OfferFacts(_P, _S, AGE_MIN, AGE_MAX),
    _O.LANGUAGE_PRACTICE: OfferFacts(_C, _E, AGE_MIN, AGE_MAX),
    _O.INTEGRATION_TRACK: OfferFacts(_C, _S, AGE_MIN, AGE_MAX),
    _O.SCHOOL_TRANSITION: OfferFacts(_P, _A, 24, 42),
    _O.SCHOOL_ENROLMENT: OfferFacts(_P, _S, 24, 216),
    _O.HOMEWORK_SUPPORT: OfferFacts(_P, _S, 72, 216),
    _O.LEISURE_DESK: OfferFacts(_C, _S, AGE_MIN, AGE_MAX),
    _O.JOB_GUIDANCE: OfferFacts(_P, _S, AGE_MIN, AGE_MAX),
    _O.YOUTH_POINT: OfferFacts(_H, _E, 120, 288),
    _O.OTHER: OfferFacts(_C, _A, AGE_MIN, AGE_MAX),
}
