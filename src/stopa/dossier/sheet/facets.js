// Facets: the values that findings and told things have, with how many would pass by each.
const FACETS = new Map([
  ["kind", "Kind of evidence"],
  ["host", "Host"],
  ["user", "Account"],
  ["level", "Rule level"],
  ["technique", "Technique"],
  ["rule", "Rule"],
  ["file", "File"],
  ["outlet", "Outlet"],
  ["speaker", "Speaker"],
  ["act", "Act"],
]);
const OPEN_AT_FIRST = ["kind", "host", "level"];
const FEW = 6; // values of a facet that are shown before one asks for more
const MANY = 200; // that are shown at all; words find the others
const KEY = 16; // characters of a hash in a permalink
const TOLD = "told"; // the kind of what documents say
const PANEL = document.getElementById("facets");
const TOLD_CARDS = DATA.cards.filter((card) => "quoted" in card);
const unfolded = new Set(); // groups of which more than a few values are shown

const SETTING_VALUES = COLUMNS.settings.map(([rule, file, host, user]) => {
  const card = DATA.rules[rule];
  const lane = LANES_OF_FILES[file];
  return {
    kind: lane ? [lane[0]] : [],
    host: host < 0 ? [] : [COLUMNS.strings[host]],
    user: user < 0 ? [] : [COLUMNS.strings[user]],
    level: card ? [card.level || "no level"] : [],
    technique: card ? card.techniques : [],
    rule: card ? [card.id] : [],
    file: DATA.evidence[file] ? [DATA.evidence[file][0].slice(0, KEY)] : [],
  };
});
const LABELS = {
  kind: new Map([[TOLD, "Reports"], ...LANES_OF_FILES.filter(Boolean)]),
  technique: new Map(Object.entries(DATA.techniques).map(([id, name]) => [id, `${id} ${name}`])),
  rule: new Map(DATA.rules.map((rule) => [rule.id, rule.title])),
  file: new Map(DATA.evidence.map(([sha256, name]) => [sha256.slice(0, KEY), name])),
};

function valuesOfSetting(setting) {
  return SETTING_VALUES[setting];
}

function valuesOfCard(card) {
  const told = "quoted" in card || card.kind === "Document";
  return {
    kind: told ? [TOLD] : [],
    technique: card.techniques || [],
    file: card.sha256 ? [card.sha256.slice(0, KEY)] : [],
    outlet: told && card.paper ? [card.paper] : [],
    speaker: card.speaker ? [card.speaker] : [],
    act: card.act ? [card.act] : [],
  };
}

function labelOfValue(group, key) {
  return (LABELS[group] && LABELS[group].get(key)) || key;
}

// Whether values have one of those pressed in every facet, but for the one that is left aside.
function fits(values, aside) {
  for (const [group, pressed] of FILTER.facets)
    if (group !== aside && !(values[group] || []).some((key) => pressed.has(key))) return false;
  return true;
}

function press(group, key) {
  const facets = new Map(FILTER.facets);
  const pressed = new Set(facets.get(group));
  if (!pressed.delete(key)) pressed.add(key);
  if (pressed.size) facets.set(group, pressed);
  else facets.delete(group);
  setFilter({ facets });
}

// The rest of the filter decides what is counted: words, time, and the other facets.
function countedValues() {
  const counts = new Map([...FACETS.keys()].map((group) => [group, new Map()]));
  const rows = rowsBySetting();
  SETTING_VALUES.forEach((values, setting) => count(counts, values, rows[setting]));
  for (const card of TOLD_CARDS) {
    const lies = isKnown(saidOf(card)) && inTime(card.about, saidOf(card)) === true;
    if (lies && cardMask(card, terms) === whole) count(counts, valuesOfCard(card), 1);
  }
  return counts;
}

function rowsBySetting() {
  const rows = new Uint32Array(COLUMNS.settings.length);
  for (let row = 0; row < COUNT; row += 1)
    if (rowInTime(row) && rowHolds(row)) rows[COLUMNS.setting[row]] += 1;
  return rows;
}

function count(counts, values, by) {
  if (!by) return;
  for (const [group, of] of counts) {
    if (!values[group] || !values[group].length || !fits(values, group)) continue;
    for (const key of values[group]) of.set(key, (of.get(key) || 0) + by);
  }
}

function showFacets() {
  if (!PANEL.open) return;
  const counts = countedValues();
  const focused = document.activeElement && document.activeElement.dataset.key;
  const inGroup = focused === undefined ? "" : document.activeElement.dataset.group;
  for (const group of FACETS.keys()) showGroup(group, counts.get(group));
  if (inGroup) focusValue(inGroup, focused);
}

function focusValue(group, key) {
  const values = [...PANEL.querySelectorAll("button[data-key]")];
  const again = values.find((one) => one.dataset.group === group && one.dataset.key === key);
  if (again) again.focus();
}

function showGroup(group, counts) {
  const pressed = FILTER.facets.get(group) || new Set();
  for (const key of pressed) if (!counts.has(key)) counts.set(key, 0);
  const keys = [...counts.keys()].sort(
    (one, other) =>
      pressed.has(other) - pressed.has(one) ||
      counts.get(other) - counts.get(one) ||
      labelOfValue(group, one).localeCompare(labelOfValue(group, other), "en"),
  );
  const most = unfolded.has(group) ? MANY : Math.max(FEW, pressed.size);
  const node = groupNode(group);
  node.hidden = !keys.length;
  node.querySelector("summary small").textContent = pressed.size
    ? `${number(pressed.size)} pressed`
    : number(keys.length);
  node.querySelector("ul").replaceChildren(
    ...keys.slice(0, most).map((key) => valueNode(group, key, counts.get(key), pressed.has(key))),
    ...moreNodes(group, keys.length, most),
  );
}

const GROUP_NODES = new Map();
function groupNode(group) {
  if (!GROUP_NODES.has(group)) {
    const heading = make("summary", null, FACETS.get(group), " ", make("small", null));
    const node = make("details", { class: "facet" }, heading, make("ul", null));
    node.open = OPEN_AT_FIRST.includes(group);
    GROUP_NODES.set(group, node);
    PANEL.querySelector(".groups").append(node);
  }
  return GROUP_NODES.get(group);
}

function valueNode(group, key, figure, pressed) {
  const button = make(
    "button",
    { type: "button", "aria-pressed": String(pressed) },
    make("span", null, given(labelOfValue(group, key))),
    make("b", null, number(figure)),
  );
  button.dataset.group = group;
  button.dataset.key = key;
  button.addEventListener("click", () => press(group, key));
  return make("li", null, button);
}

function moreNodes(group, all, most) {
  if (all <= most && !unfolded.has(group)) return [];
  if (unfolded.has(group) && all > MANY)
    return [make("li", { class: "left" }, `and ${number(all - MANY)} more: the filter finds them`)];
  if (unfolded.has(group)) return [];
  const button = make("button", { type: "button", class: "unfold" }, `${number(all - most)} more`);
  button.addEventListener("click", () => {
    unfolded.add(group);
    showFacets();
    const next = GROUP_NODES.get(group).querySelectorAll("button[data-key]")[most];
    if (next) next.focus();
  });
  return [make("li", null, button)];
}

PANEL.addEventListener("toggle", showFacets);
