"""Find the arrows that close cycles: the lightest set of arrows without which there is none."""

from __future__ import annotations

from collections.abc import Mapping

Weights = Mapping[tuple[str, str], int]


def closing_arrows(weights: Weights) -> set[tuple[str, str]]:
    """Arrows that point against the best order found; without them the graph has no cycle."""
    found: set[tuple[str, str]] = set()
    for knot in _knots(weights):
        inside = {pair: weight for pair, weight in weights.items() if pair[0] in knot and pair[1] in knot}
        place = {
            name: index for index, name in enumerate(_improved(_first_order(sorted(knot), inside), inside))
        }
        found |= {(source, target) for source, target in inside if place[source] > place[target]}
    return found


def _knots(weights: Weights) -> list[set[str]]:
    """Strongly connected components of more than one box."""
    import networkx as nx

    graph = nx.DiGraph(sorted(weights))
    return [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1]


def _first_order(names: list[str], weights: Weights) -> list[str]:
    """Those that depend more than they are depended on come first."""
    pull = dict.fromkeys(names, 0)
    for (source, target), weight in weights.items():
        pull[source] -= weight
        pull[target] += weight
    return sorted(names, key=lambda name: (pull[name], name))


def _improved(order: list[str], weights: Weights) -> list[str]:
    """Move one name at a time to where the least weight points backwards, until nothing gets better."""
    for _ in range(len(order)):
        before = list(order)
        for name in before:
            order = _best_place(name, order, weights)
        if order == before:
            break
    return order


def _best_place(name: str, order: list[str], weights: Weights) -> list[str]:
    rest = [other for other in order if other != name]
    # at position 0 every arrow into `name` points backwards; passing a box trades one for the other
    cost = sum(weights.get((other, name), 0) for other in rest)
    best, best_at = cost, 0
    here = order.index(name)
    costs = [cost]
    for other in rest:
        cost += weights.get((name, other), 0) - weights.get((other, name), 0)
        costs.append(cost)
    for index, value in enumerate(costs):
        if value < best:
            best, best_at = value, index
    if costs[here] == best:
        best_at = here
    return [*rest[:best_at], name, *rest[best_at:]]
