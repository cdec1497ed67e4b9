"""The rows of a staff list: the page that was asked for, in the order that was asked for."""

from collections.abc import Mapping

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

#: The parameters of an address.
PAGE, ORDER = "pagina", "volgorde"
PER_PAGE = 50


def page_of(request, rows, *, size: int = PER_PAGE) -> Page:
    """The page of rows that the address asks for; the nearest one there is for nonsense."""
    return Paginator(rows, size).get_page(request.GET.get(PAGE))


def in_order(request, rows: QuerySet, orders: Mapping[str, str]) -> QuerySet:
    """Rows in the order of the column whose head was pressed: `orders` says which field each name stands for.

    "-name" is the other way round; what is empty comes last either way. As they came for nothing or nonsense.
    """
    asked = request.GET.get(ORDER, "")
    field = orders.get(asked.removeprefix("-"))
    if field is None:
        return rows
    way = F(field).desc(nulls_last=True) if asked.startswith("-") else F(field).asc(nulls_last=True)
    return rows.order_by(way, "pk")
