"""Designs of minimum and maximum networks: the lowest prices of a window found without sorting it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One figure of a window: the price itself, or an operation on two figures made before.

    Each of `sources` is a figure and by how many days it is read later; `reach` is how many days
    after its first day the figure still looks at.
    """

    operation: str
    sources: tuple["At", ...] = ()
    reach: int = 0


At = tuple[Value, int]

PRICE = Value("price")


class Design:
    """Puts figures together; the same figure asked for twice is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Value] = {}

    def lowest(self, first: list[At], second: list[At], most: int) -> list[At]:
        """The `most` lowest of two ascending lists, ascending (Batcher's odd-even merge)."""
        if not first or not second:
            return (first or second)[:most]
        if len(first) == len(second) == 1:
            return [*self._ordered(first[0], second[0])][:most]
        odd = self.lowest(first[::2], second[::2], most // 2 + 1)
        even = self.lowest(first[1::2], second[1::2], most // 2)
        merged = odd[:1]
        for low, high in zip(even, odd[1:], strict=False):
            merged += self._ordered(low, high)
        matched = (len(merged) - 1) // 2
        return [*merged, *odd[1 + matched :], *even[matched:]][:most]

    def lowest_sum(self, length: int, count: int) -> Value:
        """The sum of the `count` lowest prices of `length` days."""
        half = length // 2 if length % 2 == 0 else length - 1
        first = self._window(half, count)
        second = _later(self._window(length - half, count), half)
        chosen = self._either(first, second, count)
        total = chosen[0]
        for each in chosen[1:]:
            total = self._make("add", total, each)
        return total[0]

    def sum_of_all(self, length: int) -> Value:
        """The sum of all prices of `length` days, by doubling."""
        return self._sum(length)[0]

    def _sum(self, length: int) -> At:
        if length == 1:
            return PRICE, 0
        half = length // 2 if length % 2 == 0 else length - 1
        rest, shift = self._sum(length - half)
        return self._make("add", self._sum(half), (rest, shift + half))

    def _either(self, first: list[At], second: list[At], count: int) -> list[At]:
        """The `count` lowest of two ascending lists in no order: the i-th against the (count + 1 - i)-th."""
        chosen = []
        for place in range(count):
            other = count - 1 - place
            if place < len(first) and other < len(second):
                chosen.append(self._make("minimum", first[place], second[other]))
            else:
                chosen.append(first[place] if place < len(first) else second[other])
        return chosen

    def _window(self, length: int, count: int) -> list[At]:
        """The `count` lowest of `length` days in ascending order, from two disjoint shorter windows."""
        if length == 0:
            return []
        if length == 1:
            return [(PRICE, 0)]
        half = length // 2 if length % 2 == 0 else length - 1
        first = self._window(half, count)
        return self.lowest(first, _later(self._window(length - half, count), half), count)

    def _ordered(self, one: At, other: At) -> tuple[At, At]:
        return self._make("minimum", one, other), self._make("maximum", one, other)

    def _make(self, operation: str, *sources: At) -> At:
        start = min(shift for _, shift in sources)
        moved = tuple((value, shift - start) for value, shift in sources)
        key = (operation, *((id(value), shift) for value, shift in moved))
        if key not in self._made:
            reach = max(value.reach + shift for value, shift in moved)
            self._made[key] = Value(operation, moved, reach)
        return self._made[key], start


def _later(figures: list[At], days: int) -> list[At]:
    return [(value, shift + days) for value, shift in figures]


def in_order(wanted: Value) -> list[Value]:
    """The figures that lead to the wanted one, each after what it is made of, the price left out."""
    found: dict[int, Value] = {}

    def visit(value: Value) -> None:
        if id(value) not in found and value is not PRICE:
            for source, _ in value.sources:
                visit(source)
            found[id(value)] = value

    visit(wanted)
    return list(found.values())
