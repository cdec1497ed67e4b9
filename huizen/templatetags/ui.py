"""Components: a misspelt argument is an error, and `/stijl/` shows each in every state."""

import json
from datetime import date, datetime
from functools import cache, lru_cache
from secrets import token_hex

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django_htmx.templatetags.django_htmx import htmx_script

from huizen import words
from huizen.folded_templates import constant
from huizen.links import absolute, path_of, query_without
from huizen.vocabulary import Element

register = template.Library()
# Its nonce is none: our scripts are files of our own.
constant(htmx_script)

ICONS = settings.BASE_DIR / "static" / "img" / "icons"
BADGE_KINDS = ("", "support", "encounter", "activities", "good", "warning", "bad", "info", "quiet")
NOTICE_ICONS = {"info": "info", "good": "check", "warning": "warning", "bad": "warning"}
MESSAGE_KINDS = {"success": "good", "warning": "warning", "error": "bad"}
PAGES_AROUND = 1
_SCRIPT_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
STREET_HEIGHT = 60
#: Nobody can write this in a title: it is another one in each process.
_TOKEN_PLACE = mark_safe(f"<!--{token_hex(16)}-->")  # noqa: S308 letters and figures
#: Where the address begins in the links of a list that are kept.
_PREFIX = "{prefix}"
_FACT_END = mark_safe("</dd></div>")


# Pictures.
@register.simple_tag
@constant
@cache
def icon(name: str) -> SafeString:
    """A pictogram of our own set, drawn in the colour of the text. Always beside words: readers skip it."""
    drawing = (ICONS / f"{name}.svg").read_text()
    inside = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    # What points the way points the other way where people read from the right.
    arrow = " is-arrow" if name == "arrow" else ""
    return mark_safe(f'<svg class="icon{arrow}" viewBox="0 0 24 24" aria-hidden="true">{inside}</svg>')  # noqa: S308 our own files


@register.simple_tag
@constant
@cache
def mark() -> SafeString:
    """Our own mark, a child at the door of a lit house. The name stands beside it."""
    drawing = (settings.BASE_DIR / "static" / "img" / "mark.svg").read_text()
    return mark_safe(drawing.replace("<svg ", '<svg class="mark" aria-hidden="true" ', 1))  # noqa: S308 our own file


@register.inclusion_tag("components/street.html")
@constant
def street(place: str, scale: int = 1) -> dict:
    """A street in the evening, some windows lit: the edge of a coloured band. `place` keeps its id unique."""
    return {"place": place, "scale": scale, "height": STREET_HEIGHT * scale}


