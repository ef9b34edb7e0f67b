"""The plan of a season: build the network, have it solved, read the flow back."""

from collections.abc import Sequence

from booking.domain.season import check, network, wishes
from booking.domain.season.solving import Solver


def propose(season: wishes.Season, solver: Solver) -> wishes.Plan:
    """Return the fairest plan of a season, checked.

    Raises ChainOfOverlaps, TooLarge or NotSolved; a Breach means that the solver was wrong.
    """
    laid = network.build(season)
    plan = read(laid, solver.cheapest(laid.flows))
    check.assert_valid(season, plan)
    return plan


def read(laid: network.FlowNetwork, flow: Sequence[int]) -> wishes.Plan:
    """Return the plan that a flow stands for."""
    return wishes.Plan(tuple(sorted(given for arc, given in laid.wish_arcs if flow[arc])))
