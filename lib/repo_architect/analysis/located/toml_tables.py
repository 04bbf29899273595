"""How TOML's headers and dotted keys make one table, and what may not be written twice."""

from __future__ import annotations

from repo_architect.analysis.located.node import Key, Located, Malformed


class Tables:
    """The table of a document as it grows. `current` is the one that assignments go to."""

    def __init__(self) -> None:
        self.root = Located({}, 1)
        self.current = self.root
        self._by_header: set[int] = set()
        self._by_dots: dict[int, int] = {}
        self._frozen: set[int] = set()
        self._arrays: set[int] = set()

    def open(self, keys: list[Key], line: int, *, many: bool) -> None:
        """Go to the table of a header `[a.b]`, or to a new element of `[[a.b]]`. Raises Malformed."""
        table = self.root
        for key in keys[:-1]:
            table = self._below(table, key)
        self.current = self._element(table, keys[-1], line) if many else self._table(table, keys[-1], line)

    def assign(self, table: Located, keys: list[Key], value: Located) -> None:
        """Put a value at a dotted key. Raises Malformed when something is there already."""
        owner = id(table)
        for key in keys[:-1]:
            known = table.value.get(key)
            if known is None:
                known = table.value[key] = Located({}, key.line)
                self._by_dots[id(known)] = owner
            elif self._by_dots.get(id(known), owner) != owner or not self._grows(known):
                raise _twice(key)
            table = known
        if keys[-1] in table.value:
            raise _twice(keys[-1])
        table.value[keys[-1]] = value

    def _grows(self, table: Located) -> bool:
        closed = id(table) in self._by_header or id(table) in self._frozen
        return isinstance(table.value, dict) and not closed

    def freeze(self, table: Located) -> None:
        """An inline table is complete: nothing may be added to it."""
        self._frozen.add(id(table))

    def _below(self, table: Located, key: Key) -> Located:
        known: Located | None = table.value.get(key)
        if known is None:
            known = table.value[key] = Located({}, key.line)
        if id(known) in self._arrays:
            element: Located = known.value[-1]
            return element
        if not isinstance(known.value, dict) or id(known) in self._frozen:
            raise _twice(key)
        return known

    def _table(self, table: Located, key: Key, line: int) -> Located:
        known: Located | None = table.value.get(key)
        if known is None:
            known = table.value[key] = Located({}, line)
        taken = id(known) in self._by_header or id(known) in self._by_dots or id(known) in self._frozen
        if taken or not isinstance(known.value, dict):
            raise _twice(key)
        self._by_header.add(id(known))
        return known

    def _element(self, table: Located, key: Key, line: int) -> Located:
        known: Located | None = table.value.get(key)
        if known is None:
            known = table.value[key] = Located([], line)
            self._arrays.add(id(known))
        if id(known) not in self._arrays:
            raise _twice(key)
        element = Located({}, line)
        known.value.append(element)
        return element


def _twice(key: Key) -> Malformed:
    return Malformed(f"{key[:80]} is written twice", key.line)
