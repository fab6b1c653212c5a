// The scale of the timeline: from time to pixels, and where its ticks stand, from years to milliseconds.
const DAY = 86_400_000;
const STEPS = [
  1,
  5,
  10,
  50,
  100,
  500,
  1000,
  5000,
  15_000,
  30_000,
  60_000,
  300_000,
  900_000,
  3_600_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function ticksOf(from, to, width) {
  const wanted = Math.max(2, Math.floor(width / 110));
  const step = STEPS.find((size) => (to - from) / size <= wanted);
  return step ? evenTicks(from, to, step) : monthTicks(from, to, wanted);
}

function evenTicks(from, to, step) {
  const ticks = [];
  for (let time = Math.ceil(from / step) * step; time < to; time += step)
    ticks.push([time, labelOf(time, step)]);
  if (ticks.length)
    ticks[0][1] += step >= DAY ? ` ${yearOf(from)}` : `, ${dayOf(ticks[0][0])} ${yearOf(from)}`;
  return ticks;
}

function monthTicks(from, to, wanted) {
  const months = (to - from) / (30.4 * DAY);
  const step = MONTH_STEPS.find((size) => months / size <= wanted) || 240;
  const start = new Date(from);
  let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  const ticks = [];
  for (; monthTime(month) < to; month += step) {
    const time = monthTime(month);
    if (time >= from)
      ticks.push([time, month % 12 ? MONTHS[month % 12] : String(Math.floor(month / 12))]);
  }
  return ticks;
}

function monthTime(month) {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

function yearOf(time) {
  return new Date(time).getUTCFullYear();
}

function dayOf(time) {
  const moment = new Date(time);
  return `${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]}`;
}

function labelOf(time, step) {
  if (step >= DAY) return dayOf(time);
  const iso = new Date(time).toISOString();
  if (step >= 60_000) return iso.slice(11, 16);
  return step >= 1000 ? iso.slice(11, 19) : iso.slice(11, 23);
}

function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
