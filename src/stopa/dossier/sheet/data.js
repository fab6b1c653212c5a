// The dossier as columns: one entry of a list for each finding, in time order, -1 for "none".
const DATA = JSON.parse(document.getElementById("data").textContent);
const COLUMNS = DATA.findings;
const COUNT = COLUMNS.time.length;
const CARDS = new Map(DATA.cards.map((card) => [card.id, card]));
const TIMES = timesOf(COLUMNS.time); // milliseconds since 1970, with fractions; NaN for no time

// The lane of each file's events, as its id and heading; null where nothing has a date.
const LANES_OF_FILES = DATA.evidence.map((_, file) =>
  DATA.lanes ? DATA.lanes.order[DATA.lanes.files[file]] || null : null,
);

function timesOf(steps) {
  let now = 0;
  return Float64Array.from(steps, (step) => {
    if (step === null) return NaN;
    now += step;
    return now / 1000;
  });
}

function idOf(row) {
  const width = COLUMNS.width;
  return width ? COLUMNS.id.slice(row * width, (row + 1) * width) : COLUMNS.id[row];
}

let rowsById = null;
function rowOf(id) {
  if (!rowsById) {
    rowsById = new Map();
    for (let row = 0; row < COUNT; row += 1) rowsById.set(idOf(row), row);
  }
  return rowsById.has(id) ? rowsById.get(id) : -1;
}

let rowsByFile = null;
function rowsOfFile(sha256) {
  if (!rowsByFile) {
    rowsByFile = new Map(DATA.evidence.map(([known]) => [known, []]));
    for (let row = 0; row < COUNT; row += 1) {
      const { file } = settingOf(row);
      if (file >= 0) rowsByFile.get(DATA.evidence[file][0]).push(row);
    }
  }
  return rowsByFile.get(sha256) || [];
}

function settingOf(row) {
  const [rule, file, host, user, zone, shape, tick] = COLUMNS.settings[COLUMNS.setting[row]];
  return { rule, file, host, user, zone, shape, tick };
}

function findingAt(row) {
  const { rule, file, host, user, zone, shape, tick } = settingOf(row);
  const fields = COLUMNS.shapes[shape] || [];
  const seen = COLUMNS.values[row].map((value, at) => ({
    field: fields[at][0],
    predicate: fields[at][1],
    value: COLUMNS.strings[value],
  }));
  return {
    id: idOf(row),
    row,
    rule: DATA.rules[rule] || null,
    file: DATA.evidence[file] || ["", ""],
    host: host < 0 ? null : COLUMNS.strings[host],
    user: user < 0 ? null : COLUMNS.strings[user],
    time: TIMES[row],
    zone: zone < 0 ? null : COLUMNS.strings[zone],
    place: placeOf(row),
    matched: seen.filter((one) => one.predicate !== null),
    condition: conditionOf(tick, seen),
    excerpt: DATA.excerpts[COLUMNS.quoted[row]] || null,
    members: membersOf(idOf(row)),
  };
}

// The condition's parts in reading order, each with whether it holds and by which value.
function conditionOf(tick, seen) {
  if (!DATA.ticks[tick]) return null;
  const [number_, pairs] = DATA.ticks[tick];
  const [source, rows] = DATA.conditions[number_];
  const held = new Map(pairs);
  const parts = rows.map(([depth, join, what, field], place) => {
    const found = held.get(place) ? seen[held.get(place) - 1] : null;
    return { depth, join, what, field, holds: held.has(place), found: found || null };
  });
  return { source, parts };
}

function membersOf(id) {
  const [count, listed] = DATA.members[id] || [0, []];
  return {
    count,
    listed: listed.map(([place, time, rules, quoted]) => ({
      place,
      time: time === null ? NaN : time / 1000,
      rules,
      excerpt: DATA.excerpts[quoted] || null,
    })),
  };
}

function placeOf(row) {
  const has = (name) => COLUMNS[name] && COLUMNS[name][row] !== -1 && COLUMNS[name][row] !== null;
  const parts = [];
  if (has("part")) parts.push(`part ${COLUMNS.part[row]}`);
  if (has("page")) parts.push(`page ${COLUMNS.page[row]}`);
  if (has("record")) parts.push(`record ${COLUMNS.record[row]}`);
  if (has("line")) parts.push(`line ${number(COLUMNS.line[row])}`);
  if (has("span")) parts.push(`characters ${COLUMNS.span[row].map(number).join("–")}`);
  if (has("offset")) {
    const first = COLUMNS.offset[row];
    parts.push(
      has("length")
        ? `bytes ${number(first)}–${number(first + COLUMNS.length[row])}`
        : `byte ${number(first)}`,
    );
  }
  return parts.join(", ") || "the whole file";
}

function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function stamp(milliseconds) {
  if (Number.isNaN(milliseconds)) return "—";
  const moment = new Date(milliseconds);
  return Number.isNaN(moment.getTime()) ? "—" : moment.toISOString().replace("T", " ").slice(0, -1);
}
