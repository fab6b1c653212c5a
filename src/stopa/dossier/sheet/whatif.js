// What if a source or an aspect were left out: the weights are taken back, nothing else is judged.
// A posterior is divided by exp(weight) for each observation left out, then all are made to sum to one.
const WHATIF = document.getElementById("whatif");
const WEIGHED = DATA.cards.filter((card) => card.weights && card.weights.length);
const MOST_CHOICES = 12;

function choicesOf(key) {
  const names = WEIGHED.map((card) => card[key]);
  return [...new Set(names)]
    .sort((one, other) => countOf(names, other) - countOf(names, one))
    .slice(0, MOST_CHOICES);
}

function countOf(names, name) {
  return names.filter((other) => other === name).length;
}

function buildWhatIf() {
  if (!DATA.hypotheses.length || !WEIGHED.length) {
    WHATIF.remove();
    return;
  }
  const box = (kind, value) =>
    make(
      "label",
      null,
      make("input", { type: "checkbox", name: kind, value }),
      given(value.length > 90 ? `${value.slice(0, 90)}…` : value),
    );
  const alone = make(
    "label",
    null,
    make("input", { type: "checkbox", name: "alone" }),
    "one observation for each source",
  );
  WHATIF.append(
    make(
      "fieldset",
      null,
      make("legend", null, "Leave out a source"),
      choicesOf("root").map((root) => box("root", root)),
    ),
    make(
      "fieldset",
      null,
      make("legend", null, "Leave out an aspect"),
      choicesOf("aspect").map((aspect) => box("aspect", aspect)),
    ),
    make("fieldset", null, make("legend", null, "Count"), alone),
    make("p", { id: "whatif-told", role: "status" }, ""),
  );
  WHATIF.addEventListener("change", redraw);
  WHATIF.addEventListener("submit", (event) => event.preventDefault());
}

function leftOut() {
  const ticked = (name) =>
    new Set(
      [...WHATIF.querySelectorAll(`input[name="${name}"]:checked`)].map((input) => input.value),
    );
  const roots = ticked("root");
  const aspects = ticked("aspect");
  const out = new Set(
    WEIGHED.filter((card) => roots.has(card.root) || aspects.has(card.aspect)).map(
      (card) => card.id,
    ),
  );
  if (ticked("alone").size) for (const id of repeated()) out.add(id);
  return out;
}

// All observations of a source but the one that tells the hypotheses apart best.
function repeated() {
  const spread = (card) =>
    Math.max(...card.weights.map((weight) => weight[2])) -
    Math.min(0, ...card.weights.map((weight) => weight[2]));
  const best = new Map();
  for (const card of WEIGHED) {
    if (!best.has(card.root) || spread(best.get(card.root)) < spread(card))
      best.set(card.root, card);
  }
  return WEIGHED.filter((card) => best.get(card.root) !== card).map((card) => card.id);
}

function posteriors(out) {
  const raw = DATA.hypotheses.map((hypothesis) => {
    const taken = hypothesis.weights.reduce(
      (sum, [id, ratio]) => sum + (out.has(id) ? ratio : 0),
      0,
    );
    return hypothesis.posterior * Math.exp(-taken);
  });
  const sum = raw.reduce((one, other) => one + other, 0);
  return raw.map((value) => (sum > 0 ? value / sum : 0));
}

function redraw() {
  const out = leftOut();
  const after = posteriors(out);
  DATA.hypotheses.forEach((hypothesis, at) => {
    const bar = [...document.querySelectorAll(".bar[data-hypothesis]")].find(
      (node) => node.dataset.hypothesis === hypothesis.id,
    );
    if (!bar) return;
    for (const old of bar.querySelectorAll(".changed, .now")) old.remove();
    if (!out.size) return;
    bar
      .querySelector("svg")
      .append(
        picture("circle", {
          class: "changed",
          r: 4,
          cy: 9,
          cx: `${(after[at] * 100).toFixed(1)}%`,
        }),
      );
    bar.append(make("small", { class: "now" }, `, then ${percentOf(after[at])}`));
  });
  document.getElementById("whatif-told").textContent = out.size ? tellWhatIf(out, after) : "";
}

function tellWhatIf(out, after) {
  const first = after.indexOf(Math.max(...after));
  const names = `${number(out.size)} ${out.size === 1 ? "observation" : "observations"} left out.`;
  return `${names} ${DATA.hypotheses[first].id} would then stand first with ${percentOf(after[first])}. Their weights are taken back and nothing is judged anew; the verdict stands as it is.`;
}

function percentOf(value) {
  if (value < 0.01) return "under 1 %";
  return value > 0.99 ? "over 99 %" : `${Math.round(value * 100)} %`;
}

buildWhatIf();
