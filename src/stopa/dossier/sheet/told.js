// Below the line, by two clocks: legal acts, statements and reports, and what is told of a time.
const SHAPES = { act: diamond, statement: disc, report: square };
const TOLD_LANES = [
  ["act", "Legal acts"],
  ["statement", "Statements"],
  ["report", "Reports"],
];
const CLOSE = 7; // pixels within which marks are drawn as one
const LABEL = 230; // pixels of a label
const VAGUE = 9; // pixels from which on a date is drawn as a bar

// "As known on": what was published later is hidden, here and in the other views.
function knownSlider() {
  const published = reportCards().map((card) => card.said[0] / 1000);
  const dates = [...new Set(published)].sort((one, other) => one - other);
  if (dates.length < 2) return [];
  const input = make("input", { type: "range", min: 0, max: dates.length - 1, id: "known" });
  const label = make("label", { for: "known" }, "As known on: ");
  const date = make("span", null, "");
  input.addEventListener("input", () => {
    const last = Number(input.value) === dates.length - 1;
    setFilter({ known: last ? Infinity : dates[input.value] });
  });
  refreshSlider = () => {
    const at = dates.findLastIndex((one) => one <= FILTER.known);
    input.value = Math.max(at, 0);
    date.textContent = FILTER.known === Infinity ? "today" : dayText(FILTER.known);
    input.setAttribute("aria-valuetext", date.textContent);
  };
  refreshSlider();
  label.append(date);
  return [label, input];
}

let refreshSlider = () => {};

// Which of the two clocks a span is held against.
function clockButtons() {
  const buttons = Object.entries(CLOCKS).map(([clock, words]) => {
    const button = make("button", { type: "button", "aria-pressed": "false" }, words);
    button.dataset.clock = clock;
    button.addEventListener("click", () => setFilter({ clock }));
    return button;
  });
  return [
    make(
      "div",
      { class: "clock", role: "group", "aria-label": "A span counts by" },
      make("span", { "aria-hidden": "true" }, "A span counts by"),
      ...buttons,
    ),
  ];
}

function refreshClock() {
  for (const button of CHART.querySelectorAll("[data-clock]"))
    button.setAttribute("aria-pressed", String(button.dataset.clock === FILTER.clock));
}

function reportCards() {
  return DATA.cards.filter((card) => card.kind === "Document" && card.said);
}

// Marks that share a line, by the date of each: of an act when it was done, else when it was said.
function toldLanes() {
  const reports = reportCards().map((card) => markOf(card, card.said));
  const marks = { act: [], statement: [], report: reports };
  for (const card of DATA.cards) {
    if (card.kind !== "Statement") continue;
    const said = saidOf(card);
    if (said) marks.statement.push(markOf(card, said));
    const acted = card.legal ? card.about || said : null;
    if (acted) marks.act.push(markOf(card, acted, card.legal));
  }
  return TOLD_LANES.map(([kind, heading]) => ({
    kind,
    heading,
    marks: marks[kind].sort((one, other) => one.from - other.from),
  })).filter((lane) => lane.marks.length);
}

function markOf(card, [first, last], what) {
  const label = card.kind === "Document" ? card.paper : card.title;
  const said = saidOf(card);
  return {
    id: card.id,
    label: what ? `${what}: ${label}` : label,
    from: first / 1000,
    to: last / 1000,
    about: card.about ? card.about.map((time) => time / 1000) : null,
    said: said ? said[0] / 1000 : null,
  };
}

// Rows for claims and the dates that reports give, each in the first row where it touches no other.
function toldRows() {
  const facts = DATA.cards.filter((card) => card.about && card.kind.startsWith("Fact"));
  const rows = [
    ...DATA.claims.filter((claim) => claim.about).map(claimRow),
    ...facts.map(dateRow).sort((one, other) => one.from - other.from),
  ];
  const ends = [];
  const gap = LANES ? (LANES.days * DAY) / 60 : 0;
  for (const mark of rows) {
    const last = Math.max(mark.to, ...(mark.kind === "claim" ? mark.saids : []));
    let row = ends.findIndex((end) => end + gap < mark.from);
    if (row < 0) row = ends.length < SIZES.rows ? ends.length : SIZES.rows - 1;
    ends[row] = Math.max(last, ends[row] === undefined ? -Infinity : ends[row]);
    mark.row = row;
  }
  return rows;
}

function dateRow(card) {
  const slot = card.title.split(":")[0].replaceAll("_", " ");
  return { ...markOf(card, card.about), kind: "date", label: `${card.paper}: ${slot}` };
}

