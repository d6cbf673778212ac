"""Queries that are put together once and asked again and again with other values.

To put a query of twenty columns together and turn it into SQL takes Django ten times as long as the
database takes to answer it. Where one edit asks a hundred of them, that is half of its work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
_PARAM = re.compile(r"(?<!%)%s")


class Prepared:
    """`build` returns a `values_list` of whatever is given to it by name, which may stand in it as
    it is, compared with columns of its own type: not in patterns, JSON or limits. Of a collection
    the query asks what is `__in` it; an empty one finds nothing.

    The SQL is Django's own for this build with one value of each collection, in whose place as
    many are put as there are. Raises ValueError where a value does not come into it as it is given.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], _Compiled] = {}

    def __call__(self, **given: Given) -> list[tuple[Any, ...]]:
        lists = {name: _as_list(value) for name, value in given.items()}
        if not all(lists.values()):
            return []
        shape = tuple(
            (name, type(lists[name][0]), isinstance(value, Scalar)) for name, value in given.items()
        )
        if shape not in self._known:
            self._known[shape] = self._compiled(given, lists)
        return self._known[shape].rows(list(lists.values()))

    def _compiled(self, given: dict[str, Given], lists: dict[str, list[Scalar]]) -> _Compiled:
        stand_ins: dict[str, Scalar | list[Scalar]] = {}
        for place, (name, some) in enumerate(lists.items()):
            mark = _mark(place, some[0])
            stand_ins[name] = mark if isinstance(given[name], Scalar) else [mark]
        several = [not isinstance(value, Scalar) for value in given.values()]
        return _compile(self._build(**stand_ins), several)


def _as_list(value: Given) -> list[Scalar]:
    """Filled up with the last: the fewer lengths, the fewer statements for the database to read."""
    if isinstance(value, Scalar):
        return [value]
    some: list[Scalar] = list(value)
    return some + some[-1:] * (_length(len(some)) - len(some))


def _length(count: int) -> int:
    """The next power of four; beyond a thousand the next thousand or so, for databases take no
    more than so many values."""
    if count > _LONG:
        return count + -count % _LONG
    bits = (count - 1).bit_length()
    return 1 << bits + bits % 2 if count else 0


def _mark(place: int, value: Scalar) -> Scalar:
    mark = _FIRST + place
    return str(mark) if isinstance(value, str) else type(value)(mark)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`pieces` are the SQL around its parameters: constants, or by `places` whichever of the lists
    given stands there."""

    pieces: Sequence[str]
    params: Sequence[Any]
    places: Mapping[int, int]
    query: Query
    converted: Sequence[tuple[int, Expression]]
    said: dict[tuple[int, ...], str] = field(default_factory=dict)

    def rows(self, lists: Sequence[list[Scalar]]) -> list[tuple[Any, ...]]:
        params = [
            value
            for at, one in enumerate(self.params)
            for value in (lists[self.places[at]] if at in self.places else (one,))
        ]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self._sql(tuple(map(len, lists))), params)
            found: Iterable[Sequence[Any]] = cursor.fetchall()
        if not self.converted:
            return list(found)  # type: ignore[arg-type]
        # Of this thread's connection: one that is kept would outlive the thread it was made for.
        converters = {at: (_converters(one, connection), one) for at, one in self.converted}
        compiler = self.query.get_compiler(connection=connection)
        return list(map(tuple, compiler.apply_converters(found, converters)))

    def _sql(self, lengths: tuple[int, ...]) -> str:
        if lengths not in self.said:
            first, *others = self.pieces
            marks = (
                ", ".join(["%s"] * (lengths[self.places[at]] if at in self.places else 1))
                for at in range(len(self.params))
            )
            self.said[lengths] = first + "".join(map("".join, zip(marks, others, strict=True)))
        return self.said[lengths]


def _converters(column: Expression, connection: BaseDatabaseWrapper) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _compile(rows: QuerySet[Any, Any], several: Sequence[bool]) -> _Compiled:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    places = {at: int(one) - _FIRST for at, one in enumerate(params) if _is_mark(one)}
    pieces = _PARAM.split(sql)
    found = set(places.values()) == set(range(len(several))) and len(pieces) == len(params) + 1
    alone = (at for at, place in places.items() if several[place])
    if not found or not all(pieces[at].endswith("IN (") for at in alone):
        raise ValueError("a value is not compared as it is given", sql)
    columns = [column for column, *_ in compiler.select]
    converted = [(at, columns[at]) for at in compiler.get_converters(columns)]
    return _Compiled(pieces, params, places, rows.query, converted)


def _is_mark(value: Any) -> bool:
    if isinstance(value, str):
        return value.isdigit() and int(value) >= _FIRST
    return isinstance(value, int | float) and value >= _FIRST
