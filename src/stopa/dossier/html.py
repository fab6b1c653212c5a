"""The dossier as one HTML file that works from disk, without a network and without a script.

Spec: Content Security Policy Level 3 (hashes of inline style and script); Trusted Types
Why: evidence is hostile, so all text goes through autoescape and `visible`, nothing is linked, and
the policy lets only this page's own style and script run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from stopa.dossier import (
    before,
    clocks,
    firmness,
    inputs,
    matches,
    opinions,
    ranking,
    reaches,
    sayings,
    stances,
    switches,
    techniques,
    timeline,
    told,
    visible,
    words,
)
from stopa.dossier.brief import brief
from stopa.dossier.calibration import diagram, tested
from stopa.dossier.data import embed
from stopa.dossier.index import Index, index
from stopa.dossier.pictures import dated, published, share, spanned
from stopa.dossier.totals import totals
from stopa.model.assessment import Change
from stopa.model.dossier import Dossier
from stopa.model.evidence import Tlp

# In the order in which the page runs them; `early.js` runs before the first paint.
SCRIPTS = (
    "data.js", "visible.js", "make.js", "evidence.js", "ticks.js", "drawer.js", "terms.js",
    "filter.js", "findings.js", "facets.js", "reach.js", "active.js", "axis.js", "hand.js",
    "told.js", "chart.js", "rank.js", "reckon.js", "whatif.js", "applied.js",
    "permalink.js", "views.js",
)  # fmt: skip
STYLES = (
    "ground.css", "frame.css", "brief.css", "tables.css", "timeline.css", "findings.css",
    "says.css", "attack.css", "hypotheses.css", "judged.css", "coverage.css", "filter.css",
    "drawer.css", "narrow.css", "print.css",
)  # fmt: skip
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {style}; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

# TLP 2.0 asks for the marking at the head and foot of every page; `{}` is one of the five labels.
PRINTED_MARKING = """@page {{
  @top-right {{ content: "{0}"; font: 700 9pt monospace; }}
  @bottom-left {{ content: "{0}"; font: 700 9pt monospace; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 9pt sans-serif; }}
}}
"""

# Who may see it, in the words of https://www.first.org/tlp/ (TLP 2.0), shortened.
AUDIENCE = {
    Tlp.CLEAR: "may be shared without limit",
    Tlp.GREEN: "may be shared within the community",
    Tlp.AMBER: "for the recipient's organisation and its clients, as far as they need it",
    Tlp.AMBER_STRICT: "for the recipient's organisation alone",
    Tlp.RED: "for the named recipients alone",
}
FILES, ACTORS, STATEMENTS, VERSIONS = 400, 60, 150, 12  # rows printed without a script


@dataclass(frozen=True, slots=True)
class View:
    """A view of the page: its permalink, its heading, and how many things it holds."""

    id: str
    heading: str
    count: int | None = None


def page(dossier: Dossier) -> str:
    """Return the whole index.html."""
    at = index(dossier)
    data = embed(at)
    css = "\n".join((*map(sheet, STYLES), PRINTED_MARKING.format(dossier.tlp.value)))
    early, script = sheet("early.js"), _scripts()
    drawn = environment().get_template("page.html.j2")
    html = drawn.render(
        **_values(at),
        **_drawing(at),
        policy=policy(css, early, script),
        css=Markup(css),  # noqa: S704 -- our own file, hashed in the policy
        early=Markup(early),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(data.json),  # noqa: S704 -- escaped by `embed`
        left_out=data.left_out,
    )
    return html.encode("utf-8", "backslashreplace").decode()


def views(dossier: Dossier) -> tuple[View, ...]:
    """Return the views in their order."""
    return (
        View("brief", "Brief"),
        View("timeline", "Timeline"),
        View("findings", "Findings", len(dossier.findings)),
        View("says", "Who says what", len(dossier.comparison.roots)),
        View("attack", "ATT&CK"),
        View("hypotheses", "Hypotheses", len(dossier.assessment.hypotheses)),
        View("sources", "Sources", len(dossier.evidence)),
        View("coverage", "Coverage", len(dossier.coverage)),
    )


def _values(at: Index) -> dict[str, object]:
    dossier = at.dossier
    columns, edition = techniques.in_both_editions(at), techniques.edition(at)
    return {
        "dossier": dossier,
        "audience": AUDIENCE[dossier.tlp],
        "views": views(dossier),
        "brief": brief(at),
        "scale": ranking.SCALE,
        "groups": matches.groups(at),
        "group_limit": matches.GROUPS,
        **said(at),
        "columns": columns,
        "expecting": techniques.expecting(at),
        "edition": edition,
        "named_once": techniques.named_once(columns, edition),
        **weighed(at),
        "coverage": sorted(
            dossier.coverage, key=lambda row: (not row.problems, row.kind is not None)
        ),
        "totals": totals(dossier.coverage),
        "inputs": inputs.inputs(at),
        "few_authors": inputs.FEW,
        "reaches": reaches.reaches(dossier),
        "unsorted": reaches.unsorted(dossier),
        "clocks": clocks.apart(at),
        "clocks_shown": clocks.SHOWN,
        "clocks_comparable": clocks.comparable(at),
        "file_limit": FILES,
        "versions_limit": VERSIONS,
        "actor_limit": ACTORS,
        "file": at.file,
        "cite": at.cite,
        "kind_of": at.kind,
    }


def weighed(at: Index) -> dict[str, object]:
    """Return what the view of the hypotheses shows."""
    shifts = firmness.outcomes(at)
    return {
        "matrix": ranking.matrix(at),
        "bar": partial(ranking.bar, at),
        "open_bars": any(ranking.bar(at, h).open for h in at.dossier.assessment.hypotheses),
        "rests_on": ranking.RESTS_ON,
        "ranked_limit": ranking.RANKED,
        "switches": switches.switches(at),
        "switch_limit": switches.SHOWN,
        "switch_most": switches.MOST,
        "opinions": opinions.opinions(at),
        "broad": [one for one in shifts if one.change is not Change.OBSERVATION],
        "single": [one for one in shifts if one.change is Change.OBSERVATION],
        "hangs_on": firmness.hangs_on(at),
        "cited": partial(firmness.cited, at),
    }


def said(at: Index) -> dict[str, object]:
    """Return what the view "who says what" shows."""
    return {
        "claims": told.claims(at),
        "said_on": partial(told.said_on, at),
        "parted": partial(sayings.parted, at),
        "carried": sayings.carried,
        "boards": stances.boards(at),
        "outlets": sayings.outlets(at),
        "papers_of": partial(_papers, at),
        "branches": sayings.branches(at),
        "rootless": sayings.without_root(at),
        "papers": sayings.papers(at),
        "column_limit": sayings.COLUMNS,
        "root_limit": sayings.ROOTS,
        "shown_limit": sayings.SHOWN,
        "value_limit": sayings.VALUES,
        "statement_limit": STATEMENTS,
        "paper": at.paper,
    }


def _papers(at: Index, documents: tuple[str, ...]) -> list[Markup]:
    """Return the reports as links, for the heads of columns."""
    link = Markup('<a href="#D-{}">{}</a>')
    named = ((d, visible.mark_line(words.clipped(at.paper(d), 80, "…"))) for d in documents)
    return [link.format(document, name) for document, name in named]


def _drawing(at: Index) -> dict[str, object]:
    drawn, past = timeline.timeline(at), before.earlier(at)
    case = (drawn.first, drawn.last) if drawn else None
    before_it = {"earlier": past, "earlier_strip": before.strip(past, case)}
    if drawn is None:
        return {"timeline": None, **before_it}
    lanes = [
        {
            "id": lane.id,
            "heading": lane.heading,
            "events": sum(lane.days.values()),
            "findings": len(lane.findings),
            "bars": timeline.bars(lane, drawn),
            "dots": timeline.dots(lane, drawn),
            "gaps": timeline.hatched(lane, drawn),
        }
        for lane in drawn.lanes
    ]
    marks = told.told(at)
    return {
        "timeline": drawn,
        "timeline_lanes": lanes,
        "told_marks": marks,
        "told_lanes": [(mark, told.places(marks, mark, drawn)) for mark in told.LANES],
        "told_rows": told.rows(marks, drawn),
        "timeline_ticks": timeline.ticks(drawn),
        **before_it,
    }


def environment() -> Environment:
    """Return how the page's parts are drawn: all text escaped, names that are missing an error."""
    made = Environment(
        loader=PackageLoader("stopa.dossier", "sheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(_filters())
    made.globals.update(_functions())
    return made


def _filters() -> dict[str, Callable[..., object]]:
    """Return what templates put words through, by the name they use."""
    return {
        "line": visible.mark_line,
        "prose": visible.mark_prose,
        "plain": visible.line,
        "clip": words.clipped,
        "number": words.number,
        "count_of": words.count,
        "size": words.size,
        "day": words.day,
        "iso": words.iso,
        "stamp": words.stamp,
        "date": words.date,
        "locator": words.locator,
    }


def _functions() -> dict[str, object]:
    """Return what templates call or look things up in, by the name they use."""
    return {
        "span": words.span,
        "percent": words.percent,
        "told_by": words.told,
        "rank": matches.rank,
        "telling": matches.telling,
        "factor": ranking.factor,
        "times": ranking.times,
        "runs": sayings.runs,
        "positions": sayings.positions,
        "masthead": sayings.masthead,
        "reliability": words.RELIABILITY.__getitem__,
        "weights": ranking.WEIGHTS,
        "unfolded": ranking.UNFOLDED,
        "credibility": words.CREDIBILITY.__getitem__,
        "imitated": words.IMITATED.__getitem__,
        "share": share,
        "diagram": diagram,
        "tested": tested,
        "spanned": spanned,
        "zones": inputs.zones,
        "licence": inputs.licence,
        "published": published,
        "dated": dated,
    }


def policy(css: str, *scripts: str) -> str:
    """Return the page's policy: this style and these scripts, and nothing else."""
    return POLICY.format(scripts=" ".join(map(_hashed, scripts)) or "'none'", style=_hashed(css))


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _scripts() -> str:
    parts = "\n".join(sheet(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def sheet(name: str) -> str:
    """Return a file of the page's own."""
    return (files("stopa.dossier") / "sheet" / name).read_text("utf-8")
