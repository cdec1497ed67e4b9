"""What never changes in a template is worked out once for each language; what may change never is."""

import pytest
from django.template import Context, engines
from django.template.base import TextNode
from django.template.loader import get_template
from django.template.loaders.locmem import Loader as InMemory
from django.utils import translation

from huizen.folded_templates import Loader

WORDS = '{% load i18n language static %}<p>{% translate "Huizen" %}</p>'


@pytest.fixture
def folded():
    """A template as the portal reads it, from its text: `folded("<p>")`, in the language of now."""

    def read(text: str, name: str = "proef.html", **others: str):
        engine = engines["django"].engine
        loader = Loader(engine, [])
        loader.loaders = [InMemory(engine, {name: text, **others})]
        return loader.get_template(name)

    return read


def rendered(template, **context) -> str:
    return template.render(Context(context))


def test_fixed_words_addresses_files_and_pictograms_become_one_text(folded):
    template = folded(
        '{% load i18n static %}<a href="{% url \'house_list\' %}">{% icon "house" %}{% translate "Huizen" %}</a>'
        '{% static "js/portal.js" %}'
    )
    _load, *nodes = template.nodelist
    assert [type(node) for node in nodes] == [TextNode]
    assert rendered(template).startswith('<a href="/huizen/"><svg')
    assert "Huizen</a>/static/js/portal.js" in rendered(template)


def test_each_language_has_its_own(folded):
    template = 'templates: {% load i18n %}{% translate "Huizen" %}{% url "house_list" %}'
    dutch = rendered(folded(template))
    with translation.override("fr"):
        assert "/fr/huizen/" in rendered(folded(template))
    assert "Huizen/huizen/" in dutch
    assert get_template("base.html").template is get_template("base.html").template
    with translation.override("fr"):
        french = get_template("base.html").template
    assert french is not get_template("base.html").template


@pytest.mark.parametrize(
    ("text", "context", "said"),
    [
        ("{% load i18n %}{% translate word %}", {"word": "Huizen"}, "Huizen"),
        ("{% url 'house_detail' slug %}", {"slug": "geel"}, "/huizen/geel/"),
        ("{% icon name as drawn %}{{ drawn|length }}", {"name": "house"}, None),
        ("{% badge text %}", {"text": "<b>"}, '<span class="badge">&lt;b&gt;</span>'),
    ],
)
def test_what_depends_on_the_page_is_worked_out_each_time(folded, text, context, said):
    template = folded(text)
    assert any(type(node) is not TextNode for node in template.nodelist)
    assert said is None or rendered(template, **context) == said


def test_parts_of_conditions_loops_and_blocks_with_content_are_folded_too(folded):
    template = folded(
        "{% load i18n %}{% if yes %}{% translate 'Huizen' %}{% else %}{% translate 'Hulp' %}{% endif %}"
        "{% for one in many %}{% translate 'Hulp' %}{% endfor %}"
        "{% fact 'baby' _('Voor wie') %}{% translate 'Huizen' %}{% endfact %}"
    )
    text = rendered(template, yes=True, many="ab")
    assert text.startswith("HuizenHulpHulp<div")
    _load, condition, loop, fact = template.nodelist
    parts = [*(part for _, part in condition.conditions_nodelists), loop.nodelist_loop, fact.nodelist]
    assert [[type(node) for node in part] for part in parts] == [[TextNode]] * 4


def test_an_address_with_a_name_stays_known_under_it(folded):
    assert rendered(folded("{% url 'house_list' as there %}[{{ there }}]")) == "[/huizen/]"
    assert rendered(folded("{% url 'bestaat_niet' as there %}[{{ there }}]")) == "[]"


def test_a_mail_is_left_as_it_is(folded):
    template = folded("{% load i18n %}{% translate 'Huizen' %}", name="brief.txt")
    assert all(type(node) is not TextNode for node in template.nodelist)
