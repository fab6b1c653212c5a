// The timeline one can zoom: events by day as bars, findings as dots, what was said below the line.
const CHART = document.getElementById("chart");
const LANES = DATA.lanes;
const SIZES = { lane: 54, head: 24, row: 15, rows: 14, gap: 3 }; // pixels; a narrower gap is not hatched
const MARGIN = 0.015; // of the whole span, free at both ends, so that what stands there can be seen
const chart = LANES && CHART ? buildChart() : null;

function buildChart() {
  const start = Date.parse(LANES.first);
  const margin = LANES.days * DAY * MARGIN;
  const whole = [start - margin, start + LANES.days * DAY + margin];
  const canvas = make("canvas", {
    tabindex: "0",
    role: "img",
    "aria-label": "Timeline. Arrow keys move, plus and minus zoom, 0 shows all.",
  });
  const told = make("output", null, "");
  const self = {
    canvas,
    told,
    whole,
    start,
    from: whole[0],
    to: whole[1],
    hover: null,
    brush: null,
    waiting: 0,
    said: packed(),
  };
  const button = (label, act) => {
    const node = make("button", { type: "button" }, label);
    node.addEventListener("click", act);
    return node;
  };
  CHART.append(
    make(
      "div",
      { class: "tools" },
      button("Zoom in", () => zoom(self, 0.5, null)),
      button("Zoom out", () => zoom(self, 2, null)),
      button("Show all", () => showSpan(self, ...whole)),
      button("Filter by this span", () => setFilter({ from: self.from, to: self.to })),
      ...knownSlider(),
      told,
    ),
    canvas,
    make(
      "p",
      { class: "under-chart" },
      "Wheel zooms, drag selects a span for all views, arrow keys move. Bars: events a day, by square root. Dots: findings; click one to see its record. Hatched: no event recorded.",
    ),
  );
  listen(self);
  return self;
}

// "As known on": what was published later is hidden, here and in the other views.
function knownSlider() {
  const dates = [
    ...new Set(LANES.said.filter((mark) => mark[2] === "report").map((mark) => mark[4] / 1000)),
  ].sort((a, b) => a - b);
  if (dates.length < 2) return [];
  const input = make("input", {
    type: "range",
    min: 0,
    max: dates.length - 1,
    value: dates.length - 1,
    id: "known",
  });
  const label = make("label", { for: "known" }, "As known on: ");
  const date = make("span", null, "today");
  input.addEventListener("input", () => {
    const last = Number(input.value) === dates.length - 1;
    date.textContent = last ? "today" : stamp(dates[input.value]).slice(0, 10);
    setFilter({ known: last ? Infinity : dates[input.value] });
  });
  label.append(date);
  return [label, input];
}

// Rows for what was said, each mark in the first row where it does not touch another.
function packed() {
  const ends = [];
  const gap = (LANES.days * DAY) / 60;
  return LANES.said.map(([id, label, kind, words, first, last]) => {
    const [from, to] = [first / 1000, last / 1000];
    let row = ends.findIndex((end) => end + gap < from);
    if (row < 0) row = ends.length < SIZES.rows ? ends.length : SIZES.rows - 1;
    ends[row] = Math.max(to, ends[row] || 0);
    return { id, label, kind, words, from, to, row };
  });
}

function refreshChart() {
  if (!chart) return;
  chart.times = timesByLane();
  draw(chart);
}

function timesByLane() {
  const lanes = LANES.order.map(() => ({ times: [], rows: [] }));
  for (let row = 0; row < COUNT; row += 1) {
    if (!passes(row) || Number.isNaN(TIMES[row])) continue;
    const lane = lanes[LANES.files[settingOf(row).file] || 0];
    lane.times.push(TIMES[row]);
    lane.rows.push(row);
  }
  return lanes;
}

function draw(self) {
  cancelAnimationFrame(self.waiting);
  self.waiting = requestAnimationFrame(() => paint(self));
}

