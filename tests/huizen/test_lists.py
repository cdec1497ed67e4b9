"""Lists of staff: heads from their cells, an order that a head changes, and pages that keep what was asked."""

import re

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from huizen.listing import in_order, page_of
from huizen.models import House
from tests.factories import HouseFactory

ROWS = """
{% listing page "partner" "partners" %}
  {% for name, number in page %}
    {% row %}
      {% cell "Naam" kind="title" order="naam" %}{{ name }}{% endcell %}
      {% cell "Huis" %}{% endcell %}
      {% cell "Redacteurs" kind="number" %}{{ number }}{% endcell %}
      {% cell "Doen" kind="actions" %}<a href="#">Wijzig</a>{% endcell %}
    {% endrow %}
  {% empty %}{% empty_state "Niemand" %}{% endfor %}
{% endlisting %}"""
PEOPLE = [("<b>Ann</b>", 2), ("Bram", 0), ("Ciska", 1)]


class Filter(forms.Form):
    q = forms.CharField(label="Zoek", required=False)
    rol = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)


def made(source, request, **context):
    return Template(source).render(Context({"request": request, **context}))


def listed(rf, address="/", people=PEOPLE, size=10):
    request = rf.get(address)
    return made(ROWS, request, page=page_of(request, people, size=size))


def test_a_table_has_the_heads_of_its_cells_once(rf):
    answer = listed(rf)

    heads = re.findall(r"<th scope=\"col\"[^>]*>\s*(?:<[^>]+>)?([^<]+)<", answer)
    assert [head.strip() for head in heads] == ["Naam", "Huis", "Redacteurs", "Doen"]
    assert re.findall(r'data-column="([^"]+)"', answer) == ["Huis", "Redacteurs", "Doen"] * 3
    assert answer.count('<th scope="row" role="rowheader">') == 3


def test_every_part_of_a_table_says_its_role_because_cards_are_no_table_for_every_reader(rf):
    answer = listed(rf)

    without = re.findall(r"<(?:table|thead|tbody|tr|th|td)(?![^>]* role=)[ >]", answer)
    assert without == []


def test_what_people_type_is_escaped_in_a_cell(rf):
    answer = listed(rf)

    assert ("<b>Ann" in answer, "&lt;b&gt;Ann" in answer) == (False, True)
    assert answer.count('<a href="#">Wijzig</a>') == 3


def test_a_cell_without_words_is_empty_so_that_a_card_leaves_it_out(rf):
    assert '<td role="cell" data-column="Huis"></td>' in listed(rf)


def test_two_tables_on_one_page_have_their_own_heads(rf):
    one = '{% table "Een" %}{% row %}{% cell "Naam" %}x{% endcell %}{% endrow %}{% endtable %}'
    other = '{% table "Twee" %}{% row %}{% cell "Dag" %}x{% endcell %}{% endrow %}{% endtable %}'

    first, second = made(one + other, rf.get("/")).split("</table>")[:2]

    assert ("Naam" in first, "Dag" in first) == (True, False)
    assert ("Naam" in second, "Dag" in second) == (False, True)


def test_an_unknown_kind_of_cell_is_an_error(rf):
    with pytest.raises(TemplateSyntaxError):
        made('{% cell "Naam" kind="titel" %}x{% endcell %}', rf.get("/"))


def test_a_list_says_how_many_there_are_and_which_page_this_is(rf):
    assert "<caption>3 partners</caption>" in listed(rf)
    assert "<caption>3 partners, bladzijde 2 van 3</caption>" in listed(rf, "/?pagina=2", size=1)
    assert "<caption>1 partner</caption>" in listed(rf, people=PEOPLE[:1])


def test_a_list_without_rows_shows_no_table(rf):
    answer = listed(rf, people=[])

    assert ("<table" in answer, "Niemand" in answer) == (False, True)


@pytest.mark.parametrize(
    ("address", "link", "sorted_as"),
    [
        ("/?q=a&pagina=2", "?q=a&amp;volgorde=naam", ""),
        ("/?volgorde=naam", "?volgorde=-naam", "ascending"),
        ("/?volgorde=-naam", "?volgorde=naam", "descending"),
        ("/?volgorde=onzin", "?volgorde=naam", ""),
    ],
)
def test_a_head_that_is_pressed_turns_the_order_and_begins_at_the_first_page(rf, address, link, sorted_as):
    answer = listed(rf, address)

    assert f'<a href="{link}">Naam' in answer
    assert re.findall(r'aria-sort="(\w+)"', answer) == ([sorted_as] if sorted_as else [])


def test_a_tab_keeps_the_rest_of_the_address_and_knows_where_you_are(rf):
    tabs = '{% tab "toon" "" "Nu" %}{% tab "toon" "weg" "Weg" 3 %}'

    answer = made(tabs, rf.get("/?q=a&toon=weg&pagina=2"))

    assert answer == (
        '<a href="?q=a">Nu</a>'
        '<a href="?q=a&amp;toon=weg" aria-current="true">Weg <span class="badge is-quiet">3</span></a>'
    )


def test_a_filter_keeps_the_order_and_shows_the_way_back_only_when_something_was_asked(rf):
    source = "{% filter_form form %}"

    quiet = made(source, rf.get("/lijst/?volgorde=-naam"), form=Filter())
    asked = made(source, rf.get("/lijst/?rol=b"), form=Filter({"rol": ["b"]}))

    assert '<input type="hidden" name="volgorde" value="-naam">' in quiet
    assert ("Toon alles" in quiet, '<a href="/lijst/">Toon alles</a>' in asked) == (False, True)


def test_a_page_that_is_not_there_is_the_nearest_one(rf):
    page = page_of(rf.get("/?pagina=99999999"), range(3), size=2)

    assert (page.number, list(page)) == (2, [2])
    assert page_of(rf.get("/?pagina=\x00"), range(3), size=2).number == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["C", "A", "B"]),
        ("onzin", ["C", "A", "B"]),
        ("naam", ["A", "B", "C"]),
        ("-naam", ["C", "B", "A"]),
        ("nagekeken", ["B", "C", "A"]),
        ("-nagekeken", ["C", "B", "A"]),
    ],
)
def test_rows_come_in_the_order_that_was_asked_with_the_empty_ones_last(rf, asked, names):
    for name, checked in [("C", "2026-02-01"), ("A", None), ("B", "2026-01-01")]:
        HouseFactory(name=name, checked_on=checked)

    rows = in_order(
        rf.get("/", {"volgorde": asked}),
        House.objects.order_by("pk"),
        {"naam": "name", "nagekeken": "checked_on"},
    )

    assert [house.name for house in rows] == names
