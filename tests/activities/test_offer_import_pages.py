"""The pages on which offer comes in with a file, goes out as one, and several drafts go online."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.actions.forget import forget_offer_imports
from activities.actions.offer_import import carry_out_offer_imports
from activities.incoming_tiles import files_to_confirm
from activities.models import Activity, OfferImport, OfferLine
from tests.activities.editors import partner_of
from tests.activities.offer_files import table
from tests.factories import (
    NOW,
    ActivityFactory,
    LocationFactory,
    MembershipFactory,
    PartnershipFactory,
    ScheduleFactory,
)
from tests.huizen.test_uploaded_table import REFUSED
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def send(desk, content, name="aanbod.csv"):
    return desk.post(reverse("offer_import_create"), {"file": SimpleUploadedFile(name, content)})


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def offer_import(desk):
    send(desk, table({"Titel": "Dansen", "Wanneer": "op afspraak"}, {"Titel": "=KWAAD()"}))
    return OfferImport.objects.get()


def test_a_file_is_looked_through_confirmed_put_online_and_taken_back(desk, house, offer_import):
    shown = page(desk, "offer_import_detail", offer_import.pk)
    assert "Er is nog niets gebeurd" in shown
    assert "Voer 1 lijn in" in shown
    assert "Hier staat een formule" in shown
    desk.post(reverse("offer_import_confirm", args=[offer_import.pk]))
    assert "0 van 1 lijnen" in page(desk, "offer_import_detail", offer_import.pk)
    carry_out_offer_imports(now=NOW)
    done = page(desk, "offer_import_detail", offer_import.pk)
    assert "1 nieuwe activiteit" in done
    assert (Activity.objects.get().house, Activity.objects.get().status) == (house, "draft")
    assert f"{reverse('offer_online')}?invoer={offer_import.pk}" in done
    assert "gaat weer weg" in page(desk, "offer_import_take_back", offer_import.pk)
    desk.post(reverse("offer_import_take_back", args=[offer_import.pk]))
    assert not Activity.objects.exists()
    assert "teruggenomen" in page(desk, "offer_import_detail", offer_import.pk)


def test_what_came_in_goes_online_with_one_button(desk, offer_import):
    send(desk, table({"Titel": "Zonder dagen"}))
    for row in OfferImport.objects.all():
        desk.post(reverse("offer_import_confirm", args=[row.pk]))
    carry_out_offer_imports(now=NOW)
    url = f"{reverse('offer_online')}?invoer={offer_import.pk}"
    form = desk.get(url).context["form"]
    assert form.fields["activities"].initial == [Activity.objects.get(title="Dansen").pk]
    assert "Zonder dagen" in page(desk, "offer_online")
    desk.post(url, {"activities": form.fields["activities"].initial})
    assert set(Activity.objects.values_list("title", "status")) == {
        ("Dansen", "published"),
        ("Zonder dagen", "draft"),
    }
    assert desk.post(url, {"activities": ["999999", "x"]}).status_code == 422
    assert desk.get(f"{reverse('offer_online')}?invoer=x\0").status_code == 200


def test_an_editor_puts_nothing_online_that_is_not_hers_to_decide(client, house):
    editor = partner_of(house)
    draft = ActivityFactory(house=house, organiser=editor.organisation, status="draft")
    ScheduleFactory(activity=draft)
    client.force_login(editor.user)
    assert draft.title not in page(client, "offer_online")
    assert client.post(reverse("offer_online"), {"activities": [draft.pk]}).status_code == 422
    house.partnerships.update(is_trusted=True)
    client.post(reverse("offer_online"), {"activities": [draft.pk]})
    draft.refresh_from_db()
    assert draft.status == "published"


def test_the_faulty_lines_come_back_with_their_reason_and_no_formula(desk, offer_import):
    head, row = csv_rows(desk.get(reverse("offer_import_faults", args=[offer_import.pk])).content)
    assert head[-3:] == ["Lijn", "Fout in kolom", "Reden"]
    assert (row[0], *row[-3:-1]) == ("'=KWAAD()", "3", "Titel")


def test_a_file_that_waits_stands_on_the_desk_and_is_forgotten_in_time(coordinator, offer_import):
    (tile,) = files_to_confirm(coordinator, NOW)
    assert tile.url == reverse("offer_import_detail", args=[offer_import.pk])
    assert forget_offer_imports(before=offer_import.made_at, now=NOW) == 0
    later = offer_import.made_at + dt.timedelta(seconds=1)
    assert forget_offer_imports(before=later, now=NOW) > 0


def test_what_is_not_confirmed_can_be_thrown_away(desk, offer_import):
    desk.post(reverse("offer_import_discard", args=[offer_import.pk]))
    assert not OfferImport.objects.exists()


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_gets_one_sentence_and_changes_nothing(desk, content, sentence):
    answer = send(desk, content)
    assert (answer.status_code, OfferImport.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_sent_as_it_is(desk, kind):
    send(desk, desk.get(reverse(f"offer_import_example_{kind}")).content, name=f"x.{kind}")
    assert list(OfferLine.objects.order_by("number").values_list("outcome", flat=True)) == ["new", "new"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_changes_nothing_when_it_comes_in_again(desk, house, kind):
    organiser = PartnershipFactory(house=house).organisation
    place = LocationFactory(house=house, name="De Krul")
    paid = {"price_kind": "paid", "price_cents": 250, "registration_mode": "required", "channels": ["phone"]}
    facts = {"phone": "014 00 00 00", "age_min": -9, "age_max": 40, "languages": ["nl", "tr"], "capacity": 8}
    activity = ActivityFactory(house=house, organiser=organiser, location=place, **paid, **facts)
    ScheduleFactory(activity=activity, kind="weekly", dates=[], weekdays=[1], starts_on="2026-01-06")
    ActivityFactory(house=house, title="Van het Huis")
    ActivityFactory(title="Van een ander")
    exported = desk.get(reverse(f"offer_export_{kind}"))
    assert f".{kind}" in exported["Content-Disposition"]
    send(desk, exported.content, name=f"x.{kind}")
    assert list(OfferLine.objects.order_by("number").values_list("outcome", "reason")) == [("same", "")] * 2
    came_back = OfferLine.objects.get(number=2).facts
    told = {name: came_back[name] for name in (*paid, *facts, "offer_type", "summary", "dutch")}
    assert told == {name: getattr(activity, name) for name in told}


def test_the_export_follows_the_filter_and_costs_the_same(desk, house, django_assert_max_num_queries):
    def visit():
        ScheduleFactory(activity=ActivityFactory(house=house, title="Dansen"))
        with django_assert_max_num_queries(8) as queries:
            answer = desk.get(reverse("offer_export_csv"), {"q": "dans"})
        assert {row[0] for row in csv_rows(answer.content)} == {"Titel", "Dansen"}
        return len(queries)

    ActivityFactory(house=house, title="Zingen")
    assert visit() == visit() == visit()


def addresses(offer_import):
    names = [f"offer_import_{name}" for name in ("detail", "confirm", "discard", "faults", "take_back")]
    return [reverse(name, args=[offer_import.pk]) for name in names]


def test_another_house_and_another_editor_find_nothing(client, house, offer_import):
    for user in (MembershipFactory().user, partner_of(house).user):
        client.force_login(user)
        for url in addresses(offer_import):
            assert client.get(url).status_code in {404, 405}
            assert client.post(url).status_code in {404, 405}
    assert OfferImport.objects.get().state == "prepared"


def test_who_makes_no_offer_is_refused(client, offer_import):
    client.force_login(MembershipFactory(role="officer", house=None).user)
    names = ("offer_import_create", "offer_export_csv", "offer_import_example_csv", "offer_online")
    assert {client.get(reverse(name)).status_code for name in names} == {403}
    assert {client.post(url).status_code for url in addresses(offer_import)} <= {403, 405}
