// Wheel, pointer and keys on the timeline.
const KEYS = {
  ArrowLeft: (self) => move(self, -0.15),
  ArrowRight: (self) => move(self, 0.15),
  "+": (self) => zoom(self, 0.6, null),
  "=": (self) => zoom(self, 0.6, null),
  "-": (self) => zoom(self, 1.7, null),
  0: (self) => showSpan(self, ...self.whole),
  Home: (self) => showSpan(self, ...self.whole),
};

function listen(self) {
  const canvas = self.canvas;
  const at = (event) => event.clientX - canvas.getBoundingClientRect().left;
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) move(self, event.deltaX / self.width);
      else zoom(self, Math.exp(Math.max(-120, Math.min(event.deltaY, 120)) / 300), at(event));
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", (event) => {
    self.brush = [timeAt(self, at(event)), timeAt(self, at(event))];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    self.hover = at(event);
    if (self.brush) self.brush[1] = timeAt(self, at(event));
    tellHover(self, event);
    draw(self);
  });
  canvas.addEventListener("pointerup", (event) => {
    const brush = self.brush;
    self.brush = null;
    if (brush && Math.abs(xOf(self, brush[0]) - xOf(self, brush[1])) > 4) {
      setFilter({ from: Math.min(...brush), to: Math.max(...brush) });
    } else {
      openAt(self, at(event), event.offsetY);
    }
  });
  canvas.addEventListener("pointercancel", () => {
    self.brush = null;
    draw(self);
  });
  canvas.addEventListener("pointerleave", () => {
    self.hover = null;
    self.pointed = null;
    self.output.textContent = "";
    draw(self);
  });
  canvas.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    KEYS[event.key](self);
  });
  new ResizeObserver(() => draw(self)).observe(canvas.parentElement);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(self));
}

function tellHover(self, event) {
  const time = stamp(timeAt(self, self.hover));
  const shown = self.to - self.from > 3 * DAY ? time.slice(0, 10) : time;
  const found = toldAt(self, self.hover, event.offsetY);
  const lane = laneAt(event.offsetY);
  const near = lane === null ? 0 : countNear(self, self.times[lane], self.hover);
  self.pointed = found ? found.mark : null;
  self.output.replaceChildren(
    shown,
    ...(found ? [" · ", ...toldWords(found)] : []),
    near ? ` · ${number(near)} ${near === 1 ? "finding" : "findings"}` : "",
  );
}

// A mark in words, by both clocks.
function toldWords({ mark, count }) {
  const clocks = [
    mark.about ? `happened ${spanOf(mark.about)}` : "",
    mark.said !== null ? `said ${dayText(mark.said)}` : "",
  ];
  const more = count > 1 ? ` and ${number(count - 1)} more beside it` : "";
  return [given(mark.label), `, ${clocks.filter(Boolean).join(", ")}${more}`];
}

function spanOf([first, last]) {
  const ends = [dayText(first), dayText(Math.max(last - 1, first))];
  return ends[0] === ends[1] ? ends[0] : ends.join(" to ");
}

function laneAt(y) {
  const at = Math.floor((y - SIZES.head) / SIZES.lane);
  return at >= 0 && at < LANES.order.length ? at : null;
}

function countNear(self, lane, x) {
  return lowerBound(lane.times, timeAt(self, x + 4)) - lowerBound(lane.times, timeAt(self, x - 4));
}

function openAt(self, x, y) {
  const found = toldAt(self, x, y);
  const lane = laneAt(y);
  if (found) location.hash = encodeURIComponent(found.mark.id);
  else if (lane !== null) openNearest(self, self.times[lane], x);
  draw(self);
}

function openNearest(self, lane, x) {
  const after = lowerBound(lane.times, timeAt(self, x));
  const near = [after - 1, after].filter(
    (at) => at >= 0 && at < lane.times.length && Math.abs(xOf(self, lane.times[at]) - x) < 7,
  );
  near.sort(
    (one, other) =>
      Math.abs(xOf(self, lane.times[one]) - x) - Math.abs(xOf(self, lane.times[other]) - x),
  );
  if (near.length) location.hash = encodeURIComponent(idOf(lane.rows[near[0]]));
}
