"""Components: what they make, and that a misspelt argument is an error."""

import re
from datetime import datetime

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from huizen.forms import DateInput, DateTimeInput, MonthField, MonthInput, TimeInput
from huizen.navigation import Entry
from huizen.roles import Permission
from huizen.templatetags import ui


def made(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% icon nam="baby" %}',
        '{% notice "good" titel="x" %}x{% endnotice %}',
        '{% notice "good" %}x',
        '{% fact "baby" %}x{% endfact %}',
        '{% badge "x" soort="good" %}',
        '{% submit "Bewaar" kleur="rood" %}',
        '{% print_button soort="quiet" %}',
        '{% file_link "Excel" "home" vraag="x" %}',
        '{% empty_state "t" "x" link="/" %}',
        "{% disclosure %}x{% enddisclosure %}",
        "{% pagination %}",
        "{% ages 0 %}",
        '{% page_head titel="x" %}',
        '{% tab "toon" "weg" %}',
        "{% filter_form %}",
        '{% cell "Naam" soort="title" %}x{% endcell %}',
        "{% table %}x{% endtable %}",
        '{% listing page "partner" %}x{% endlisting %}',
    ],
)
def test_a_misspelt_argument_is_an_error(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source", ['{% badge "x" kind="goood" %}', '{% notice "x" %}{% endnotice %}', '{% submit "x" kind="y" %}']
)
def test_an_unknown_kind_is_an_error(source):
    with pytest.raises(TemplateSyntaxError):
        made(source)


def test_an_unknown_pictogram_is_an_error():
    with pytest.raises(FileNotFoundError):
        made('{% icon "eenhoorn" %}')


def test_all_pictograms_are_one_set():
    for file in ui.ICONS.glob("*.svg"):
        drawing = file.read_text()
        assert 'viewBox="0 0 24 24"' in drawing, file.name
        assert 'stroke-width="2" stroke-linecap="round"' in drawing, file.name
        assert drawing.count("stroke-width") == 1, file.name


def test_a_pictogram_is_silent_for_readers():
    assert made('{% icon "check" %}').startswith(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path'
    )


def test_what_people_type_is_escaped_in_every_component():
    bad = "<script>"
    source = (
        "{% badge bad %}{% submit bad %}{% notice title=bad %}{{ bad }}{% endnotice %}"
        "{% fact 'baby' bad %}{{ bad }}{% endfact %}{% empty_state bad bad url='/' button=bad %}"
        "{% disclosure bad %}{{ bad }}{% enddisclosure %}{% message_notice bad_message %}"
    )

    answer = made(source, bad=bad, bad_message=Message(constants.INFO, bad))

    assert bad not in answer
    assert answer.count("&lt;script&gt;") == 12


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        (constants.SUCCESS, "good"),
        (constants.WARNING, "warning"),
        (constants.ERROR, "bad"),
        (constants.INFO, "info"),
    ],
)
def test_a_message_becomes_a_notice_of_its_kind(level, kind):
    assert f'class="notice is-{kind}"' in made("{% message_notice m %}", m=Message(level, "Bewaard."))


def test_an_element_has_a_drawing_and_a_word():
    answer = made('{% element_badge "encounter" %}')

    assert "<svg" in answer
    assert "Ontmoeting" in answer


def test_a_submit_button_can_say_which_one_was_pressed():
    assert made('{% submit "Weg" kind="danger" name="doe" value="weg" %}') == (
        '<button type="submit" class="button is-danger" name="doe" value="weg">Weg</button>'
    )


def test_pagination_keeps_the_rest_of_the_address(rf):
    page = Paginator(range(200), 10).page(6)

    answer = made("{% pagination page %}", page=page, request=rf.get("/?q=a+b&pagina=6&taal=nl&taal=fr"))

    assert 'href="?q=a+b&amp;taal=nl&amp;taal=fr&amp;pagina=7" rel="next"' in answer
    assert answer.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination(rf):
    assert made("{% pagination page %}", page=Paginator([1], 10).page(1), request=rf.get("/")).strip() == ""


def test_the_menu_marks_where_you_are(rf):
    menu = '{% nav_link "/huizen/" "Huizen" %}'

    assert 'aria-current="page"' in made(menu, request=rf.get("/huizen/"))
    assert 'aria-current="true"' in made(menu, request=rf.get("/huizen/demostad/"))
    assert "aria-current" not in made(menu, request=rf.get("/hulp/"))


def test_a_link_to_a_page_that_does_not_exist_is_left_out(rf):
    entries = [Entry("Nergens", "no_such_page", Permission.SEE_DESK)]

    answer = made('{% nav_link "" "Huizen" %}{% staff_menu entries %}', entries=entries, request=rf.get("/"))

    assert "<li>" not in answer


def test_the_staff_menu_marks_the_nearest_entry_only(rf):
    entries = [Entry("Vandaag", "desk", Permission.SEE_DESK), Entry("Team", "team", Permission.SEE_DESK)]

    answer = made("{% staff_menu entries %}", entries=entries, request=rf.get("/beheer/team/demostad/"))

    assert answer.count("aria-current") == 1
    assert 'aria-current="true">Team</a>' in answer
    assert '<span class="visually-hidden">Menu van beheer: </span>Team</span>' in answer


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/beheer/", ["Vandaag"]), ("/beheer/contacten/4/", ["Partners"]), ("/beheer/elders/", [])],
)
def test_a_page_belongs_to_the_entry_that_claims_it_and_never_to_the_desk_for_want_of_one(rf, path, marked):
    entries = [
        Entry("Vandaag", "desk", Permission.SEE_DESK),
        Entry("Partners", "partner_list", Permission.SEE_DESK, also=("/beheer/contacten/",)),
    ]

    answer = made("{% staff_menu entries %}", entries=entries, request=rf.get(path))

    assert re.findall(r'aria-current="\w+">(\w+)<', answer) == marked


