// One filter for all views: words, a span of time by either clock, "as known on", and facets.
const EMPTY = { words: "", from: -Infinity, to: Infinity, clock: "either", known: Infinity };
const FILTER = { ...EMPTY, facets: new Map() }; // facets: of a group, the set of values pressed
const CLOCKS = { either: "either clock", happened: "when it happened", said: "when it was said" };
const MAIN = document.getElementById("main");
const INPUT = document.getElementById("filter");
let terms = [];
let whole = 0; // a bit for each of the words
let holding = null; // by finding, the words that it holds
let within = null; // by finding, 1 where time and facets let it pass
let passing = null; // by finding, 1 where all does; null where nothing is asked of findings

function setFilter(change) {
  Object.assign(FILTER, change);
  terms = termsOf(FILTER.words);
  whole = (1 << terms.length) - 1;
  judgeFindings();
  judgeEntries();
  refreshFindings();
  refreshApplied();
  refreshChart();
  showFacets();
  tellFilter();
  keepPermalink();
}

function clearFilter() {
  INPUT.value = "";
  setFilter({ ...EMPTY, facets: new Map() });
}

function isSpanned() {
  return FILTER.from > -Infinity || FILTER.to < Infinity;
}

function isFiltered() {
  return Boolean(terms.length || isSpanned() || FILTER.known < Infinity || FILTER.facets.size);
}

function passes(row) {
  return passing === null || passing[row] === 1;
}

function judgeFindings() {
  holding = within = passing = null;
  if (!terms.length && !isSpanned() && !FILTER.facets.size) return;
  holding = terms.length ? rowMasks(terms) : null;
  const fitting = COLUMNS.settings.map((_, setting) => fits(valuesOfSetting(setting)));
  within = new Uint8Array(COUNT);
  passing = new Uint8Array(COUNT);
  for (let row = 0; row < COUNT; row += 1) {
    within[row] = rowInTime(row) && fitting[COLUMNS.setting[row]] ? 1 : 0;
    passing[row] = within[row] && rowHolds(row) ? 1 : 0;
  }
}

function rowHolds(row) {
  return holding === null || holding[row] === whole;
}

// A finding happened and was not said; what has no time lies in no span.
function rowInTime(row) {
  if (!isSpanned()) return true;
  return FILTER.clock !== "said" && TIMES[row] >= FILTER.from && TIMES[row] < FILTER.to;
}

// Whether what happened or was said then lies in the span; null where that has no date.
function inTime(about, said) {
  if (!isSpanned()) return true;
  const clocks = { either: [about, said], happened: [about], said: [said] }[FILTER.clock];
  const dated = clocks.filter(Boolean);
  if (!dated.length) return null;
  return dated.some(([first, last]) => overlaps(first / 1000, last / 1000));
}

// Of a span of time, as of a date, the end is the first instant that is not in it.
function overlaps(first, last) {
  return first < FILTER.to && (last > FILTER.from || first >= FILTER.from);
}

function isKnown(said) {
  return !said || said[0] / 1000 <= FILTER.known;
}

let waiting = 0;
INPUT.addEventListener("input", () => {
  clearTimeout(waiting);
  MAIN.ariaBusy = "true";
  waiting = setTimeout(() => {
    setFilter({ words: INPUT.value.trim() });
    MAIN.ariaBusy = "false";
  }, 120);
});
INPUT.form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !DRAWER.open) {
    event.preventDefault();
    INPUT.focus();
  }
});
