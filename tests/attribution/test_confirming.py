"""What another root bears out counts more, and stops doing so when that root is left out."""

from __future__ import annotations

from stopa.attribution.confirming import confirmed, independent, without
from stopa.model.assessment import Credibility
from tests.attribution.made import seen

HERE, THERE = seen("T1071.001"), seen("T1071.001", root="report")
ALONE = seen("T1059.001")
DOUBTED = seen("T1071.001", root="other", credibility=Credibility.DOUBTFUL)


def test_two_roots_bear_each_other_out_and_a_doubtful_one_bears_out_nothing() -> None:
    made = confirmed((HERE, THERE, ALONE, DOUBTED))
    assert [o.credibility.value for o in made] == ["1", "1", "3", "4"]
    assert [o.alone for o in made] == [Credibility.POSSIBLY_TRUE] * 2 + [None, None]
    assert independent(made) == made[:2]


def test_what_a_root_lent_goes_with_it() -> None:
    made = confirmed((HERE, THERE, ALONE, DOUBTED))
    assert without(made, {THERE.id}) == (HERE, ALONE, DOUBTED)
    assert without(made, {ALONE.id}) == (made[0], made[1], DOUBTED)
    assert independent(without(made, {THERE.id})) == ()


def test_with_three_roots_two_still_bear_each_other_out() -> None:
    made = confirmed((HERE, THERE, seen("T1071.001", root="third")))
    assert [o.credibility.value for o in without(made, {THERE.id})] == ["1", "1"]
