"""Reports side by side in one HTML file: the view "who says what" without the rest of a dossier.

Spec: Content Security Policy Level 3
Why: who reads five articles wants no case. The page is the dossier's own view, drawn by the same
parts, and holds no script at all.
"""

from __future__ import annotations

from markupsafe import Markup

from stopa.dossier.html import FILES, environment, policy, said, sheet
from stopa.dossier.index import index
from stopa.model.dossier import Dossier

STYLES = (
    "ground.css", "frame.css", "tables.css", "says.css", "coverage.css", "narrow.css",
    "print.css", "reports.css",
)  # fmt: skip
STATEMENTS = 5_000  # statements without a root that are printed: cells lead to them
FACTS = 60  # facts of one report that are printed


def reports_page(dossier: Dossier) -> str:
    """Return the page for a dossier that holds readings and their comparison, and no case."""
    at = index(dossier)
    css = "\n".join(map(sheet, STYLES))
    html = (
        environment()
        .get_template("reports.html.j2")
        .render(
            **{**said(at), "statement_limit": STATEMENTS},
            dossier=dossier,
            file=at.file,
            file_limit=FILES,
            fact_limit=FACTS,
            policy=policy(css),
            css=Markup(css),  # noqa: S704 -- our own file, hashed in the policy
        )
    )
    return html.encode("utf-8", "backslashreplace").decode()
