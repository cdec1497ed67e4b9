"""What families call things: the questions of Home, and the words that lead to a kind of offer.

People type "pampers", not "luierbank". Words are matched by their beginning, without accents or capitals;
a word of five letters or more may hold a typing error.
"""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext_noop as _
from rapidfuzz import fuzz

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
TOPIC = {topic.code: topic for topic in TOPICS}

#: The beginning of a word, and the kinds of offer that people mean by it.
MEANT: dict[str, tuple[OfferType, ...]] = {
    "slaap": (_O.PARENTING_ADVICE, _O.CONSULTATION_CLINIC, _O.WORKSHOP),
    "slapen": (_O.PARENTING_ADVICE, _O.CONSULTATION_CLINIC, _O.WORKSHOP),
    "huil": (_O.PARENTING_ADVICE, _O.CONSULTATION_CLINIC),
    "drift": (_O.PARENTING_ADVICE, _O.LECTURE),
    "zindelijk": (_O.PARENTING_ADVICE, _O.LECTURE),
    "potje": (_O.PARENTING_ADVICE, _O.LECTURE),
    "gsm": (_O.LECTURE, _O.PARENTING_ADVICE),
    "scherm": (_O.LECTURE, _O.PARENTING_ADVICE),
    "gepest": (_O.PARENTING_ADVICE,),
    "pesten": (_O.PARENTING_ADVICE,),
    "opvoed": (_O.PARENTING_ADVICE, _O.FAMILY_COACH, _O.LECTURE),
    "scheid": (_O.PARENTING_ADVICE,),
    "zwanger": (_O.PRENATAL_SUPPORT, _O.INFO_POINT),
    "bevall": (_O.PRENATAL_SUPPORT, _O.MATERNITY_CARE),
    "vroedvrouw": (_O.PRENATAL_SUPPORT, _O.MATERNITY_CARE),
    "kraam": (_O.MATERNITY_CARE,),
    "wegen": (_O.CONSULTATION_CLINIC,),
    "weging": (_O.CONSULTATION_CLINIC,),
    "vaccin": (_O.CONSULTATION_CLINIC,),
    "inenting": (_O.CONSULTATION_CLINIC,),
    "consultatie": (_O.CONSULTATION_CLINIC,),
    "creche": (_O.CHILDCARE_DESK,),
    "kribbe": (_O.CHILDCARE_DESK,),
    "kinderdagverblijf": (_O.CHILDCARE_DESK,),
    "onthaalouder": (_O.CHILDCARE_DESK,),
    "kinderopvang": (_O.CHILDCARE_DESK, _O.OCCASIONAL_CHILDCARE),
    "opvang": (_O.CHILDCARE_DESK, _O.OCCASIONAL_CHILDCARE, _O.OUT_OF_SCHOOL_CARE),
    "naschools": (_O.OUT_OF_SCHOOL_CARE,),
    "speelplein": (_O.OUT_OF_SCHOOL_CARE,),
    "nederlands": (_O.LANGUAGE_PRACTICE,),
    "taalles": (_O.LANGUAGE_PRACTICE,),
    "inburger": (_O.INTEGRATION_TRACK,),
    "speelgoed": (_O.TOY_LIBRARY, _O.GIVE_SHOP),
    "spelotheek": (_O.TOY_LIBRARY,),
    "speelotheek": (_O.TOY_LIBRARY,),
    "fiets": (_O.BIKE_LIBRARY,),
    "pamper": (_O.DIAPER_BANK, _O.GIVE_SHOP),
    "luier": (_O.DIAPER_BANK,),
    "kleren": (_O.GIVE_SHOP,),
    "kleding": (_O.GIVE_SHOP,),
    "babbel": (_O.PARENT_CAFE, _O.PLAY_MEET, _O.PARENT_GROUP),
    "mama": (_O.PARENT_CAFE, _O.PLAY_MEET, _O.PARENT_GROUP),
    "papa": (_O.PARENT_GROUP,),
    "vader": (_O.PARENT_GROUP,),
    "moeder": (_O.PARENT_GROUP, _O.PARENT_CAFE),
    "spelen": (_O.PLAY_MEET, _O.FAMILY_EVENT, _O.OUT_OF_SCHOOL_CARE),
    "massage": (_O.BABY_MASSAGE,),
    "kindergeld": (_O.SITTING_DAY, _O.RIGHTS_CHECK),
    "groeipakket": (_O.SITTING_DAY, _O.RIGHTS_CHECK),
    "geld": (_O.RIGHTS_CHECK, _O.SITTING_DAY),
    "premie": (_O.RIGHTS_CHECK,),
    "huiswerk": (_O.HOMEWORK_SUPPORT,),
    "kleuterklas": (_O.SCHOOL_TRANSITION,),
    "aanmelden": (_O.SCHOOL_ENROLMENT,),
    "werk": (_O.JOB_GUIDANCE,),
    "hobby": (_O.LEISURE_DESK,),
    "uitpas": (_O.LEISURE_DESK,),
    "jongeren": (_O.YOUTH_POINT,),
    # The foreign words that people type most, in the languages of our search examples.
    "garderie": (_O.CHILDCARE_DESK,),
    "daycare": (_O.CHILDCARE_DESK,),
    "childcare": (_O.CHILDCARE_DESK,),
    "group": (_O.PARENT_CAFE, _O.PLAY_MEET),
    "pregnan": (_O.PRENATAL_SUPPORT,),
    "enceinte": (_O.PRENATAL_SUPPORT,),
    "hamile": (_O.PRENATAL_SUPPORT,),
    "kres": (_O.CHILDCARE_DESK,),
    "حضانة": (_O.CHILDCARE_DESK,),
    "حامل": (_O.PRENATAL_SUPPORT,),
    "садок": (_O.CHILDCARE_DESK, _O.SCHOOL_TRANSITION),
    "вагітн": (_O.PRENATAL_SUPPORT,),
}


def folded(text: str) -> str:
    """The words without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def meant_types(text: str) -> list[OfferType]:
    """The kinds of offer that the words may mean, those that most words point to first."""
    votes: dict[OfferType, int] = {}
    for word in re.findall(r"\w+", folded(text)):
        for offer_type in _types_of(word):
            votes[offer_type] = votes.get(offer_type, 0) + 1
    return sorted(votes, key=lambda offer_type: (-votes[offer_type], offer_type.value))


_MEANT = {folded(beginning): types for beginning, types in MEANT.items()}


def _types_of(word: str) -> set[OfferType]:
    exact = {t for beginning, types in _MEANT.items() if word.startswith(beginning) for t in types}
    if exact or len(word) < 5:
        return exact
    return {t for beginning, types in _MEANT.items() if _nearly(word, beginning) for t in types}


def _nearly(word: str, beginning: str) -> bool:
    return len(beginning) >= 5 and fuzz.ratio(word[: len(beginning)], beginning) >= 88