def test_the_staff_menu_says_what_belongs_together(rf):
    orders = {"desk": 10, "partner_list": 40, "meeting_list": 50, "team": 80}
    entries = [Entry(name, name, Permission.SEE_DESK, order) for name, order in orders.items()]

    answer = made("{% staff_menu entries %}", entries=entries, request=rf.get("/beheer/"))

    assert re.findall(r">([\w ]+)</(?:p|a)>", answer) == [
        "desk",
        "Partners",
        "partner_list",
        "meeting_list",
        "Huis en portaal",
        "team",
    ]
    assert answer.count("<ul aria-labelledby=") == 2


def test_work_begins_at_the_first_page_of_the_menu():
    entries = [
        Entry("Nergens", "no_such_page", Permission.SEE_DESK),
        Entry("Alles", "agency", Permission.SEE_DESK),
    ]

    assert made("{% staff_home entries %}/{% staff_home none %}", entries=entries, none=[]) == "/opgroeien//"


class Child(forms.Form):
    first_name = forms.CharField(label="Voornaam")


class Whole(forms.Form):
    name = forms.CharField(label="Je naam", help_text="Zoals je wil.")
    note = forms.CharField(label="Nog iets", required=False)
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Ik ga akkoord")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Dit past niet samen.")


def test_a_file_is_asked_for_with_what_the_filters_of_a_page_ask():
    bare = made('{% file_link "Excel" "coverage_export" "xlsx" query=query %}', query="")
    asked = made('{% file_link "Excel" "coverage_export" "xlsx" query=query %}', query='q="x"&soort=a')

    address = reverse("coverage_export", args=["xlsx"])
    assert f'href="{address}"' in bare
    assert f'href="{address}?q=&quot;x&quot;&amp;soort=a"' in asked
    assert "<span>Excel</span>" in asked


def test_the_button_to_print_is_hidden_where_no_script_shows_it():
    assert "data-print hidden" in made("{% print_button %}")
    assert "<span>Imprimer</span>" in made('{% print_button "Imprimer" %}')
    with pytest.raises(TemplateSyntaxError, match="Unknown kind 'groot'"):
        made('{% print_button kind="groot" %}')


def test_a_form_without_faults_has_no_summary():
    answer = made("{{ form }}", form=Whole())

    assert "error-summary" not in answer
    assert "aria-invalid" not in answer


def test_the_summary_links_to_each_field_that_is_wrong():
    answer = made("{{ form }}", form=Whole({}))

    assert 'role="alert"' in answer
    assert "<li>Dit past niet samen.</li>" in answer
    for target in ("id_name", "id_kind_0", "id_agreed"):
        assert f'<a href="#{target}">' in answer
        assert f'id="{target}"' in answer


def test_help_and_fault_are_read_with_the_field():
    answer = made("{{ form }}", form=Whole({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in answer
    assert 'id="id_name_helptext"' in answer
    assert 'id="id_name_error"' in answer
    assert '<fieldset class="field is-wrong " aria-describedby="id_kind_error">' in answer


def test_only_optional_fields_say_so():
    assert made("{{ form }}", form=Whole()).count("(mag je leeg laten)") == 1


def test_what_was_typed_stays():
    assert 'value="Sara"' in made("{{ form }}", form=Whole({"name": "Sara"}))


def test_a_formset_has_one_summary_for_all_its_parts():
    formset = forms.formset_factory(Child)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-first_name": "", "form-1-first_name": ""}
    )

    answer = made("{{ formset }}", formset=formset)

    assert answer.count('role="alert"') == 1
    assert 'href="#id_form-1-first_name"' in answer
    assert 'name="form-TOTAL_FORMS"' in answer


def test_a_page_with_several_forms_has_one_summary():
    first, second = Child({}, prefix="a"), Child({}, prefix="b")
    first.without_summary = second.without_summary = True

    answer = made("{% error_summary first second %}{{ first }}{{ second }}", first=first, second=second)

    assert answer.count('role="alert"') == 1


@pytest.mark.parametrize("typed", ["2025-03", "3/2025", "03-2025", "3 2025", "maart 2025", " Maart 2025 "])
def test_a_month_is_read_as_phones_and_people_write_it(typed):
    assert MonthField().clean(typed).isoformat() == "2025-03-01"


@pytest.mark.parametrize(
    "typed", ["2025", "13/2025", "0/2025", "maart", "lente 2025", "3/0000", "٣/2025", "\x00", "9" * 500]
)
def test_a_month_that_is_none_is_refused_in_a_sentence(typed):
    with pytest.raises(forms.ValidationError, match="Kies een maand en een jaar"):
        MonthField().clean(typed)


def test_an_empty_month_is_none_where_it_may_be():
    assert MonthField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("widget", "kind", "value"),
    [
        (DateInput(), "date", "2026-03-04"),
        (MonthInput(), "month", "2026-03"),
        (TimeInput(), "time", "09:30"),
        (DateTimeInput(), "datetime-local", "2026-03-04T09:30"),
    ],
)
def test_days_and_hours_use_the_fields_of_the_phone(widget, kind, value):
    answer = widget.render("x", datetime(2026, 3, 4, 9, 30))

    assert f'type="{kind}"' in answer
    assert f'value="{value}"' in answer
