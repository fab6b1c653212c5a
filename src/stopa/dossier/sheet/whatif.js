// The switches: what the assessment would come to with less. The verdict does not change.
const WHATIF = document.getElementById("whatif");
const RANKING = document.getElementById("ranking");
const SIDE = 5; // weights shown on each side of an explanation
const SIGNS = { CC: "++", C: "+", N: "·", I: "−", II: "−−", NA: "" };
const PRINTED = new Map([...RANKING.children].map((li) => [li.dataset.explains, li]));
const BOXES = ["telling", "silent"].map((id) => document.getElementById(id)).filter(Boolean);
let book = null;
let printed = null; // what stands in the page with everything, to be put back

function buildWhatIf() {
  if (!WHATIF) return;
  const turn = () => {
    redraw();
    keepPermalink();
  };
  WHATIF.addEventListener("change", turn);
  WHATIF.addEventListener("submit", (event) => event.preventDefault());
  WHATIF.addEventListener("reset", (event) => {
    event.preventDefault();
    askSwitches(new Set());
    keepPermalink();
  });
}

// The switches that are not as they are in the dossier; a permalink brings them along.
function turnedSwitches() {
  const boxes = WHATIF ? [...WHATIF.querySelectorAll("input")] : [];
  return boxes.filter((box) => box.checked !== box.defaultChecked);
}

function switchOf(box) {
  return `${box.name}:${box.value}`;
}

function askSwitches(asked) {
  if (!WHATIF || (!asked.size && !turnedSwitches().length)) return;
  for (const box of WHATIF.querySelectorAll("input"))
    box.checked = box.defaultChecked !== asked.has(switchOf(box));
  redraw();
}

function redraw() {
  const { seen } = DATA.reckoned;
  const asked = switched(seen);
  WHATIF.querySelector("button").hidden = !asked.any;
  for (const node of document.querySelectorAll("#hypotheses .warning")) node.hidden = asked.any;
  document.querySelector("#hypotheses .rings").hidden = !asked.any;
  if (!asked.any) {
    putBack();
    tell(`All ${counted(seen.length, "observation")} count.`);
    return;
  }
  printed = printed || keepPrinted();
  book = book || openBook(DATA.reckoned.book);
  const left = leave(seen, asked.gone, asked.independent);
  const found = reckon(book, left, asked.level);
  explainBars(!found.hypotheses[0].told);
  RANKING.replaceChildren(...found.hypotheses.map((one, place) => entryOf(one, place, found)));
  drawMatrix(found);
  follows();
  tell(outcomeOf(found, left, seen));
}

function switched(seen) {
  const box = (name) => WHATIF.querySelector(`input[name="${name}"]`).checked;
  const off = (name) => {
    const boxes = [...WHATIF.querySelectorAll(`input[name="${name}"]:not(:checked)`)];
    return new Set(boxes.map((one) => one.value));
  };
  const [independent, level, roots, aspects] = [
    box("independent"),
    box("level"),
    off("root"),
    off("aspect"),
  ];
  const gone = seen.filter((o) => roots.has(o.root) || aspects.has(o.aspect)).map((o) => o.id);
  return {
    independent,
    level,
    gone: new Set(gone),
    any: independent || level || roots.size + aspects.size > 0,
  };
}

function tell(words) {
  document.getElementById("whatif-told").replaceChildren(prose(words));
}

function outcomeOf(found, left, seen) {
  const told = left.length
    ? `${number(left.length)} of ${counted(seen.length, "observation")} count.`
    : "Nothing is left that counts.";
  const undecided = `${percentOf(found.shares.undetermined)} of the belief would stay undecided.`;
  const first = found.hypotheses.find((one) => one.actor);
  if (!found.ranking.ratios.size || !first)
    return `${told} No known actor can be ranked; ${undecided}`;
  const before = DATA.reckoned.hypotheses.find((one) => one.actor);
  const still = before && before.actor === first.actor ? "would still fit best" : "would fit best";
  return `${told} Of the known actors ${first.label} ${still} (${percentOf(first.posterior)}); ${undecided}`;
}

