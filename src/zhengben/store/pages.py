"""A page of rows, the same for every list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page (from 1), and how many rows and pages there are in all."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int


def paged(rows: QuerySet[Any], number: int, shape: Callable[[list[Any]], list[Row]], size: int = SIZE) -> Page[Row]:
    """Cut one page out of a query; a number beyond the end gives the last page."""
    # Without the order: a count has none, and a sort of a million rows would be done for nothing.
    total = rows.order_by().count()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    return Page(tuple(shape(list(rows[(number - 1) * size : number * size]))), number, pages, total)
