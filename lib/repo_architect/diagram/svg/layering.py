"""Give every box a layer: what depends stands above what it depends on, and no layer is wider than the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from repo_architect.diagram.svg.geometry import Item, Link

Ties = dict[str, list[str]]


@dataclass
class Page:
    """How full each layer is; none may be wider than `width`."""

    width: float
    gap: float
    filled: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def has_room(self, layer: int, item: Item) -> bool:
        return not self.filled[layer] or self.filled[layer] + item.width + self.gap <= self.width

    def put(self, item: Item, layer: int) -> None:
        item.layer = layer
        self.filled[layer] += item.width + self.gap

    def take(self, item: Item) -> None:
        self.filled[item.layer] -= item.width + self.gap


def assign_layers(items: Mapping[str, Item], links: Sequence[Link], width: float, gap: float) -> None:
    """Set `layer` of each item, from 0. Links, their back ones turned, have no cycle."""
    above, below = _ties(links)
    page = Page(width, gap)
    order = _topological(items, above, below)
    for key in order:
        layer = max((items[upper].layer + 1 for upper in above[key]), default=0)
        while not page.has_room(layer, items[key]):
            layer += 1
        page.put(items[key], layer)
    for key in reversed(order):
        if len(below[key]) > len(above[key]):
            _lower(items[key], min(items[lower].layer for lower in below[key]) - 1, page)
    _close_empty(items)


def _ties(links: Sequence[Link]) -> tuple[Ties, Ties]:
    """What stands above each item, and what stands below."""
    above: Ties = defaultdict(list)
    below: Ties = defaultdict(list)
    for link in links:
        upper, lower = link.ends
        above[lower].append(upper)
        below[upper].append(lower)
    return above, below


def _topological(
    items: Mapping[str, Item], above: Mapping[str, list[str]], below: Mapping[str, list[str]]
) -> list[str]:
    """Those with a long way below them first, so that they get the upper layers."""
    depth: dict[str, int] = {}
    waiting = {key: len(below.get(key, ())) for key in items}
    ready = sorted(key for key, count in waiting.items() if not count)
    while ready:
        key = ready.pop()
        depth[key] = 1 + max((depth[lower] for lower in below.get(key, ())), default=0)
        for upper in above.get(key, ()):
            waiting[upper] -= 1
            if not waiting[upper]:
                ready.append(upper)
    return sorted(items, key=lambda key: (-depth.get(key, 0), key))


def _lower(item: Item, lowest: int, page: Page) -> None:
    """Move an item down, where more of its lines lead down than up, so that they are shorter."""
    for layer in range(lowest, item.layer, -1):
        if page.has_room(layer, item):
            page.take(item)
            page.put(item, layer)
            return


def _close_empty(items: Mapping[str, Item]) -> None:
    used = sorted({item.layer for item in items.values()})
    place = {layer: index for index, layer in enumerate(used)}
    for item in items.values():
        item.layer = place[item.layer]