# What machines read.
@register.simple_tag
def linked_data(facts: dict) -> SafeString:
    """Facts in the words of schema.org, as a block of data; nothing in it can end the block."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 escaped above


# Signs.
@register.simple_tag
@constant
def badge(text, kind: str = "") -> SafeString:
    """A small label. `kind`: an element, good, warning, bad, info or quiet."""
    known_kind(kind, BADGE_KINDS)
    shade = f" is-{kind}" if kind else ""
    return mark_safe(f'<span class="badge{shade}">{conditional_escape(text)}</span>')  # noqa: S308 a kind of ours


@register.simple_tag
@constant
def element_badge(element: str) -> SafeString:
    """The element of an offer: its colour, its own drawing and its word."""
    return format_html(
        '<span class="badge is-{}">{}{}</span>', element, icon(element), gettext(Element(element).label)
    )


@register.simple_tag(takes_context=True)
def this_address(context) -> str:
    """The whole address of this page, for paper: by the name of the portal, not by what a request calls it.

    Nothing where a page is made without a request.
    """
    request = context.get("request")
    return absolute(request.get_full_path()) if request else ""


@register.simple_tag(takes_context=True)
def form_token(context) -> SafeString:
    """Django's token against forgery, for who has a session; without one it would only set a cookie (huizen/forgery.py).

    What is made for everybody (huizen/changes/pieces.py) knows no visitor: there it leaves a place open for `for_all`.
    """
    request = context.get("request")
    if request is None:
        return _TOKEN_PLACE
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return mark_safe("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True)
def for_all(context, made: SafeString) -> SafeString:
    """A part of a page that was made for everybody, with the token of this visitor in its forms."""
    return mark_safe(made.replace(_TOKEN_PLACE, form_token(context)))  # noqa: S308 made by our own templates


@register.simple_block_tag
def notice(content, kind: str = "info", title: str = "") -> SafeString:
    """Something to know, in a box: info, good, warning or bad."""
    return _notice(kind, title, content)


@register.simple_tag
def message_notice(message) -> SafeString:
    """A message of the last act, as a notice."""
    return _notice(MESSAGE_KINDS.get(message.level_tag, "info"), "", message)


def _notice(kind: str, title: str, content) -> SafeString:
    known_kind(kind, tuple(NOTICE_ICONS))
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice is-{}">{}<div class="stack">{}{}</div></div>',
        kind,
        icon(NOTICE_ICONS[kind]),
        heading,
        content,
    )


@register.simple_block_tag
def fact(content, name: str, label: str) -> SafeString:
    """One fact of a list `<dl class="facts">`: a pictogram, what it is about, and the words."""
    return _fact_head(name, label) + conditional_escape(content) + _FACT_END


@lru_cache(maxsize=500)
def _fact_head(name: str, label: str) -> SafeString:
    return format_html(
        '<div class="fact"><dt>{}<span class="fact-label">{}</span></dt><dd>', icon(name), label
    )


@register.simple_block_tag
def disclosure(content, title: str, open: bool = False, name: str = "") -> SafeString:
    """More for who asks: opens without JavaScript. `name` makes a group of which one is open."""
    return format_html(
        '<details class="disclosure"{}{}><summary>{}</summary><div class="stack">{}</div></details>',
        mark_safe(" open") if open else "",
        format_html(' name="{}"', name) if name else "",
        title,
        content,
    )


@register.inclusion_tag("components/empty_state.html")
@constant
def empty_state(title: str, text: str = "", url: str = "", button: str = "", name: str = "search") -> dict:
    """Nothing here yet: says so, and shows the way on."""
    return {"title": title, "text": text, "url": url, "button": button, "icon": name}


@register.simple_tag
@constant
def submit(text: str, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """The button that sends a form. `kind`: quiet or danger; `name` and `value` say which one was pressed."""
    known_kind(kind, ("", "quiet", "danger", "small"))
    return format_html(
        '<button type="submit" class="button{}"{}>{}</button>',
        f" is-{kind}" if kind else "",
        format_html(' name="{}" value="{}"', name, value) if name else "",
        text,
    )


# To take along.
@register.simple_tag
def file_link(text: str, name: str, *args, query: str = "") -> SafeString:
    """A button for a file: the page `name` of these arguments. `query`: what the filters of this page ask."""
    address = path_of(name, *args)
    return format_html(
        '<a class="button is-quiet is-small" href="{}">{}<span>{}</span></a>',
        f"{address}?{query}" if query else address,
        icon("download"),
        text,
    )


@register.simple_tag
@constant
def print_button(text: str = "Druk af", kind: str = "small") -> SafeString:
    """Sends this page to the printer; only there with JavaScript. `kind`: quiet, small (and quiet), or "" for the main button."""
    known_kind(kind, ("", "quiet", "small"))
    return format_html(
        '<button class="button{}" type="button" data-print hidden>{}<span>{}</span></button>',
        {"": "", "quiet": " is-quiet", "small": " is-quiet is-small"}[kind],
        icon("print"),
        text,
    )


# Finding the way.
@register.simple_tag(takes_context=True)
def pagination(context, page: Page, parameter: str = "pagina") -> SafeString:
    """Earlier and later pages; the rest of the address stays as it is."""
    query = query_without(context["request"].GET, parameter)
    prefix = f"?{query}&{parameter}=" if query else f"?{parameter}="
    made = _pages(page.number, page.paginator.num_pages, get_language())
    return mark_safe(made.replace(_PREFIX, escape(prefix)))  # noqa: S308 our own template


@lru_cache
def _pages(number: int, pages: int, _language: str) -> SafeString:
    """The links, with a mark where their address begins."""
    paginator = Paginator(range(pages), 1)
    numbers = paginator.get_elided_page_range(number, on_each_side=PAGES_AROUND, on_ends=1)
    context = {"page": paginator.page(number), "numbers": list(numbers), "gap": paginator.ELLIPSIS}
    return render_to_string("components/pagination.html", context | {"prefix": _PREFIX})


# Forms.
@register.simple_tag
def error_summary(*forms, title: str = "") -> SafeString:
    """What to mend in these forms and formsets, with a link to each field; nothing when all is well.

    `title`: instead of that nothing was kept, where that is not so.
    """
    lines = [line for form in forms for line in _faults(form)]
    facts = {"lines": lines, "title": title}
    return render_to_string("components/error_summary.html", facts) if lines else mark_safe("")


def _faults(form) -> list[dict]:
    """Each fault once: its sentence, and the id of the field where it is mended."""
    if not form.is_bound:
        return []
    if hasattr(form, "forms"):
        own = [{"text": error} for error in form.non_form_errors()]
        return own + [line for part in form.forms for line in _faults(part)]
    lines = [{"text": error} for error in form.non_field_errors()]
    for field in form:
        about = "" if field.is_hidden else field.label if field.label[-1:] in "?!." else f"{field.label}:"
        lines += [{"text": error, "about": about, "target": field.first_id} for error in field.errors]
    return lines


# Words.
@register.simple_tag(takes_context=True)
def moment(context, start: datetime, end: "datetime | None" = None) -> str:
    """A moment seen from now: "morgen van 9 tot 12 uur"."""
    return words.moment(start, end, now=context.get("now") or timezone.now())


@register.filter
def day(value) -> str:
    """A day seen from today: "morgen", "woensdag 4 maart". Nothing for nothing."""
    if not value:
        return ""
    return words.day(_date(value), today=timezone.localdate())


@register.filter
def day_in_full(value) -> str:
    """A day with its year: "woensdag 4 maart 2026". Nothing for nothing."""
    return words.day_in_full(_date(value)) if value else ""


@register.filter
def day_of_week(value) -> str:
    """A day without its year, on paper for a week: "woensdag 4 maart". Nothing for nothing."""
    return words.day_in_full(_date(value)).rpartition(" ")[0] if value else ""


@register.filter
def month(value) -> str:
    """A month with its year: "maart 2025". Nothing for nothing."""
    return words.month(_date(value)) if value else ""


def _date(value: "date | datetime") -> date:
    return words.wall(value).date() if isinstance(value, datetime) else value


@register.filter
def clock(value: datetime) -> str:
    """The hour of a moment on the wall: "9", "9.30"."""
    return words.clock(words.wall(value).time())


@register.filter
def distance(km) -> str:
    """How far: "2,5 km", "vlakbij". Nothing for nothing."""
    return "" if km is None else words.distance(float(km))


hours = register.simple_tag(words.hours, name="hours")
ages = register.simple_tag(words.ages, name="ages")
price = register.simple_tag(words.price, name="price")
count = register.simple_tag(words.count, name="count")


def known_kind(kind: str, kinds: tuple[str, ...]) -> None:
    """Nothing for a kind that there is; TemplateSyntaxError for any other."""
    if kind not in kinds:
        raise template.TemplateSyntaxError(
            f"Unknown kind {kind!r}: choose one of {', '.join(filter(None, kinds))}."
        )
