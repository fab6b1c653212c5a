// One filter for all views: words, a span of time, and "as known on" for what was said.
const FILTER = { words: "", from: -Infinity, to: Infinity, known: Infinity };
const FINDABLE = [...document.querySelectorAll("[data-find]")].filter(
  (node) => !node.matches("details.rule"),
);
const DATED = [...document.querySelectorAll("[data-first]")];
const INPUT = document.getElementById("filter");
const OUTPUT = document.getElementById("filtered");
const SPAN = document.getElementById("span");
let passing = null; // Uint8Array: 1 for a finding that passes; null when all do
let texts = null;

function setFilter(change) {
  Object.assign(FILTER, change);
  passing =
    FILTER.words || FILTER.from > -Infinity || FILTER.to < Infinity ? passingFindings() : null;
  filterNodes();
  refreshFindings();
  refreshApplied();
  refreshChart();
  tellFilter();
  tellEmptyViews();
}

function passes(row) {
  return passing === null || passing[row] === 1;
}

function passingFindings() {
  const words = FILTER.words;
  const has = (text) => text !== null && text !== undefined && text.toLowerCase().includes(words);
  const strings = COLUMNS.strings.map(has);
  const rules = DATA.rules.map((rule) =>
    [rule.title, rule.id, rule.author, rule.techniques.join(" ")].some(has),
  );
  const files = DATA.evidence.map(([sha256, name]) => has(sha256) || has(name));
  const settings = COLUMNS.settings.map(
    ([rule, file, host, user]) => rules[rule] || files[file] || strings[host] || strings[user],
  );
  const result = new Uint8Array(COUNT);
  for (let row = 0; row < COUNT; row += 1) {
    const time = TIMES[row];
    const inTime = Number.isNaN(time)
      ? FILTER.from === -Infinity
      : time >= FILTER.from && time < FILTER.to;
    result[row] =
      inTime &&
      (!words ||
        settings[COLUMNS.setting[row]] ||
        COLUMNS.values[row].some((value) => strings[value]) ||
        has(idOf(row)))
        ? 1
        : 0;
  }
  return result;
}

function filterNodes() {
  texts = texts || FINDABLE.map((node) => node.textContent.toLowerCase());
  for (const node of DATED) node.hidden = !nodeInTime(node);
  FINDABLE.forEach((node, at) => {
    const parts = [...node.querySelectorAll("[data-first]")];
    const dated = parts.length ? parts.some((part) => !part.hidden) : nodeInTime(node);
    node.hidden = !(texts[at].includes(FILTER.words) && dated);
  });
}

// A view in which nothing passes the filter says so.
function tellEmptyViews() {
  for (const view of document.querySelectorAll(".view")) {
    const nodes = [...view.querySelectorAll("[data-find]")];
    const note = view.querySelector(".nothing");
    const empty = nodes.length > 0 && nodes.every((node) => node.hidden);
    if (empty && !note)
      view.append(make("p", { class: "nothing" }, "Nothing in this view passes the filter."));
    if (!empty && note) note.remove();
  }
}

function nodeInTime(node) {
  if (!node.dataset.first) return true;
  const first = Number(node.dataset.first) / 1000;
  const last = Number(node.dataset.last) / 1000;
  return (
    last >= FILTER.from &&
    first < FILTER.to &&
    (node.dataset.said === undefined || first <= FILTER.known)
  );
}

function tellFilter() {
  const active = passing !== null;
  const found = active ? passing.reduce((sum, one) => sum + one, 0) : COUNT;
  const nodes = FINDABLE.filter((node) => !node.hidden).length;
  OUTPUT.textContent = active
    ? `${number(found)} of ${number(COUNT)} findings, ${number(nodes)} other entries`
    : "";
  const spanned = FILTER.from > -Infinity || FILTER.to < Infinity;
  SPAN.hidden = !spanned;
  if (spanned)
    SPAN.textContent = `${stamp(FILTER.from).slice(0, 10)} – ${stamp(FILTER.to).slice(0, 10)}  ×`;
}

let waiting = 0;
INPUT.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => setFilter({ words: INPUT.value.trim().toLowerCase() }), 120);
});
INPUT.form.addEventListener("submit", (event) => event.preventDefault());
SPAN.addEventListener("click", () => setFilter({ from: -Infinity, to: Infinity }));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !DRAWER.open) {
    event.preventDefault();
    INPUT.focus();
  }
});
