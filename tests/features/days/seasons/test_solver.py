"""OR-tools and networkx agree on the cost of the fairest season, to the last digit."""

import pytest

from booking.days.seasons.solver import OrTools
from booking.domain.season import check, network, planning
from booking.domain.season.solving import Arc, Flows, NotSolved, TooLarge
from tests.domain.season.seasons import NetworkX, random_season

SOLVERS = (OrTools(), NetworkX())


def amount(flows, flow):
    return sum(units for arc, units in zip(flows.arcs, flow, strict=True) if arc.tail == 0)


def two_ways(dear):
    """Return a network with a dear and a cheap way from its source to its sink."""
    arcs = (Arc(0, 1, 2, dear), Arc(0, 2, 1, 1), Arc(2, 1, 1, 0))
    return Flows(nodes=3, source=0, sink=1, arcs=arcs, most=9)


@pytest.mark.machine
def test_two_solvers_agree_on_500_seasons():
    differing = []
    for number in range(500):
        season = random_season(number, schools=6, pupils=20, events=6)
        laid = network.build(season)
        ours, theirs = (solver.cheapest(laid.flows) for solver in SOLVERS)
        if (amount(laid.flows, ours), laid.flows.cost(ours)) != (
            amount(laid.flows, theirs),
            laid.flows.cost(theirs),
        ):
            differing.append(number)
        for flow in (ours, theirs):
            check.assert_valid(season, planning.read(laid, flow))

    assert differing == []


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_greatest_flow_comes_before_the_cheapest(solver):
    assert list(solver.cheapest(two_ways(dear=10**9))) == [2, 1, 1]


@pytest.mark.parametrize("solver", SOLVERS)
def test_nothing_flows_where_there_is_no_way(solver):
    apart = Flows(nodes=3, source=0, sink=1, arcs=(Arc(0, 2, 1, 1),), most=1)

    assert list(solver.cheapest(apart)) == [0]


def test_a_network_without_arcs_has_no_flow():
    assert OrTools().cheapest(Flows(nodes=2, source=0, sink=1, arcs=(), most=0)) == []


def test_costs_are_exact_to_the_last_digit():
    dear = 2**56 + 1  # more digits than a float has

    assert two_ways(dear).cost(OrTools().cheapest(two_ways(dear))) == 2 * dear + 1


@pytest.mark.parametrize("dear", [2**61 - 2, 2**61, 2**64])
def test_costs_beyond_64_bits_are_refused(dear):
    with pytest.raises(TooLarge) as found:
        OrTools().cheapest(two_ways(dear))

    assert isinstance(found.value, NotSolved)
    assert str(found.value) == (
        "This season is too large to plan at once. Plan fewer events at a time."
    )


def test_the_same_season_is_solved_the_same_way():
    laid = network.build(random_season(7, schools=6, pupils=40, events=8))

    assert OrTools().cheapest(laid.flows) == OrTools().cheapest(laid.flows)
