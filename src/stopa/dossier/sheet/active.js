// What is asked of every view, told above each: one button for each part of it, one for all.
const ACTIVE = document.getElementById("active");
const COUNTS = document.getElementById("counts");
const OUTPUT = document.getElementById("filtered");
const WITHOUT_SPAN = { from: -Infinity, to: Infinity };
const ABOUT_VIEWS = {
  brief: "Dimmed: rests on nothing that passes. The sentences are about the whole case.",
  attack: "Counts are of what passes; dimmed: nothing does.",
  hypotheses:
    "Dimmed: outside of the filter. Likelihoods rest on everything and do not change with it.",
};

function tellFilter() {
  const on = isFiltered();
  document.documentElement.classList.toggle("filtered", on);
  ACTIVE.hidden = COUNTS.hidden = !on;
  const told = on ? [...partsOfFilter()] : [];
  const focused = ACTIVE.contains(document.activeElement);
  ACTIVE.querySelector(".parts").replaceChildren(...told.map(partNode), clearNode());
  if (focused) (ACTIVE.hidden ? INPUT : ACTIVE.querySelector(".parts button")).focus();
  OUTPUT.textContent = on ? toldCounts() : "";
  tellView();
}

function* partsOfFilter() {
  if (FILTER.words) yield ["Words", FILTER.words, () => clearWords()];
  if (isSpanned()) yield ["", spanWords(), () => setFilter(WITHOUT_SPAN), "span"];
  if (FILTER.known < Infinity)
    yield ["As known on", dayText(FILTER.known), () => setFilter({ known: Infinity }), "known-on"];
  for (const [group, pressed] of FILTER.facets)
    for (const key of pressed)
      yield [FACETS.get(group), labelOfValue(group, key), () => press(group, key)];
}

function clearWords() {
  INPUT.value = "";
  setFilter({ words: "" });
}

function partNode([heading, text, clear, id]) {
  const button = make(
    "button",
    { type: "button", id, title: "Take this out of the filter" },
    heading ? make("small", null, heading, " ") : null,
    make("span", null, given(text)),
    make("i", { "aria-hidden": "true" }, "×"),
  );
  button.addEventListener("click", clear);
  return button;
}

function clearNode() {
  const button = make("button", { type: "button", class: "all" }, "Clear all");
  button.addEventListener("click", clearFilter);
  return button;
}

function dayText(time) {
  return stamp(time).slice(0, 10);
}

function spanWords() {
  const times = [FILTER.from, FILTER.to];
  const wide = FILTER.to - FILTER.from;
  const days = wide > 2 * DAY || times.every((time) => time % DAY === 0);
  const letters = wide < 10_000 ? 23 : 19; // with milliseconds, or without
  const ends = times.map((time) => (days ? dayText(time) : stamp(time).slice(0, letters)));
  const clock = FILTER.clock === "either" ? "" : `, ${CLOCKS[FILTER.clock]}`;
  return `${ends.join(" – ")}${clock}`;
}

function toldCounts() {
  const leaves = ENTRIES.filter((entry) => !entry.nested.length);
  const left = leaves.filter((entry) => entry.verdict.passes).length;
  return `${foundCount()}, ${number(left)} of ${number(leaves.length)} other entries`;
}

function foundCount() {
  const found = passing ? passing.reduce((sum, one) => sum + one, 0) : COUNT;
  return `${number(found)} of ${number(COUNT)} findings`;
}

// How much of the view passes, and what its dimming means.
function tellView() {
  if (ACTIVE.hidden) return;
  const told = [countsOf(currentView), ABOUT_VIEWS[currentView], terms.length ? searched() : ""];
  COUNTS.textContent = told.filter(Boolean).join(" ");
  tellEmptyViews();
}

function countsOf(view) {
  if (view === "findings") return `${foundCount()} pass.`;
  const leaves = ENTRIES.filter((entry) => entry.view === view && !entry.nested.length);
  const judged_ = leaves.filter((entry) => !stays(entry));
  const left = judged_.filter((entry) => entry.verdict.passes).length;
  const stay = leaves.length - judged_.length;
  return [
    judged_.length ? `${number(left)} of ${number(judged_.length)} entries here pass.` : "",
    stay ? `${number(stay)} bear no date and stay.` : "",
  ].join(" ");
}

// What has no date of its own, nor in what it cites, is in any span.
function stays({ verdict, about, said }) {
  const asked = isSpanned() || FILTER.known < Infinity;
  return asked && verdict.passes && verdict.within === null && !about && !said;
}

function searched() {
  if (!COUNT) return "";
  const all = number(COUNT);
  const of = (some) => (some === COUNT ? `all ${all}` : `${number(some)} of ${all}`);
  const fields = `Words are looked for in the fields of ${of(FIELDS)} findings`;
  const rest = RECORDS < COUNT ? "; the other records are not in this page" : "";
  const most = terms.length === MOST_TERMS ? ` At most ${MOST_TERMS} words are looked for.` : "";
  return `${fields} and in the raw records of ${of(RECORDS)}${rest}.${most}`;
}

// A view in which nothing passes the filter says so.
function tellEmptyViews() {
  for (const view of document.querySelectorAll(".view")) {
    const nodes = [...view.querySelectorAll("[data-find]")];
    const note = view.querySelector(":scope > .nothing.whole");
    const empty = nodes.length > 0 && nodes.every((node) => node.hidden);
    if (empty && !note)
      view.append(make("p", { class: "nothing whole" }, "Nothing in this view passes the filter."));
    if (!empty && note) note.remove();
  }
}
