// Switches: what the assessment itself found with something left out. Nothing is computed here.
const WHATIF = document.getElementById("whatif");
const UNDETERMINED = "cannot be told";

function buildWhatIf() {
  if (!WHATIF) return;
  WHATIF.addEventListener("change", redraw);
  WHATIF.addEventListener("submit", (event) => event.preventDefault());
}

function redraw() {
  const chosen = WHATIF.querySelector("input:checked");
  const outcome = DATA.outcomes.find((one) => one.key === chosen.value) || null;
  for (const old of document.querySelectorAll(".bar .changed, .bar .now")) old.remove();
  document.getElementById("whatif-told").textContent = outcome
    ? `${outcome.told} The verdict stands on everything and does not change.`
    : "";
  if (!outcome) return;
  for (const hypothesis of DATA.hypotheses) {
    if (hypothesis.actor && hypothesis.actor === outcome.actor) shift(hypothesis, outcome.posterior);
    if (hypothesis.kind === UNDETERMINED) shift(hypothesis, outcome.undetermined);
  }
}

function shift(hypothesis, value) {
  const bars = [...document.querySelectorAll(".bar[data-hypothesis]")];
  const bar = bars.find((node) => node.dataset.hypothesis === hypothesis.id);
  if (!bar) return;
  const place = { class: "changed", r: 4, cy: 9, cx: `${(value * 100).toFixed(1)}%` };
  bar.querySelector("svg").append(picture("circle", place));
  bar.append(make("small", { class: "now" }, `, then ${percentOf(value)}`));
}

function percentOf(value) {
  if (value < 0.01) return "under 1 %";
  return value > 0.99 ? "over 99 %" : `${Math.round(value * 100)} %`;
}

buildWhatIf();