function claimRow(claim) {
  const spoken = claim.statements.map((id) => CARDS.get(id)).filter(Boolean);
  const said = spoken.map(saidOf).filter(Boolean);
  const [first, last] = claim.about;
  const saids = [...new Set(said.map(([start]) => start / 1000))].sort((a, b) => a - b);
  return {
    id: claim.id,
    kind: "claim",
    label: `Claimed: ${claim.title}`,
    from: first / 1000,
    to: last / 1000,
    about: [first / 1000, last / 1000],
    said: saids.length ? saids[0] : null,
    saids,
  };
}

function toldTop() {
  return SIZES.head + SIZES.lane * LANES.order.length + 8;
}

function rowsTop(self) {
  return toldTop() + SIZES.told * self.told.length + 6;
}

function rowsTall(self) {
  return self.rows.length ? Math.max(...self.rows.map((mark) => mark.row + 1)) * SIZES.row + 6 : 0;
}

function paintTold(self, pen, ink) {
  pen.fillStyle = ink.ink;
  pen.fillRect(0, toldTop() - 8, self.width, 1.5);
  self.told.forEach((lane, at) => paintToldLane(self, pen, ink, lane, at));
  paintRows(self, pen, ink);
  pen.globalAlpha = 1;
}

// Not yet said: null. Else how plainly it is drawn: pale where the filter is against it.
function plainness(mark) {
  if (mark.said !== null && mark.said > FILTER.known) return null;
  const id = mark.id.startsWith("D-") ? WHOLE + mark.id : mark.id;
  return isFiltered() && fails(id) ? 0.28 : 1;
}

function paintToldLane(self, pen, ink, { kind, heading, marks }, at) {
  const top = toldTop() + at * SIZES.told;
  const y = top + 20;
  pen.fillStyle = ink.rule;
  pen.fillRect(0, top + SIZES.told - 1, self.width, 1);
  pen.textBaseline = "top";
  pen.fillStyle = ink.soft;
  pen.fillText(heading, 2, top + 1);
  const drawn = clustered(self, marks);
  let after = 0; // where the last label or mark ends
  drawn.forEach((one, place) => {
    const next = drawn[place + 1];
    pen.globalAlpha = one.plain;
    pen.fillStyle = ink[kind];
    if (one.right - one.x >= VAGUE) pen.fillRect(one.x, y - 3, one.right - one.x, 6);
    const size = Math.min(3.6 + Math.log2(one.count) * 0.7, 7);
    SHAPES[kind](pen, Math.min(Math.max(one.x, 5), self.width - 6), y, size);
    const until = next ? next.x - 8 : self.width;
    after = Math.max(labelMark(pen, ink, one, { y: y - 6, after, until }), one.right + 8);
  });
  pen.globalAlpha = 1;
}

// Marks in sight from left to right, those that would cover each other as one.
function clustered(self, marks) {
  const drawn = [];
  for (const mark of marks) {
    if (mark.from > self.to) break;
    const plain = mark.to < self.from ? null : plainness(mark);
    if (plain === null) continue;
    const x = xOf(self, mark.from);
    const right = Math.min(xOf(self, mark.to), self.width);
    const vague = right - x >= VAGUE;
    const last = drawn[drawn.length - 1];
    if (last && x - last.x < CLOSE && vague === last.vague) {
      last.count += 1;
      last.plain = Math.max(last.plain, plain);
      last.right = Math.max(last.right, right);
    } else drawn.push({ mark, x, right, vague, plain, count: 1 });
  }
  return drawn;
}

// What a mark is called, or how many they are, on the side where there is room; where that ends.
function labelMark(pen, ink, { mark, x, vague, count }, { y, after, until }) {
  const clipped = (room) => clippedTo(pen, mark.label, Math.min(room, LABEL));
  const text = count > 1 ? number(count) : clipped(until - x - 9) || clipped(x - 9 - after);
  const wide = pen.measureText(text).width;
  const start = [Math.max(x + 9, 12), x - 9 - wide].find(
    (from) => text && from >= after && from + wide <= until,
  );
  if (start === undefined) return after;
  pen.fillStyle = ink.paper;
  if (vague) pen.fillRect(start - 2, y, wide + 4, 13);
  pen.fillStyle = ink.soft;
  pen.fillText(text, start, y);
  return start + wide + 8;
}

