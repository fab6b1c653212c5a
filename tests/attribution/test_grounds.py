"""What the measure of the grounds promises: what is weighed twice is discounted once."""

from __future__ import annotations

from stopa.attribution.grounds import PUBLIC, grounds, unsupported
from stopa.knowledge import Knowledge
from tests.attribution.made import seen

TOOL, EXCLUSIVE = "S0154", "S0251"  # Cobalt Strike; Zebrocy, of APT28


def test_a_public_tool_is_ranked_in_full_and_shows_less(knowledge: Knowledge) -> None:
    tool, own = grounds((seen(TOOL),), knowledge), grounds((seen(EXCLUSIVE),), knowledge)
    assert tool.public == (TOOL,)
    assert own.exclusive == (EXCLUSIVE,)
    assert tool.items[TOOL] == own.items[EXCLUSIVE], "the ranking knows a tool from malware itself"
    assert tool.reach < own.reach * PUBLIC


def test_a_tool_never_widens_what_unsupported_names_reach(knowledge: Knowledge) -> None:
    with_tool = grounds((seen("T1566.002"), seen(TOOL)), knowledge)
    assert unsupported(with_tool).reach < with_tool.reach
    alone = grounds((seen("T1566.002"),), knowledge)
    assert unsupported(alone).reach == alone.reach
