"""The questions from life that stand on Home and in the guided finder, each with the offer that answers it."""

from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from huizen.vocabulary import LifeDomain, OfferType

_O, _L = OfferType, LifeDomain


class Topic(NamedTuple):
    """A question from life, and the offer that answers it: by its kind or by its life domain."""

    code: str
    label: str
    offer_types: tuple[OfferType, ...]
    life_domains: tuple[LifeDomain, ...] = ()


TOPICS = (
    Topic("zwanger", _("Zwanger zijn"), (_O.PRENATAL_SUPPORT, _O.MATERNITY_CARE), (_L.PRENATAL,)),
    Topic("slapen", _("Slapen en huilen"), (_O.PARENTING_ADVICE, _O.CONSULTATION_CLINIC, _O.DROP_IN_TEAM)),
    Topic("eten", _("Eten en groeien"), (_O.CONSULTATION_CLINIC, _O.DROP_IN_TEAM), (_L.HEALTH,)),
    Topic(
        "gedrag", _("Opvoeden en gedrag"), (_O.PARENTING_ADVICE, _O.FAMILY_COACH, _O.LECTURE), (_L.PARENTING,)
    ),
    Topic(
        "opvang",
        _("Opvang voor je kind"),
        (_O.CHILDCARE_DESK, _O.OCCASIONAL_CHILDCARE, _O.OUT_OF_SCHOOL_CARE),
        (_L.CHILDCARE,),
    ),
    Topic(
        "school",
        _("School en huiswerk"),
        (_O.SCHOOL_TRANSITION, _O.SCHOOL_ENROLMENT, _O.HOMEWORK_SUPPORT),
        (_L.EDUCATION,),
    ),
    Topic(
        "nederlands", _("Nederlands leren"), (_O.LANGUAGE_PRACTICE, _O.INTEGRATION_TRACK), (_L.INTEGRATION,)
    ),
    Topic(
        "geld",
        _("Geld en rechten"),
        (_O.RIGHTS_CHECK, _O.SITTING_DAY, _O.GIVE_SHOP, _O.DIAPER_BANK),
        (_L.INCOME,),
    ),
    Topic("werk", _("Werk zoeken"), (_O.JOB_GUIDANCE,), (_L.EMPLOYMENT,)),
    Topic("scheiden", _("Uit elkaar gaan"), (_O.PARENTING_ADVICE, _O.FAMILY_COACH), (_L.MENTAL_WELLBEING,)),
    Topic("spelen", _("Samen spelen"), (_O.PLAY_MEET, _O.TOY_LIBRARY, _O.FAMILY_EVENT), (_L.LEISURE,)),
    Topic("ouders", _("Andere ouders leren kennen"), (_O.PARENT_CAFE, _O.PARENT_GROUP, _O.PLAY_MEET)),
)
