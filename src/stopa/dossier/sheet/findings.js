// The findings of each rule, a page at a time, drawn when the rule is opened.
const PAGE = 50;
const ON_PAPER = 12; // of a rule that is unfolded for printing only
const GROUPS = [...document.querySelectorAll("details.rule")].map((node) => ({
  node,
  id: node.dataset.rule,
  body: node.querySelector("tbody"), // empty until its rows are drawn
  page: 0,
}));
// By its id, and by that as the reading of HTML left it.
const RULE_AT = new Map(
  DATA.rules.flatMap(({ id }, at) => [
    [id, at],
    [id.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd"), at],
  ]),
);
const ROWS_OF_RULE = rowsOfRules();

function rowsOfRules() {
  const rows = DATA.rules.map(() => []);
  for (let row = 0; row < COUNT; row += 1) {
    const { rule } = settingOf(row);
    if (rule >= 0) rows[rule].push(row);
  }
  return rows;
}

function refreshFindings() {
  for (const group of GROUPS) {
    const all = ROWS_OF_RULE[RULE_AT.get(group.id)] || [];
    group.rows = passing === null ? all : all.filter(passes);
    group.page = 0;
    group.node.hidden = passing !== null && !group.rows.length;
    group.node.querySelector(".count").textContent =
      group.rows.length === all.length
        ? number(all.length)
        : `${number(group.rows.length)} of ${number(all.length)}`;
    if (group.node.open) drawGroup(group);
    else group.body.replaceChildren();
  }
  const left = GROUPS.filter((group) => !group.node.hidden);
  if (passing !== null && left.length <= 3) for (const group of left) group.node.open = true;
}

function drawGroup(group, most = PAGE) {
  const first = group.page * PAGE;
  const shown = group.rows.slice(first, first + most);
  const { body } = group;
  const held = body.contains(document.activeElement) ? document.activeElement.hash : "";
  body.replaceChildren(...shown.map((row) => rowNode(findingAt(row))));
  if (held) [...body.querySelectorAll("a")].find((link) => link.hash === held)?.focus();
  const old = group.node.querySelector(".pages");
  if (old) old.remove();
  if (group.rows.length > shown.length) group.node.append(pagesNode(group, first, shown.length));
}

function rowNode(found) {
  const matched = telling(found.matched)
    .slice(0, 3)
    .map((match) =>
      make("span", null, make("b", null, given(match.field)), " ", given(short(match.value))),
    );
  return make(
    "tr",
    null,
    make("td", { class: "when" }, stamp(found.time)),
    make("td", null, given(found.host === null ? "—" : found.host)),
    make("td", null, given(found.user === null ? "—" : found.user)),
    make("td", { class: "match" }, matched.length ? matched : "not in this page"),
    make("td", null, linkTo(found.id, given(found.place))),
  );
}

// Fields that only name the kind of event come last.
function telling(matched) {
  const dull = (match) => (DATA.dull.includes(match.field) ? 1 : 0);
  return [...matched].sort((one, other) => dull(one) - dull(other));
}

function short(text) {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function pagesNode(group, first, shown) {
  const turn = (label, by) => {
    const button = make("button", { type: "button" }, label);
    button.disabled = group.page + by < 0 || (group.page + by) * PAGE >= group.rows.length;
    button.addEventListener("click", () => {
      group.page += by;
      drawGroup(group);
      const again = [...group.node.querySelectorAll(".pages button")].find(
        (other) => other.textContent === label,
      );
      if (again && !again.disabled) again.focus();
    });
    return button;
  };
  return make(
    "p",
    { class: "pages" },
    turn("Earlier", -1),
    turn("Later", 1),
    `${number(first + 1)}–${number(first + shown)} of ${number(group.rows.length)}, by time`,
  );
}

// On paper nothing is folded; the first rows of each rule stand for it, as without a script.
let unfoldedToPrint = [];
function unfoldRules() {
  unfoldedToPrint = GROUPS.filter((group) => !group.node.open);
  for (const group of unfoldedToPrint) {
    group.node.open = true;
    drawGroup(group, ON_PAPER);
  }
}

function foldRules() {
  for (const group of unfoldedToPrint) {
    group.node.open = false;
    group.body.replaceChildren();
  }
}

for (const group of GROUPS) {
  group.node.addEventListener("toggle", () => {
    if (group.node.open && !group.body.firstChild) drawGroup(group);
  });
}
