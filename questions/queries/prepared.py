"""Queries that are put together once and asked again and again with other values.

To put a query of twenty columns together and turn it into SQL takes Django ten times as long as the
database takes to answer it. Where one edit asks a hundred of them, that is half of its work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql import Query

Scalar = int | float | str
Given = Scalar | Collection[int] | Collection[str]

_FIRST = 1_900_000_000
"""Whole numbers from here on stand for values yet to be given: no constant of a query is one, and
every column holds them."""
_LONG = 1024


class Prepared:
    """`build` returns a `values_list` of whatever is given to it by name, which may stand in it as
    it is, compared with columns of its own type: not in patterns, JSON or limits. Of a collection
    the query asks what is `__in` it; an empty one finds nothing.

    The SQL is Django's own for this build, kept by how many values there are, filled up to a few
    lengths. Raises ValueError where a value does not come into it as it is given.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], _Compiled] = {}

    def __call__(self, **given: Given) -> list[tuple[Any, ...]]:
        lists = {name: _as_list(value) for name, value in given.items()}
        if not all(lists.values()):
            return []
        shape = tuple((name, len(some), type(some[0])) for name, some in lists.items())
        if shape not in self._known:
            self._known[shape] = self._compiled(given, lists)
        return self._known[shape].rows(list(chain.from_iterable(lists.values())))

    def _compiled(self, given: dict[str, Given], lists: dict[str, list[Scalar]]) -> _Compiled:
        stand_ins, start = {}, 0
        for name, some in lists.items():
            marks = [_mark(start + place, one) for place, one in enumerate(some)]
            stand_ins[name] = marks[0] if isinstance(given[name], Scalar) else marks
            start += len(some)
        return _compile(self._build(**stand_ins), start)


def _as_list(value: Given) -> list[Scalar]:
    """Filled up with the last: the fewer lengths, the fewer queries."""
    if isinstance(value, Scalar):
        return [value]
    some: list[Scalar] = list(value)
    return some + some[-1:] * (_length(len(some)) - len(some))


def _length(count: int) -> int:
    """The next power of two; beyond a thousand the next thousand or so, for databases take no more
    than so many values."""
    if count > _LONG:
        return count + -count % _LONG
    return 1 << (count - 1).bit_length() if count else 0


def _mark(place: int, value: Scalar) -> Scalar:
    mark = _FIRST + place
    return str(mark) if isinstance(value, str) else type(value)(mark)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`params` are constants, with None where the value at that `place` is to stand."""

    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, int]]
    query: Query
    converted: Sequence[tuple[int, Expression]]

    def rows(self, values: Sequence[Scalar]) -> list[tuple[Any, ...]]:
        params = list(self.params)
        for at, place in self.places:
            params[at] = values[place]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found: Iterable[Sequence[Any]] = cursor.fetchall()
        if not self.converted:
            return list(found)  # type: ignore[arg-type]
        # Of this thread's connection: one that is kept would outlive the thread it was made for.
        converters = {at: (_converters(one, connection), one) for at, one in self.converted}
        compiler = self.query.get_compiler(connection=connection)
        return list(map(tuple, compiler.apply_converters(found, converters)))


def _converters(column: Expression, connection: BaseDatabaseWrapper) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _compile(rows: QuerySet[Any, Any], given: int) -> _Compiled:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    places = [(at, int(one) - _FIRST) for at, one in enumerate(params) if _is_mark(one)]
    if {place for _, place in places} != set(range(given)):
        raise ValueError("a value is not compared as it is given", sql)
    columns = [column for column, *_ in compiler.select]
    converted = [(at, columns[at]) for at in compiler.get_converters(columns)]
    return _Compiled(sql, params, places, rows.query, converted)


def _is_mark(value: Any) -> bool:
    if isinstance(value, str):
        return value.isdigit() and int(value) >= _FIRST
    return isinstance(value, int | float) and value >= _FIRST
