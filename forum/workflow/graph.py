"""Walks over things that follow one another: stages now, and whatever has a `follow` function later."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node")


def reachable(starts: Iterable[Node], follow: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Everything that can be reached from the starts, themselves included."""
    reached = set(starts)
    ahead = list(reached)
    while ahead:
        for node in follow(ahead.pop()):
            if node not in reached:
                reached.add(node)
                ahead.append(node)
    return reached


def backwards(edges: Mapping[Node, Iterable[Node]]) -> dict[Node, list[Node]]:
    """The same edges, each the other way round."""
    turned: dict[Node, list[Node]] = {node: [] for node in edges}
    for node, followers in edges.items():
        for follower in followers:
            turned.setdefault(follower, []).append(node)
    return turned


def on_cycles(edges: Mapping[Node, Iterable[Node]]) -> set[Node]:
    """The nodes that lead back to themselves.

    Nodes with nothing before them, and then those with nothing after them, are taken away until none is left to take:
    what remains lies on a cycle or between two. The last step keeps those that reach themselves.
    """
    left = _peeled(_peeled(dict(edges)))
    return {node for node in left if node in reachable(left[node], lambda current: left.get(current, ()))}


def _peeled(edges: dict[Node, Iterable[Node]]) -> dict[Node, Iterable[Node]]:
    """The edges turned round, without the nodes that lead nowhere, or only to such nodes: two calls take away those at
    both ends."""
    before = backwards(edges)
    ahead = {node: sum(1 for follower in edges.get(node, ()) if follower in before) for node in before}
    ends = [node for node, count in ahead.items() if count == 0]
    gone = set(ends)
    while ends:
        for node in before[ends.pop()]:
            ahead[node] -= 1
            if ahead[node] == 0:
                gone.add(node)
                ends.append(node)
    return {
        node: [other for other in previous if other not in gone]
        for node, previous in before.items()
        if node not in gone
    }
