// A permalink: the place, and after `?` the view below the drawer, the filter, and the switches.
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;
const MOST_PRESSED = 50; // values of facets that a permalink may bring

// An id of evidence can hold a `?` of its own: what is a place as a whole is one.
function locationParts() {
  const raw = location.hash.slice(1);
  const at = raw.indexOf("?");
  if (at < 0 || isPlace(unescaped(raw))) return { place: unescaped(raw), asked: null };
  return { place: unescaped(raw.slice(0, at)), asked: new URLSearchParams(raw.slice(at + 1)) };
}

function isPlace(id) {
  return drawable(id) || document.getElementById(id) !== null;
}

function permalinkOf(place, view) {
  const asked = new URLSearchParams();
  if (view) asked.set("view", view);
  if (FILTER.words) asked.set("words", FILTER.words);
  if (isSpanned()) asked.set("span", `${moment(FILTER.from)}/${moment(FILTER.to)}`);
  if (FILTER.clock !== "either") asked.set("clock", FILTER.clock);
  if (FILTER.known < Infinity) asked.set("known", moment(FILTER.known));
  for (const [group, pressed] of FILTER.facets) for (const key of pressed) asked.append(group, key);
  for (const box of turnedSwitches()) asked.append("switch", switchOf(box));
  const written = asked.toString();
  return `#${encodeURIComponent(place)}${written ? `?${written}` : ""}`;
}

function moment(time) {
  const iso = new Date(Math.round(time)).toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso;
}

// The address that was followed last stands at the root; another one is still to be followed.
function keepPermalink() {
  if (location.hash === document.documentElement.dataset.at) writePermalink();
}

function writePermalink() {
  const place = DRAWER.open ? openedId : placeHere;
  const view = DRAWER.open ? currentView : "";
  history.replaceState({ drawers }, "", permalinkOf(place, view === "brief" ? "" : view));
  document.documentElement.dataset.at = location.hash;
}

// What a permalink asks of the filter; what it gets wrong is as if it were not there.
function filterAsked(asked) {
  const [from, to] = (asked.get("span") || "").split("/").map(timeOf);
  const clock = asked.get("clock");
  const sound = Number.isFinite(from) && Number.isFinite(to) && from < to;
  const known = timeOf(asked.get("known") || "");
  return {
    words: (asked.get("words") || "").slice(0, 200),
    from: sound ? from : -Infinity,
    to: sound ? to : Infinity,
    clock: Object.hasOwn(CLOCKS, clock || "") ? clock : "either",
    known: Number.isFinite(known) ? known : Infinity,
    facets: facetsAsked(asked),
  };
}

function timeOf(text) {
  return text ? Date.parse(DAY_ONLY.test(text) ? `${text}T00:00:00Z` : text) : NaN;
}

function facetsAsked(asked) {
  const facets = new Map();
  for (const group of FACETS.keys()) {
    const pressed = new Set(asked.getAll(group).filter(Boolean).slice(0, MOST_PRESSED));
    if (pressed.size) facets.set(group, pressed);
  }
  return facets;
}
