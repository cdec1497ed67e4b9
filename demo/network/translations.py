"""A few offers and the House of Baldemore in other languages: one looked at, one made by a machine, one grown old."""

from activities.models import Activity, ActivityTranslation
from demo.network.houses import BALDEMORE, Home
from demo.network.world import World
from huizen.models import HouseTranslation
from huizen.models.translation import Translation, fingerprint

State = Translation.State
#: By the Dutch title: the words in each language. An activity without one of these titles has no translation.
OFFERS = {
    "Babybabbel": {
        "fr": ("Papote de bébés", "Un café et un moment avec d’autres parents et leur bébé."),
        "en": ("Baby chat", "Coffee and a moment with other parents and their baby."),
        "tr": ("Bebek sohbeti", "Diğer anne babalar ve bebekleriyle kahve ve sohbet."),
        "ar": ("دردشة الرضع", "قهوة ولحظة مع أهالٍ آخرين وأطفالهم الرضع."),
        "uk": ("Розмова з малюками", "Кава та розмова з іншими батьками й малюками."),
    },
    "Speelnamiddag op woensdag": {
        "fr": ("Après-midi de jeux le mercredi", "Votre enfant joue, vous rencontrez d’autres parents."),
        "en": ("Play afternoon on Wednesday", "Your child plays, you meet other parents."),
        "tr": ("Çarşamba öğleden sonra oyun", "Çocuğunuz oynar, siz diğer anne babalarla tanışırsınız."),
        "ar": ("بعد ظهر اللعب يوم الأربعاء", "طفلك يلعب وأنت تلتقي بأهالٍ آخرين."),
        "uk": ("Ігрове пообіддя в середу", "Ваша дитина грається, а ви знайомитеся з іншими батьками."),
    },
    "Nederlands oefenen met je kind erbij": {
        "fr": ("Pratiquer le néerlandais avec votre enfant", "Parler ensemble, votre enfant peut venir."),
        "en": ("Practise Dutch with your child", "Talking together, your child may come along."),
        "tr": ("Çocuğunuzla Hollandaca pratik", "Birlikte konuşuruz, çocuğunuz da gelebilir."),
        "ar": ("ممارسة الهولندية مع طفلك", "نتحدث معًا، ويمكن لطفلك أن يأتي."),
        "uk": ("Практика нідерландської з дитиною", "Розмовляємо разом, дитина може бути поруч."),
    },
}
INTRO = {
    "fr": "Bienvenue à la Maison Baldemore (exemple). Venez avec votre question, jouez ou buvez un café.",
    "en": "Welcome to House Baldemore (an example). Come in with your question, play along or have a coffee.",
    "tr": "Baldemore Evine hoş geldiniz (örnek). Sorunuzla gelin, oynayın ya da kahve için.",
    "ar": "أهلاً بكم في بيت بالديمور (مثال). تعالوا بسؤالكم أو العبوا معنا أو اشربوا قهوة.",
    "uk": "Ласкаво просимо до Дому Балдеморе (приклад). Приходьте з питанням, грайтеся або випийте кави.",
}
#: Made by a machine, and nobody looked at it yet.
MACHINE = "uk"
#: Its Dutch changed after it was translated.
OUTDATED = ("Babybabbel", "tr")


def make_translations(world: World, homes: list[Home]) -> int:
    """The translations, saved; how many."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    rows = [_house(world, house, code, words) for code, words in INTRO.items() if house.intro]
    HouseTranslation.objects.bulk_create(rows)
    offers = Activity.objects.filter(house=house, title__in=OFFERS).order_by("title", "pk")
    found = [
        _offer(world, activity, code, *words)
        for activity in offers
        for code, words in OFFERS[activity.title].items()
    ]
    ActivityTranslation.objects.bulk_create(found)
    return len(rows) + len(found)


def _house(world: World, house, code: str, words: str) -> HouseTranslation:
    sources = {"intro": fingerprint(house.intro)}
    return HouseTranslation(
        house=house, language=code, intro=words, sources=sources, **_looked_at(world, code)
    )


def _offer(world: World, activity: Activity, code: str, title: str, summary: str) -> ActivityTranslation:
    changed = (activity.title, code) == OUTDATED
    sources = {
        "title": fingerprint(activity.title),
        "summary": fingerprint("Wat er eerst stond." if changed else activity.summary),
    }
    return ActivityTranslation(
        activity=activity,
        language=code,
        title=title,
        summary=summary,
        sources=sources,
        **_looked_at(world, code),
    )


def _looked_at(world: World, code: str) -> dict:
    by_machine = code == MACHINE
    return {
        "state": State.MACHINE if by_machine else State.HUMAN,
        "checked_on": None if by_machine else world.today,
    }
