// The timeline one can zoom: events by day as bars, findings as dots, what was said below the line.
const CHART = document.getElementById("chart");
const LANES = DATA.lanes;
const SIZES = { lane: 54, head: 24, told: 30, row: 15, rows: 14, gap: 3 }; // pixels; a narrower gap is not hatched
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
  const output = make("output", null, "");
  const self = {
    canvas,
    whole,
    start,
    from: whole[0],
    to: whole[1],
    hover: null,
    brush: null,
    waiting: 0,
    told: toldLanes(),
    rows: toldRows(),
    output,
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
    ),
    make("div", { class: "tools" }, ...clockButtons(), ...knownSlider(), output),
    canvas,
    make(
      "p",
      { class: "under-chart" },
      "Wheel zooms, drag selects a span for all views, arrow keys move.",
      LANES.order.length
        ? " Bars: events a day, by square root. Dots: findings; click one to see its record. Hatched: no event recorded."
        : null,
      self.rows.length
        ? " Below the line, bars reach over what a date can mean; a stroke is the day when it was said."
        : null,
    ),
  );
  listen(self);
  return self;
}

function refreshChart() {
  if (!chart) return;
  chart.times = timesByLane();
  refreshSlider();
  refreshClock();
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
  const height = toldTop() + SIZES.told * self.told.length + rowsTall(self) + 6;
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
  paintTold(self, pen, ink);
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
    "act",
    "statement",
    "report",
    "claim",
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
