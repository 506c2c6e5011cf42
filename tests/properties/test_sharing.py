"""Random budgets, weights and limits: what must hold whatever the numbers are."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.treaty.errors import Infeasible
from servanda.treaty.money import Currency, Money
from servanda.treaty.scaling import Bounds, share, to_units

CHF = Currency("CHF", 2)
keys = st.integers(1, 30).map(lambda n: [f"P{index:02d}" for index in range(n)])
weights = st.integers(1, 22_000)


@st.composite
def problems(draw):
    names = draw(keys)
    total = draw(st.integers(0, 10**9))
    weighted = {name: Fraction(draw(weights), 1000) for name in names}
    bounds = {}
    for name in names:
        low = Fraction(draw(st.integers(0, max(total // (2 * len(names)), 1))))
        high = draw(st.one_of(st.none(), st.integers(0, total).map(lambda extra, low=low: low + extra)))
        bounds[name] = Bounds(low, high)
    return Fraction(total), weighted, bounds


@given(st.integers(0, 10**12), st.lists(weights, min_size=1, max_size=60))
def test_a_split_adds_up_and_no_share_is_off_by_a_unit(units, held):
    named = {f"P{index:02d}": weight for index, weight in enumerate(held)}
    parts = Money(units, CHF).split(named)
    assert sum(part.units for part in parts.values()) == units
    for key, part in parts.items():
        assert abs(part.units - Fraction(units * named[key], sum(held))) < 1


@settings(max_examples=300)
@given(problems())
def test_joint_limits_hold_and_the_total_is_carried(problem):
    total, weighted, bounds = problem
    low = sum(bound.low for bound in bounds.values())
    high = None if any(bound.high is None for bound in bounds.values()) else sum(bound.high for bound in bounds.values())
    try:
        parts = share(total, weighted, bounds)
    except Infeasible:
        assert low > total or (high is not None and high < total)
        return
    assert sum(parts.values()) == total
    for key, part in parts.items():
        assert bounds[key].low <= part
        assert bounds[key].high is None or part <= bounds[key].high
    free = {key: part / weighted[key] for key, part in parts.items() if bounds[key].low < part and part != bounds[key].high}
    assert len(set(free.values())) <= 1


@settings(max_examples=300)
@given(problems())
def test_whole_units_add_up_whatever_the_limits(problem):
    total, weighted, bounds = problem
    try:
        parts = share(total, weighted, bounds)
    except Infeasible:
        return
    units, _, strained = to_units(int(total), parts, bounds)
    assert sum(units.values()) == total
    if not strained:
        assert all(bounds[key].low <= count for key, count in units.items())
        assert all(bounds[key].high is None or count <= bounds[key].high for key, count in units.items())