// As much of the text as there is room for; nothing where that would be a few letters.
function clippedTo(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  const letters = Math.floor(room / 6.2) - 1;
  return letters < 8 ? "" : `${text.slice(0, letters).trimEnd()}…`;
}

function paintRows(self, pen, ink) {
  const drawn = self.rows.map((mark) => edgesOf(self, mark)).filter(Boolean);
  for (const one of drawn) paintRow(self, pen, ink, one);
  const taken = drawn.map(({ mark, left, right }) => ({ mark, row: mark.row, left, right }));
  for (const one of drawn) paintLabel(self, pen, ink, one, taken);
}

// Where a row is drawn; null where it is not in sight, or was not known yet.
function edgesOf(self, mark) {
  const plain = plainness(mark);
  const reach = mark.kind === "claim" ? Math.max(mark.to, ...mark.saids) : mark.to;
  if (plain === null || reach < self.from || mark.from > self.to) return null;
  const left = Math.max(xOf(self, mark.from), -2);
  const right = Math.max(Math.min(xOf(self, mark.to), self.width + 2), left + 3);
  return { mark, left, right, plain };
}

function paintRow(self, pen, ink, { mark, left, right, plain }) {
  const y = rowsTop(self) + mark.row * SIZES.row;
  const claim = mark.kind === "claim";
  pen.globalAlpha = plain * (FILTER.clock === "said" ? 0.45 : 1);
  pen.fillStyle = claim ? ink.claim : ink.stated;
  if (mark.to >= self.from) pen.fillRect(left, y + (claim ? 4 : 3), right - left, claim ? 6 : 8);
  const said = claim ? mark.saids : [mark.said];
  const saids = said.filter((time) => time !== null && time <= FILTER.known);
  if (!saids.length || !(claim || self.pointed === mark)) return;
  pen.globalAlpha = plain * (FILTER.clock === "happened" ? 0.45 : 1);
  const end = xOf(self, saids[saids.length - 1]);
  pen.fillRect(right, y + 6.5, Math.max(end - right, 0), 1);
  for (const time of saids) pen.fillRect(xOf(self, time) - 1, y + 1, 2, 12);
}

// What was told, beside its mark, on the side where there is room, or else on its bar.
function paintLabel(self, pen, ink, { mark, left, right, plain }, taken) {
  const wide = pen.measureText(mark.label).width + 8;
  const row = taken.filter((other) => other.row === mark.row && other.mark !== mark);
  const free = (from, to) =>
    from >= 0 && to <= self.width && row.every((other) => other.right < from || other.left > to);
  const onBar = right - left > 2 * wide ? [Math.max(left, 0) + 8] : [];
  const from = [right + 2, left - wide, ...onBar].find((start) => free(start, start + wide - 2));
  if (from === undefined) return;
  const y = rowsTop(self) + mark.row * SIZES.row;
  pen.globalAlpha = 1;
  pen.fillStyle = ink.paper;
  pen.fillRect(from - 2, y, wide, 13);
  pen.globalAlpha = Math.max(plain, 0.6);
  pen.fillStyle = ink.soft;
  pen.fillText(mark.label, from + 3, y);
  taken.push({ mark, row: mark.row, left: from, right: from + wide });
}

function diamond(pen, x, y, size) {
  const reach = size * 1.45;
  pen.beginPath();
  pen.moveTo(x, y - reach);
  pen.lineTo(x + reach, y);
  pen.lineTo(x, y + reach);
  pen.lineTo(x - reach, y);
  pen.fill();
}

function disc(pen, x, y, size) {
  pen.beginPath();
  pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.fill();
}

function square(pen, x, y, size) {
  pen.fillRect(x - size, y - size, 2 * size, 2 * size);
}

// What is told at a place of the canvas: marks of a lane, or one row; the nearest first.
function toldAt(self, x, y) {
  const lane = self.told[Math.floor((y - toldTop()) / SIZES.told)];
  if (lane && y >= toldTop())
    return clustered(self, lane.marks)
      .filter((one) => one.x - 9 <= x && x <= Math.max(one.right, one.x) + 9)
      .sort((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x))[0];
  const row = Math.floor((y - rowsTop(self)) / SIZES.row);
  const mark = self.rows.find(
    (one) =>
      one.row === row &&
      plainness(one) !== null &&
      xOf(self, one.from) - 4 <= x &&
      x <= Math.max(xOf(self, Math.max(one.to, ...(one.saids || []))), xOf(self, one.from) + 3) + 4,
  );
  return mark ? { mark, count: 1 } : undefined;
}