function paint(self) {
  const width = self.canvas.parentElement.clientWidth;
  if (!width || !self.times) return;
  const rows = Math.max(0, ...self.said.map((mark) => mark.row + 1));
  const height = SIZES.head + SIZES.lane * LANES.order.length + 26 + rows * SIZES.row + 6;
  const scale = window.devicePixelRatio || 1;
  if (self.canvas.width !== Math.round(width * scale) || self.height !== height) {
    self.canvas.width = Math.round(width * scale);
    self.canvas.height = Math.round(height * scale);
    self.canvas.style.height = `${height}px`;
    self.height = height;
  }
  self.width = width;
  const pen = self.canvas.getContext("2d");
  const ink = inks();
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = `11.5px ${ink.sans}`;
  paintTicks(self, pen, ink);
  LANES.order.forEach(([id, heading], at) => paintLane(self, pen, ink, id, heading, at));
  paintSaid(self, pen, ink);
  paintOverlays(self, pen, ink);
}

function inks() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "ink",
    "soft",
    "rule",
    "bar",
    "faint",
    "paper",
    "host",
    "identity",
    "network",
    "mail",
    "malware",
    "said",
    "stated",
    "link",
    "sans",
  ];
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  );
}

function xOf(self, time) {
  return ((time - self.from) / (self.to - self.from)) * self.width;
}

function timeAt(self, x) {
  return self.from + (x / self.width) * (self.to - self.from);
}

function paintTicks(self, pen, ink) {
  const bottom = self.height;
  pen.textBaseline = "top";
  for (const [time, label] of ticksOf(self.from, self.to, self.width)) {
    const x = Math.round(xOf(self, time)) + 0.5;
    pen.fillStyle = ink.rule;
    pen.fillRect(x, SIZES.head - 6, 1, bottom - SIZES.head);
    pen.fillStyle = ink.soft;
    pen.fillText(label, x + 4, 3);
  }
}

function paintLane(self, pen, ink, id, heading, at) {
  const top = SIZES.head + at * SIZES.lane;
  const floor = top + SIZES.lane - 1;
  paintDays(self, pen, ink, LANES.events[at], top, floor);
  pen.fillStyle = ink.rule;
  pen.fillRect(0, floor, self.width, 1);
  paintDots(self, pen, ink[id], self.times[at], top + 24);
  pen.textBaseline = "top";
  const text = heading;
  pen.fillStyle = ink.paper;
  pen.globalAlpha = 0.82;
  pen.fillRect(0, top + 2, pen.measureText(text).width + 8, 15);
  pen.globalAlpha = 1;
  pen.fillStyle = ink.soft;
  pen.fillText(text, 2, top + 4);
}

function paintDays(self, pen, ink, days, top, floor) {
  const day = (number_) => self.start + number_ * DAY;
  const most = Math.sqrt(days.reduce((high, [, events]) => Math.max(high, events), 1));
  let before = -1;
  const hatch = hatching(pen, ink.rule);
  for (const [number_, events] of [...days, [LANES.days, 0]]) {
    if (number_ - before > 1)
      fillSpan(self, pen, hatch, day(before + 1), day(number_), top + 1, floor - top - 1);
    before = number_;
    if (!events) continue;
    const x = xOf(self, day(number_));
    const wide = Math.max(xOf(self, day(number_ + 1)) - x - 0.5, 0.6);
    if (x > self.width || x + wide < 0) continue;
    const tall = Math.max((Math.sqrt(events) / most) * (SIZES.lane - 30), 1);
    pen.fillStyle = ink.bar;
    pen.fillRect(x, floor - tall, wide, tall);
  }
}

function fillSpan(self, pen, fill, from, to, top, tall) {
  const left = Math.max(xOf(self, from), 0);
  const right = Math.min(xOf(self, to), self.width);
  if (right - left < SIZES.gap) return;
  pen.fillStyle = fill;
  pen.fillRect(left, top, right - left, tall);
}

let hatches = {};
function hatching(pen, colour) {
  if (!hatches[colour]) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const line = tile.getContext("2d");
    line.strokeStyle = colour;
    line.lineWidth = 1.4;
    for (const shift of [-8, 0, 8]) {
      line.beginPath();
      line.moveTo(shift - 1, 9);
      line.lineTo(shift + 9, -1);
      line.stroke();
    }
    hatches = { [colour]: pen.createPattern(tile, "repeat") };
  }
  return hatches[colour];
}

