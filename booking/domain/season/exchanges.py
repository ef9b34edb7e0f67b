"""Whether steps taken one after another lead somewhere, or gain something."""

from collections.abc import Mapping

Node = tuple[str, ...]
#: From each node, the nodes that one step leads to, and what the step costs.
Steps = dict[Node, list[tuple[Node, int]]]


def leads(steps: Steps, start: Node, end: Node) -> bool:
    """Return whether any steps lead from the start to the end."""
    seen, edge = {start}, [start]
    while edge:
        for node, _ in steps.get(edge.pop(), ()):
            if node not in seen:
                seen.add(node)
                edge.append(node)
    return end in seen


def gains(steps: Steps) -> bool:
    """Return whether some ring of steps costs less than nothing.

    Bellman and Ford: lower the cost of reaching each node until nothing changes. While no ring
    gains, the steps that last lowered a cost form a forest; the first ring among them is one that
    gains.
    """
    costs: dict[Node, int] = {}
    before: dict[Node, Node] = {}
    changed = list(steps)
    while changed:
        lowered: dict[Node, None] = {}
        for node in changed:
            cost = costs.get(node, 0)
            for other, step in steps.get(node, ()):
                if cost + step < costs.get(other, 0):
                    costs[other] = cost + step
                    before[other] = node
                    lowered[other] = None
        if _has_ring(before):
            return True
        changed = list(lowered)
    return False


def _has_ring(before: Mapping[Node, Node]) -> bool:
    """Return whether going back from some node leads to itself."""
    walked: dict[Node, Node] = {}
    for start in before:
        node = start
        while node in before and node not in walked:
            walked[node] = start
            node = before[node]
        if node in before and walked[node] == start:
            return True
    return False
