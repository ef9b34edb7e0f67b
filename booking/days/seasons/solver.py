"""Solves season plans with OR-tools, which nothing else imports."""

from collections.abc import Sequence

from ortools.graph.python import min_cost_flow

from booking.domain.season.solving import Flows, NotSolved, TooLarge

#: OR-tools counts in 64 bits, and multiplies each cost by the number of nodes and one.
_BEYOND = 2**63
_TOO_LARGE = "This season is too large to plan at once. Plan fewer events at a time."


class OrTools:
    """The port of `domain.season.solving`, using the cost-scaling algorithm of OR-tools."""

    def cheapest(self, flows: Flows) -> Sequence[int]:
        """Return the flow on each arc: of all maximum flows, one of least cost."""
        _assert_fits(flows)
        solver = min_cost_flow.SimpleMinCostFlow()
        for arc in flows.arcs:
            solver.add_arc_with_capacity_and_unit_cost(*arc)
        if not flows.arcs:
            return []
        solver.set_node_supply(flows.source, flows.most)
        solver.set_node_supply(flows.sink, -flows.most)
        _assert_solved(solver, solver.solve_max_flow_with_min_cost())
        flow = [solver.flow(number) for number in range(len(flows.arcs))]
        if flows.cost(flow) != solver.optimal_cost():
            raise NotSolved("The plan's cost does not add up, so the plan was discarded.")
        return flow


def _assert_fits(flows: Flows) -> None:
    dearest = max((arc.cost for arc in flows.arcs), default=0)
    total = sum(arc.cost * min(arc.capacity, flows.most) for arc in flows.arcs)
    if max(dearest * (flows.nodes + 1), total) >= _BEYOND:
        raise TooLarge(_TOO_LARGE)


def _assert_solved(
    solver: min_cost_flow.SimpleMinCostFlow, status: min_cost_flow.SimpleMinCostFlow.Status
) -> None:
    if status == solver.BAD_COST_RANGE:
        raise TooLarge(_TOO_LARGE)
    if status != solver.OPTIMAL:
        raise NotSolved(f"No plan was found: the solver answered {status.name}.")