// Findings of one small column of pixels are one dot, larger the more there are.
function paintDots(self, pen, colour, lane, y) {
  const step = 5;
  pen.fillStyle = colour;
  let next = lowerBound(lane.times, self.from);
  for (let x = 0; x < self.width && next < lane.times.length; x += step) {
    const after = lowerBound(lane.times, timeAt(self, x + step));
    if (after > next) {
      const middle = after - next === 1 ? xOf(self, lane.times[next]) : x + step / 2;
      pen.beginPath();
      pen.arc(middle, y, Math.min(2.6 + Math.log2(after - next) * 0.55, 7), 0, 2 * Math.PI);
      pen.fill();
    }
    next = after;
  }
}

function saidTop() {
  return SIZES.head + SIZES.lane * LANES.order.length + 24;
}

function paintSaid(self, pen, ink) {
  const line = saidTop() - 18;
  pen.fillStyle = ink.ink;
  pen.fillRect(0, line, self.width, 1.5);
  pen.fillStyle = ink.soft;
  pen.fillText("Reports (solid) and the dates that they give (pale)", 2, line + 4);
  const drawn = self.said.map((mark) => edgesOf(self, mark)).filter(Boolean);
  for (const { mark, left, right } of drawn) {
    pen.fillStyle = ink[mark.kind === "report" ? "said" : "stated"];
    pen.fillRect(left, saidTop() + mark.row * SIZES.row + 3, right - left, 8);
  }
  pen.fillStyle = ink.soft;
  const taken = drawn.map(({ mark, left, right }) => ({ row: mark.row, left, right }));
  for (const each of drawn) paintLabel(self, pen, each, taken);
}

// Where a mark is drawn; null where it is not in sight, or was not known yet.
function edgesOf(self, mark) {
  if (mark.from > FILTER.known && mark.kind === "report") return null;
  const left = Math.max(xOf(self, mark.from), -2);
  const right = Math.max(Math.min(xOf(self, mark.to), self.width + 2), left + 3);
  return right < 0 || left > self.width ? null : { mark, left, right };
}

// What was said, beside its mark, on the side where there is room for it.
function paintLabel(self, pen, { mark, left, right }, taken) {
  const wide = pen.measureText(mark.label).width + 8;
  const row = taken.filter((other) => other.row === mark.row);
  const free = (from, to) =>
    from >= 0 &&
    to <= self.width &&
    row.every((other) => other.right < from || other.left > to);
  const from = [right + 2, left - wide].find((start) => free(start, start + wide - 2));
  if (from === undefined) return;
  pen.fillText(mark.label, from + 3, saidTop() + mark.row * SIZES.row);
  taken.push({ row: mark.row, left: from, right: from + wide });
}

function paintOverlays(self, pen, ink) {
  const edges = self.brush || (FILTER.from > -Infinity ? [FILTER.from, FILTER.to] : null);
  if (edges) {
    const [left, right] = edges.map((time) => xOf(self, time)).sort((a, b) => a - b);
    pen.fillStyle = ink.link;
    pen.globalAlpha = 0.14;
    pen.fillRect(left, SIZES.head, right - left, self.height);
    pen.globalAlpha = 1;
  }
  if (self.hover === null) return;
  pen.fillStyle = ink.link;
  pen.fillRect(self.hover, SIZES.head - 6, 1, self.height);
}

function zoom(self, by, x) {
  const span = Math.min(
    Math.max((self.to - self.from) * by, 2),
    (self.whole[1] - self.whole[0]) * 1.02,
  );
  const share = x === null ? 0.5 : x / self.width;
  const at = self.from + (self.to - self.from) * share;
  showSpan(self, at - span * share, at + span * (1 - share));
}

function showSpan(self, from, to) {
  const span = to - from;
  const [first, last] = self.whole;
  self.from = Math.min(Math.max(from, first), Math.max(last - span, first));
  self.to = self.from + Math.min(span, last - first);
  draw(self);
}

function move(self, share) {
  const by = (self.to - self.from) * share;
  showSpan(self, self.from + by, self.to + by);
}
