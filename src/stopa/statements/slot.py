"""What one rule makes of a sentence: a slot of the incident, its value, the rule, its weight."""

from __future__ import annotations

Slot = tuple[str, str, str, int]  # slot, value, rule, weight: how plainly the words say it
