"""Order the items of each layer so that few lines cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from itertools import pairwise

Layers = list[list[str]]
Segments = list[tuple[str, str]]
SWEEPS = 16


def order_layers(layers: Layers, segments: Segments) -> Layers:
    """The layers with their items in the best order found. `segments` join items of neighbouring layers, upper first."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for upper, lower in segments:
        above[lower].append(upper)
        below[upper].append(lower)
    best = [list(layer) for layer in layers]
    fewest = crossings(best, below)
    current = [list(layer) for layer in layers]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        current = _swept(current, above if sweep % 2 == 0 else below, down=sweep % 2 == 0)
        _exchange(current, above, below)
        count = crossings(current, below)
        if count < fewest:
            best, fewest = [list(layer) for layer in current], count
    return best


def crossings(layers: Layers, below: dict[str, list[str]]) -> int:
    """How many pairs of lines cross."""
    total = 0
    for upper, lower in pairwise(layers):
        place = {key: index for index, key in enumerate(lower)}
        seen: list[int] = []
        for key in upper:
            ends = sorted(place[end] for end in below[key])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _swept(layers: Layers, towards: dict[str, list[str]], *, down: bool) -> Layers:
    """Each layer by the middle of what its items are joined to in the layer before."""
    result = [list(layer) for layer in layers]
    indices = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
    for index in indices:
        fixed = result[index - 1] if down else result[index + 1]
        place = {key: position for position, key in enumerate(fixed)}
        result[index] = _by_middle(result[index], towards, place)
    return result


def _by_middle(layer: list[str], towards: dict[str, list[str]], place: dict[str, int]) -> list[str]:
    def middle(position: int, key: str) -> float:
        ends = [place[end] for end in towards[key]]
        return sum(ends) / len(ends) if ends else position * max(1, len(place)) / max(1, len(layer))

    ranked = sorted(enumerate(layer), key=lambda entry: (middle(*entry), entry[0]))
    return [key for _, key in ranked]


def _exchange(layers: Layers, above: dict[str, list[str]], below: dict[str, list[str]]) -> None:
    """Swap neighbours while that saves crossings."""
    place = {key: index for layer in layers for index, key in enumerate(layer)}
    for _ in range(4):
        changed = False
        for layer in layers:
            for index in range(len(layer) - 1):
                left, right = layer[index], layer[index + 1]
                if _cost(left, right, above, below, place) > _cost(right, left, above, below, place):
                    layer[index], layer[index + 1] = right, left
                    place[left], place[right] = index + 1, index
                    changed = True
        if not changed:
            return


def _cost(
    left: str, right: str, above: dict[str, list[str]], below: dict[str, list[str]], place: dict[str, int]
) -> int:
    return sum(
        place[one] > place[other]
        for towards in (above, below)
        for one in towards[left]
        for other in towards[right]
    )