function counted(value, noun) {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function percentOf(value) {
  if (value < 0.01) return "under 1 %";
  return value > 0.99 ? "over 99 %" : `${Math.round(value * 100)} %`;
}

function factorOf(ratio) {
  const times = Math.exp(Math.min(Math.abs(ratio), 20));
  return `${ratio >= 0 ? "×" : "÷"}${times.toFixed(times >= 10 ? 0 : 1)}`;
}

function keepPrinted() {
  const rows = BOXES.flatMap((box) => [...box.querySelectorAll("tbody tr")]);
  return {
    entries: [...RANKING.children],
    boxes: BOXES.map((box) => ({ box, hidden: box.hidden, parts: [...box.children] })),
    rows: new Map(rows.map((row) => [row.id, row])),
    open: !document.getElementById("bars-open").hidden,
    nothing: document.getElementById("nothing-tells").hidden,
  };
}

function putBack() {
  if (!printed) return;
  explainBars(printed.open);
  RANKING.replaceChildren(...printed.entries);
  for (const { box, hidden, parts } of printed.boxes) {
    box.hidden = hidden;
    box.replaceChildren(...parts);
  }
  document.getElementById("nothing-tells").hidden = printed.nothing;
}

function explainBars(open) {
  document.getElementById("bars-open").hidden = !open;
  document.getElementById("bars-told").hidden = open;
}

// What is redrawn is hidden by the filter when what was printed in its place is.
function follows() {
  const pairs = [...RANKING.children, ...document.querySelectorAll(".matrix tbody tr")].map(
    (now) => [now, PRINTED.get(now.dataset.explains) || printed.rows.get(now.id)],
  );
  const follow = () => {
    for (const [now, then] of pairs) {
      now.hidden = Boolean(then && then.hidden);
      now.classList.toggle("out", Boolean(then && then.classList.contains("out")));
    }
  };
  follow();
  if (printed.watch) printed.watch.disconnect();
  printed.watch = new MutationObserver(follow);
  for (const [, then] of pairs)
    if (then) printed.watch.observe(then, { attributeFilter: ["hidden", "class"] });
}

function entryOf(one, place, found) {
  const then = PRINTED.get(one.actor || one.kind);
  const was = then ? printed.entries.indexOf(then) : -1;
  const sides = then && !one.actor ? then.querySelector(".sides").cloneNode(true) : sidesOf(one);
  const conflict = sides.querySelector(".conflict");
  if (conflict) conflict.textContent = `They do so by ${found.clash.score.toFixed(2)} of 1.`;
  return make(
    "li",
    { class: "hypothesis", id: then && then.id, "data-explains": one.actor || one.kind },
    make(
      "header",
      null,
      make("span", { class: "id" }, then ? then.id : "new"),
      make(
        "div",
        null,
        make("h2", { class: one.actor ? null : "ours" }, prose(one.label)),
        make(
          "p",
          { class: "sort" },
          one.kind,
          one.actor ? " · " : "",
          given(one.actor || ""),
          make("b", { class: "moved" }, moved(place, was)),
        ),
      ),
      standingOf(one, found),
    ),
    sides,
  );
}

function moved(place, was) {
  const now = `now ${ordinal(place + 1)}`;
  if (was < 0) return `${now}, not listed before`;
  return was === place ? `still ${ordinal(place + 1)}` : `${now}, before ${ordinal(was + 1)}`;
}

function ordinal(place) {
  const end =
    place % 10 > 3 || (place % 100 > 10 && place % 100 < 14)
      ? "th"
      : ["th", "st", "nd", "rd"][place % 10];
  return `${place}${end}`;
}

function standingOf(one, found) {
  const { low, high, term, told } = rangeOf(one, found);
  const before = DATA.reckoned.hypotheses.find(
    (other) => (other.actor || other.kind) === (one.actor || one.kind),
  );
  const svg = picture("svg", {
    class: `odds${one.told ? "" : " open"}`,
    width: "100%",
    height: 18,
    role: "img",
  });
  svg.setAttribute("aria-label", `${term}: ${told}`);
  svg.append(picture("line", { x1: 0, x2: "100%", y1: 9, y2: 9, class: "axis" }));
  for (const mark of [20, 45, 55, 80])
    svg.append(picture("line", { x1: `${mark}%`, x2: `${mark}%`, y1: 6, y2: 12, class: "axis" }));
  const [x, width] = [`${(low * 100).toFixed(1)}%`, `${((high - low) * 100).toFixed(1)}%`];
  svg.append(picture("rect", { x, width, y: 4, height: 10, rx: 2, class: "range" }));
  if (!one.told)
    svg.append(
      picture("rect", {
        x: 0,
        width: `${(one.posterior * 100).toFixed(1)}%`,
        y: 7,
        height: 4,
        class: "held",
      }),
    );
  if (before)
    svg.append(
      picture("circle", {
        cx: `${(before.posterior * 100).toFixed(1)}%`,
        cy: 9,
        r: 5,
        class: "before",
      }),
    );
  svg.append(
    picture("circle", {
      cx: `${(one.posterior * 100).toFixed(1)}%`,
      cy: 9,
      r: 4,
      class: "changed",
    }),
  );
  const then = before ? `${percentOf(before.posterior)} with everything, ` : "";
  return make(
    "div",
    { class: "standing" },
    make("p", { class: "term" }, make("b", null, term), " ", make("span", null, told)),
    svg,
    make("small", { class: "moves" }, `${then}now ${percentOf(one.posterior)}`),
  );
}

function rangeOf(one, found) {
  const { posterior } = one;
  if (one.told) {
    const scale = DATA.reckoned.scale;
    const [term, low, high] = scale.find((step) => posterior < step[2]) || scale[scale.length - 1];
    return { low, high, term, told: `${Math.round(low * 100)}–${Math.round(high * 100)} %` };
  }
  const term = KIND.undetermined;
  if (one.kind === KIND.undetermined)
    return { low: 0, high: posterior, term, told: `${percentOf(posterior)} undecided` };
  const high = Math.min(1, posterior + SIX(found.shares.undetermined));
  const upTo = posterior < 0.01 ? "up to" : `between ${percentOf(posterior)} and`;
  return { low: posterior, high, term, told: `${upTo} ${percentOf(high)}` };
}

function sidesOf(one) {
  const side = (heading, kind, weights) => {
    const rows = weights.slice(0, SIDE).map(({ observation, ratio }) => {
      const seen = DATA.reckoned.seen.find((o) => o.id === observation);
      return make(
        "li",
        null,
        make("b", { class: kind }, factorOf(ratio)),
        " ",
        linkTo(observation, prose(seen.label)),
      );
    });
    const rest = weights.length - rows.length;
    return make(
      "div",
      null,
      make("h3", null, heading),
      rows.length
        ? make("ul", { class: "weights" }, rows)
        : make("p", { class: "none" }, "Nothing that is left."),
      rest > 0 ? make("small", null, `and ${number(rest)} more`) : null,
    );
  };
  return make(
    "div",
    { class: "sides" },
    side(
      "Speaks for it",
      "for",
      one.weights.filter((weight) => weight.ratio > 0),
    ),
    side(
      "Speaks against it",
      "against",
      one.weights.filter((weight) => weight.ratio < 0),
    ),
  );
}

function drawMatrix(found) {
  const columns = found.hypotheses.slice(0, DATA.reckoned.columns);
  const rows = found.matrix.rows.slice(0, DATA.reckoned.rows);
  const tells = (row) =>
    row.marks.slice(0, columns.length).some((mark) => mark !== "N" && mark !== "NA");
  for (const box of BOXES) {
    const telling = box.id === "telling";
    const mine = rows.filter((row) => tells(row) === telling);
    box.hidden = !mine.length;
    const table = make(
      "div",
      { class: "scroll" },
      tableOf(mine, columns, telling ? found.matrix.against : null),
    );
    const summary = `${counted(mine.length, "observation")} that ${mine.length === 1 ? "tells" : "tell"} nothing between them`;
    box.replaceChildren(...(telling ? [table] : [make("summary", null, summary), table]));
    if (telling) document.getElementById("nothing-tells").hidden = mine.length > 0;
  }
}

function tableOf(rows, columns, against) {
  const head = ["Observation", "Source", "Imitated", "Tells apart"].map((text) =>
    make("th", { scope: "col" }, text),
  );
  const heads = columns.map((one) => {
    const then = PRINTED.get(one.actor || one.kind);
    const words = [
      make("b", null, then ? then.id : "new"),
      " ",
      prose(short(one.actor ? one.label : one.kind)),
    ];
    return make(
      "th",
      { scope: "col", class: "upright" },
      then ? linkTo(then.id, words) : make("span", null, words),
    );
  });
  const foot =
    against &&
    make(
      "tfoot",
      null,
      make(
        "tr",
        null,
        make("th", { scope: "row" }, "Weighed marks against it: the less, the better it stands"),
        [1, 2, 3].map(() => make("td", null)),
        columns.map((_, at) => make("td", { class: "sign" }, against[at].toFixed(1))),
      ),
    );
  return make(
    "table",
    { class: "matrix" },
    make("thead", null, make("tr", null, head, heads)),
    make(
      "tbody",
      null,
      rows.map((row) => markedRow(row, columns)),
    ),
    foot,
  );
}

function markedRow({ observation: o, marks, diagnosticity }, columns) {
  return make(
    "tr",
    { id: o.id },
    make("th", { scope: "row" }, linkTo(o.id, prose(o.label))),
    make("td", null, `${o.reliability}${o.credibility}`),
    make("td", null, DATA.reckoned.imitated[o.forgeability]),
    make("td", { class: "num" }, factorOf(diagnosticity)),
    columns.map((_, at) => make("td", { class: `sign ${marks[at]}` }, SIGNS[marks[at]])),
  );
}

buildWhatIf();
