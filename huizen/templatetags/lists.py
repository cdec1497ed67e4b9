"""Lists of staff: the head of a page, the filters, a table that is a pile of cards on a phone, and what it is sorted by."""

from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from huizen import words
from huizen.listing import ORDER, PAGE
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
    pages = render_to_string("components/pagination.html", pagination(context, page))
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
