"""Lists of staff: the head of a page, the filters, a table that is a pile of cards on a phone, and what it is sorted by."""

from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.core.validators import slug_re
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from huizen import words
from huizen.house_choice import HOUSE
from huizen.house_start import BACK
from huizen.listing import ORDER, PAGE
from huizen.models import House
from huizen.roles import Permission
from huizen.templatetags.ui import known_kind, pagination

register = template.Library()

CELL_KINDS = ("", "title", "number", "actions")


class Column(NamedTuple):
    """What stands above the cells of one column; `order` is its name in the address, where it can be sorted by."""

    label: str
    kind: str
    order: str


@register.inclusion_tag("components/page_head.html")
def page_head(title: str, url: str = "", button: str = "", name: str = "plus", level: int = 1) -> dict:
    """The title of a page, or of a part of it (`level` 2), and beside it what is done most from here."""
    return {"title": title, "url": url, "button": button, "icon": name, "level": level}


@register.simple_tag(takes_context=True)
def start_way_back(context) -> SafeString:
    """The way back to the guided start of a House, on a page to which it sent somebody; nothing elsewhere."""
    slug = context["request"].GET.get(BACK, "") if "request" in context else ""
    if not slug_re.fullmatch(slug):
        return mark_safe("")
    address = reverse("house_start", args=[slug])
    return format_html(
        '<p class="no-print"><a href="{}">Terug naar het begin van jullie Huis</a></p>', address
    )


@register.inclusion_tag("components/switcher_field.html", takes_context=True)
def switcher_field(context) -> dict:
    """The field of the quick switcher, for who has a desk."""
    request = context.get("request")
    user = getattr(request, "user", None)
    may_switch = bool(user and user.is_authenticated and user.may(Permission.SEE_DESK))
    return {"may_switch": may_switch, "letters": context.get("letters", "")}


@register.simple_tag(takes_context=True)
def tab(context, parameter: str, value: str, text: str, number: "int | None" = None) -> SafeString:
    """One of the views of a list, in a `<nav class="tabs">`: the same address with this parameter. "" is the usual view."""
    chosen = context["request"].GET.get(parameter, "") == value
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        _address(context, {parameter: value}),
        SafeString(' aria-current="true"') if chosen else "",
        text,
        "" if number is None else format_html(' <span class="badge is-quiet">{}</span>', number),
    )


@register.inclusion_tag("components/house_tabs.html", takes_context=True)
def house_tabs(context, houses: list[House], all_houses: str = "") -> dict:
    """Of which of her Houses a page tells; nothing for who has one. `all_houses`: the words for all of them together.

    Without it the page tells of the first until another is chosen (huizen/house_choice.py).
    """
    request = context["request"]
    query = request.GET.copy()
    asked = query.pop(HOUSE, [""])[-1]
    rest = f"&{query.urlencode()}" if query else ""
    known = [house.slug for house in houses]
    chosen = asked if asked in known else "" if all_houses else next(iter(known), "")
    tabs = [(house.name, f"?{HOUSE}={house.slug}{rest}", house.slug == chosen) for house in houses]
    if all_houses:
        tabs.insert(0, (all_houses, f"{request.path}{rest.replace('&', '?', 1)}", not chosen))
    return {"tabs": tabs if len(houses) > 1 else []}


@register.inclusion_tag("components/filter_form.html", takes_context=True)
def filter_form(context, form, button: str = "Zoek") -> dict:
    """The fields that narrow the list below; keeps its order, and shows the way back once something was asked.

    What the form hides is no wish: it stays on that way back.
    """
    request = context["request"]
    names = [field.html_name for field in form.visible_fields()]
    return {
        "form": form,
        "button": button,
        "order": (ORDER, request.GET.get(ORDER, "")),
        "all": _all_of(request, form) if any(any(request.GET.getlist(name)) for name in names) else "",
    }


def _all_of(request, form) -> str:
    """The address of the whole list, with what the form hides."""
    names = [field.html_name for field in form.hidden_fields()]
    kept = urlencode([(name, value) for name in names for value in request.GET.getlist(name)])
    return f"{request.path}?{kept}" if kept else request.path


@register.simple_block_tag
def row(content) -> SafeString:
    """One row of a table. Its role is said, because cards are no table for every reader."""
    return format_html('<tr role="row">{}</tr>', content)


@register.simple_block_tag(takes_context=True)
def cell(context, content, column: str, kind: str = "", order: str = "") -> SafeString:
    """What a row says under the head `column`, which the table makes of its cells.

    `kind`: title (what the row is about), number or actions; `order`: sorted by when its head is pressed.
    """
    known_kind(kind, CELL_KINDS)
    content = mark_safe(content.strip())  # noqa: S308 a block that was rendered, and escaped, already
    _columns(context).setdefault(column, Column(column, kind, order))
    if kind == "title":
        return format_html('<th scope="row" role="rowheader">{}</th>', content)
    return format_html(
        '<td role="cell"{} data-column="{}">{}</td>',
        format_html(' class="is-{}"', kind) if kind else "",
        column,
        content,
    )


@register.simple_block_tag(takes_context=True)
def table(context, content, caption: str, quiet: bool = False) -> SafeString:
    """Rows under a caption, `quiet` where a heading says the same; a pile of cards where there is no room for columns."""
    columns = _columns(context)
    heads = [_head(context, column) for column in columns.values()]
    # The next table on this page has columns of its own.
    columns.clear()
    facts = {"caption": caption, "quiet": quiet, "heads": heads, "rows": content}
    return render_to_string("components/table.html", facts)


@register.simple_block_tag(takes_context=True)
def listing(context, content, page: Page, one: str, many: str) -> SafeString:
    """A table with how many there are above it and its pages below; without rows only what the content says instead."""
    if not page.paginator.count:
        return content
    caption = words.count(page.paginator.count, one, many)
    if page.has_other_pages():
        caption += f", bladzijde {page.number} van {page.paginator.num_pages}"
    pages = pagination(context, page)
    return format_html("{}{}", table(context, content, caption), pages)


def _columns(context) -> dict[str, Column]:
    """The columns of the table that is being made, by label; each cell notes its own."""
    return context.render_context.setdefault(Column, {})


def _head(context, column: Column) -> dict:
    if not column.order:
        return {"column": column}
    now = context["request"].GET.get(ORDER, "")
    turned = f"-{column.order}"
    return {
        "column": column,
        "sorted": {column.order: "ascending", turned: "descending"}.get(now, ""),
        "address": _address(context, {ORDER: turned if now == column.order else column.order}),
    }


def _address(context, changes: dict[str, str]) -> str:
    """This address with other parameters, on its first page."""
    query = context["request"].GET.copy()
    query.pop(PAGE, None)
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"
