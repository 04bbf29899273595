"""Give every item its place across: near what it is joined to, in order, and never touching its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from repo_architect.diagram.svg.geometry import Item
from repo_architect.diagram.svg.ordering import Layers, Segments

SWEEPS = 24
STRAIGHT = 6.0
"""How much more a line between two bends pulls than one that ends at a box: long lines should be straight."""


def place_across(
    items: Mapping[str, Item], layers: Layers, segments: Segments, gap: float, thin_gap: float
) -> None:
    """Set `x` of each item; the leftmost stands at 0."""
    joined: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for upper, lower in segments:
        weight = STRAIGHT if items[upper].bend and items[lower].bend else 1.0
        joined[upper].append((lower, weight))
        joined[lower].append((upper, weight))
    for layer in layers:
        _pack(items, layer, gap, thin_gap)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _relax(items, layer, joined, gap, thin_gap)
    left = min((item.x for item in items.values()), default=0.0)
    for item in items.values():
        item.x -= left


def _offsets(items: Mapping[str, Item], layer: list[str], gap: float, thin_gap: float) -> list[float]:
    """How far right of the layer's beginning each item stands when they are packed."""
    offsets, here = [], 0.0
    for index, key in enumerate(layer):
        if index:
            thin = items[key].bend or items[layer[index - 1]].bend
            here += thin_gap if thin else gap
        offsets.append(here)
        here += items[key].width
    return offsets


def _pack(items: Mapping[str, Item], layer: list[str], gap: float, thin_gap: float) -> None:
    offsets = _offsets(items, layer, gap, thin_gap)
    if not layer:
        return
    half = (offsets[-1] + items[layer[-1]].width) / 2
    for key, offset in zip(layer, offsets, strict=True):
        items[key].x = offset - half


def _relax(
    items: Mapping[str, Item],
    layer: list[str],
    joined: Mapping[str, list[tuple[str, float]]],
    gap: float,
    thin_gap: float,
) -> None:
    """The places nearest to the wished ones that keep the order and the gaps: least squares under order constraints."""
    offsets = _offsets(items, layer, gap, thin_gap)
    wishes = [_wish(items, key, joined.get(key, [])) for key in layer]
    targets = [(x - offset, weight) for (x, weight), offset in zip(wishes, offsets, strict=True)]
    for key, offset, value in zip(layer, offsets, _isotonic(targets), strict=True):
        items[key].x = value + offset


def _wish(items: Mapping[str, Item], key: str, joined: list[tuple[str, float]]) -> tuple[float, float]:
    item = items[key]
    if not joined:
        return item.x, 0.1
    total = sum(weight for _, weight in joined)
    centre = sum(items[other].centre * weight for other, weight in joined) / total
    return centre - item.width / 2, total


def _isotonic(targets: list[tuple[float, float]]) -> list[float]:
    """The non-decreasing values nearest to the targets, by pooling those that are out of order."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in targets:
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (left, left_weight, left_size), (right, right_weight, right_size) = pools[-2:]
            total = left_weight + right_weight
            mean = (left * left_weight + right * right_weight) / total
            pools[-2:] = [(mean, total, left_size + right_size)]
    return [value for value, _, size in pools for _ in range(size)]


def straighten(items: Mapping[str, Item], layers: Layers, chains: list[list[str]], gap: float) -> None:
    """Set the bends of each line upright above one another, as far as the neighbours leave room."""
    neighbours = {
        key: (layer[index - 1] if index else None, layer[index + 1] if index + 1 < len(layer) else None)
        for layer in layers
        for index, key in enumerate(layer)
    }
    for chain in sorted(chains, key=lambda chain: (-len(chain), chain)):
        for run, low, high in _runs(items, chain, neighbours, gap):
            wished = sum(items[key].centre for key in run) / len(run)
            centre = min(max(wished, low), high)
            for key in run:
                items[key].x = centre - items[key].width / 2


def _runs(
    items: Mapping[str, Item],
    chain: list[str],
    neighbours: Mapping[str, tuple[str | None, str | None]],
    gap: float,
) -> list[tuple[list[str], float, float]]:
    """Stretches of a line whose bends have room at one and the same place, and that room."""
    runs: list[tuple[list[str], float, float]] = []
    for key in chain:
        left, right = neighbours[key]
        half = items[key].width / 2
        low = items[left].x + items[left].width + gap + half if left else -float("inf")
        high = items[right].x - gap - half if right else float("inf")
        # rounding may leave a bend a hair too near to its neighbours
        low, high = min(low, items[key].centre), max(high, items[key].centre)
        if runs and max(runs[-1][1], low) <= min(runs[-1][2], high):
            run, before_low, before_high = runs[-1]
            runs[-1] = ([*run, key], max(before_low, low), min(before_high, high))
        else:
            runs.append(([key], low, high))
    return runs
