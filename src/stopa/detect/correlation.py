"""Hits that belong together: so many, of so many kinds, in this order, within that time.

Spec: https://github.com/SigmaHQ/sigma-specification, Sigma Correlation Rules 2.1.0
Why: what the specification leaves open is decided in docs/sigma.md ("Correlations").
"""

from __future__ import annotations

from stopa.detect.correlation_hit import BaseHit
from stopa.detect.correlation_links import Resolved, resolve, silenced, wanted_fields
from stopa.detect.correlation_rule import Correlation, parse

__all__ = ["BaseHit", "Correlation", "Resolved", "parse", "resolve", "silenced", "wanted_fields"]
