"""Translations of an activity: marked, never more than the Dutch, and back to Dutch where the Dutch changed."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from activities.actions.approve import approve, present_facts, seen_mark
from activities.models import Activity, ActivityTranslation
from huizen.models import Event
from huizen.models.translation import fingerprint
from huizen.reading import read
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    ActivityTranslationFactory,
    EditorFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(house):
    return ActivityFactory(house=house, slug="spelen", title="Samen spelen", summary="Kom spelen.", bring="")


@pytest.fixture
def coordinator(client, house):
    alice = MembershipFactory(house=house).user
    client.force_login(alice)
    return alice


def address(activity, code="fr", tail=""):
    return f"/beheer/activiteiten/{activity.pk}/vertaling/{code}/{tail}"


def typed(activity, **facts):
    """What a browser sends: the words, and from which Dutch they come."""
    seen = {
        f"gezien-{name}": fingerprint(getattr(activity, name))
        for name in ActivityTranslation.FIELDS
        if getattr(activity, name)
    }
    return {"title": "Jouer ensemble", "summary": "Venez jouer.", "state": "human", **seen, **facts}


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# What families read.


def test_a_family_reads_the_translation_it_asks_for_marked_as_one(client, activity):
    ActivityTranslationFactory(activity=activity, summary="Venez jouer.")
    html = page(client, "/activiteiten/spelen/?taal=fr")
    assert '<h1 lang="fr" dir="ltr">Jouer ensemble</h1>' in html
    assert "Dit is een vertaling. De Nederlandse tekst geldt." in html
    assert "Ceci est une traduction. Le texte néerlandais fait foi." in html
    assert '<a href="?taal=nl" hreflang="nl">Nederlands</a>' in html
    assert "Automatische vertaling" not in html


def test_the_dutch_page_names_its_translations_by_their_own_names(client, activity):
    ActivityTranslationFactory(activity=activity)
    ActivityTranslationFactory(activity=activity, language="ar", title="نلعب معًا")
    html = page(client, "/activiteiten/spelen/")
    assert "<h1>Samen spelen</h1>" in html
    assert '<a href="?taal=fr" hreflang="fr" lang="fr" dir="ltr">Français</a>' in html
    assert '<a href="?taal=ar" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in html


def test_a_translation_is_marked_above_its_title_and_explained_below_what_people_come_for(client, activity):
    ActivityTranslationFactory(activity=activity)
    html = page(client, "/activiteiten/spelen/?taal=fr")
    order = ['<span class="badge is-info">Vertaling</span>', "<h1", "De Nederlandse tekst geldt."]
    assert sorted(order, key=html.index) == order


def test_arabic_runs_from_the_right(client, activity):
    ActivityTranslationFactory(activity=activity, language="ar", title="نلعب معًا")
    assert '<h1 lang="ar" dir="rtl">نلعب معًا</h1>' in page(client, "/activiteiten/spelen/?taal=ar")


def test_a_machine_translation_says_that_nobody_looked_at_it(client, activity):
    ActivityTranslationFactory(activity=activity, state="machine")
    html = page(client, "/activiteiten/spelen/?taal=fr")
    assert "Automatische vertaling, nog niet nagekeken." in html


def test_a_field_whose_dutch_changed_is_dutch_again_and_the_others_stay(client, activity):
    ActivityTranslationFactory(activity=activity, summary="Venez jouer.")
    Activity.objects.filter(pk=activity.pk).update(title="Samen zingen")
    html = page(client, "/activiteiten/spelen/?taal=fr")
    assert "<h1>Samen zingen</h1>" in html
    assert '<p class="lead" lang="fr" dir="ltr">Venez jouer.</p>' in html
    assert "Een deel is nog niet vertaald en staat in het Nederlands." in html


def test_an_activity_without_translations_says_nothing_of_them(client, activity):
    assert "Vertaling:" not in page(client, "/activiteiten/spelen/")


@pytest.mark.parametrize("asked", ["xx", "tr", "\x00", "9" * 50])
def test_a_language_that_is_not_there_gives_the_dutch(client, activity, asked):
    ActivityTranslationFactory(activity=activity)
    assert "<h1>Samen spelen</h1>" in page(client, f"/activiteiten/spelen/?taal={asked}")


def test_the_french_portal_shows_the_french_words_unasked(client, activity):
    ActivityTranslationFactory(activity=activity)
    assert "<h1>Jouer ensemble</h1>" in page(client, "/fr/activiteiten/spelen/")


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@given(dutch=WORDS, foreign=WORDS, of=WORDS)
def test_what_is_shown_comes_from_the_dutch_as_it_is(dutch, foreign, of):
    activity = Activity(title=dutch)
    row = ActivityTranslation(
        activity=activity, language="fr", title=foreign, sources={"title": fingerprint(of)}
    )
    shown = read(activity, ["title"], [row], asked="fr")["title"]
    if shown.language.code == "fr":
        assert shown.text == foreign
        assert " ".join(dutch.split()) == " ".join(of.split()) != ""
    else:
        assert shown.text == dutch


def test_the_database_keeps_no_words_that_come_from_no_dutch(activity):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityTranslationFactory(activity=activity, bring="Des chaussettes")


def test_a_language_is_translated_once(activity):
    ActivityTranslationFactory(activity=activity)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityTranslationFactory(activity=activity)


# What staff do.


def test_a_coordinator_translates_beside_the_dutch(client, coordinator, activity):
    html = page(client, address(activity))
    assert '<div lang="nl-BE"><p>Samen spelen</p></div>' in html
    assert 'name="bring"' not in html
    assert client.post(address(activity), typed(activity)).status_code == 302
    row = activity.translations.get()
    assert (row.language, row.title, row.state, row.outdated()) == ("fr", "Jouer ensemble", "human", [])
    assert row.checked_on is not None
    assert list(Event.objects.values_list("verb", "subject_label")) == [("created", "Samen spelen (Frans)")]


def test_the_field_speaks_its_language(client, coordinator, activity):
    assert 'lang="ar" dir="rtl"' in page(client, address(activity, "ar"))


def test_a_machine_translation_is_not_called_checked(client, coordinator, activity):
    client.post(address(activity), typed(activity, state="machine"))
    assert activity.translations.get().checked_on is None


def test_only_what_is_typed_anew_follows_the_new_dutch(client, coordinator, activity):
    client.post(address(activity), typed(activity))
    Activity.objects.filter(pk=activity.pk).update(title="Samen zingen", summary="Kom zingen.")
    activity.refresh_from_db()
    assert page(client, address(activity)).count("Het Nederlands is veranderd") == 2
    client.post(address(activity), typed(activity, title="Chanter ensemble"))
    assert activity.translations.get().outdated() == ["summary"]


def test_a_tick_says_that_a_translation_still_holds(client, coordinator, activity):
    client.post(address(activity), typed(activity))
    Activity.objects.filter(pk=activity.pk).update(title="Samen spelen!")
    activity.refresh_from_db()
    client.post(address(activity), typed(activity, **{"klopt-nog-title": "on"}))
    assert activity.translations.get().outdated() == []


def test_dutch_that_changed_while_somebody_translated_stops_it(client, coordinator, activity):
    sent = typed(activity)
    Activity.objects.filter(pk=activity.pk).update(title="Samen zingen")
    response = client.post(address(activity), sent)
    assert response.status_code == 422
    assert "De Nederlandse tekst is net gewijzigd." in response.content.decode()
    assert "Jouer ensemble" in response.content.decode()
    assert not activity.translations.exists()


def test_what_has_no_dutch_is_not_kept(client, coordinator, activity):
    client.post(address(activity), typed(activity, bring="Des chaussettes"))
    assert activity.translations.get().bring == ""


def test_dutch_that_went_away_takes_its_translation_along(client, coordinator, house):
    activity = ActivityFactory(house=house, bring="Sokken")
    client.post(address(activity), typed(activity, bring="Des chaussettes"))
    Activity.objects.filter(pk=activity.pk).update(bring="")
    assert "chaussettes" not in page(client, f"/activiteiten/{activity.slug}/?taal=fr")
    activity.refresh_from_db()
    client.post(address(activity), typed(activity))
    assert (activity.translations.get().bring, "bring" in activity.translations.get().sources) == ("", False)


def test_an_empty_translation_is_refused(client, coordinator, activity):
    response = client.post(address(activity), typed(activity, title="", summary=""))
    assert response.status_code == 422
    assert "Vertaal minstens één tekst" in response.content.decode()


def test_a_translation_is_removed_after_a_question(client, coordinator, activity):
    client.post(address(activity), typed(activity))
    assert "Wil je de vertaling verwijderen?" in page(client, address(activity, tail="verwijderen/"))
    assert activity.translations.exists()
    assert client.post(address(activity, tail="verwijderen/")).status_code == 302
    assert not activity.translations.exists()
    assert list(Event.objects.values_list("verb", flat=True).order_by("pk")) == ["created", "removed"]
    assert client.get(address(activity, tail="verwijderen/")).status_code == 404


@pytest.mark.parametrize("code", ["nl", "xx", "frans", "fr-be"])
def test_no_page_for_dutch_or_an_unknown_language(client, coordinator, activity, code):
    assert client.get(address(activity, code)).status_code == 404


@pytest.mark.parametrize("tail", ["", "verwijderen/"])
def test_a_coordinator_of_another_house_finds_no_page(client, activity, tail):
    client.force_login(MembershipFactory().user)
    assert client.get(address(activity, tail=tail)).status_code == 404
    assert client.post(address(activity, tail=tail), typed(activity)).status_code == 404


def test_a_parent_is_refused(client, activity):
    client.force_login(UserFactory())
    assert client.post(address(activity), typed(activity)).status_code == 403


@pytest.mark.parametrize("tail", ["", "verwijderen/"])
def test_only_get_and_post(client, coordinator, activity, tail):
    assert client.put(address(activity, tail=tail)).status_code == 405


def test_what_a_partner_translates_is_a_proposal(client, house):
    editor = EditorFactory()
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    activity = ActivityFactory(house=house, organiser=editor.organisation)
    client.force_login(editor.user)
    assert "Je wijziging gaat naar de coördinator" in page(client, address(activity))
    client.post(address(activity), typed(activity))
    activity.refresh_from_db()
    assert (activity.status, activity.translations.count()) == ("published", 0)
    assert set(activity.proposals.get().facts) == {"translation:fr"}
    assert list(Event.objects.values_list("verb", flat=True).order_by("pk")) == ["proposed"]
    proposal = activity.proposals.select_related("activity").get()
    mark = seen_mark(proposal, present_facts(proposal))
    by = MembershipFactory(house=house).user
    approve(proposal=proposal, seen=mark, chosen={}, by=by, now=NOW)
    assert activity.translations.get().title == typed(activity)["title"]


def test_a_copy_takes_the_translations_along(client, coordinator, activity):
    ActivityTranslationFactory(activity=activity)
    client.post(f"/beheer/activiteiten/{activity.pk}/kopieren/")
    copy = Activity.objects.exclude(pk=activity.pk).get()
    assert [row.title for row in copy.translations.all() if not row.outdated()] == ["Jouer ensemble"]
