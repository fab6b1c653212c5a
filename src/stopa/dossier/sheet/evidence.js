// What the drawer shows of one id: the passage or record, its place and hash, and who relies on it.
function drawable(id) {
  return CARDS.has(id) || rowOf(id) >= 0;
}

function drawn(id) {
  return CARDS.has(id) ? drawnCard(CARDS.get(id)) : drawnFinding(findingAt(rowOf(id)));
}

function drawnFinding(found) {
  const rule = found.rule;
  const raw = found.excerpt;
  return [
    headOf("Finding", rule ? rule.title : "a rule that has no card"),
    rowsOf(
      [
        ["Time (UTC)", [stamp(found.time), found.zone].filter(Boolean).join(", ")],
        ["Host", found.host],
        ["Account", found.user],
      ].filter(([, text]) => text),
    ),
    ...section(
      "The record",
      raw
        ? rawText(
            raw,
            valuesIn(found),
            "",
          )
        : notHere(),
    ),
    ...section(
      "Why the rule matched",
      rule ? byAuthor(rule) : null,
      found.condition ? conditionTree(found.condition) : tickedOf(found.matched),
    ).filter(Boolean),
    ...(found.members.count ? section("Events that it counts", countedOf(found.members)) : []),
    ...placeRows(found.file[1], found.place, found.file[0]),
    ...(rule ? section("The rule", ruleRows(rule)) : []),
    ...reliersOf([found.id], rule ? [rule.id] : []),
    ...commandOf(found.id),
  ];
}

// The values to mark in the record; what a correlation measured stands in no record.
function valuesIn({ matched, members }) {
  const own = members.count ? matched.filter((one) => one.predicate === "group-by") : matched;
  return own.map((match) => match.value);
}

function drawnCard(card) {
  const raw =
    card.quoted >= 0 ? DATA.excerpts[card.quoted] : card.marks ? [card.marks[0], true] : null;
  return [
    headOf(card.kind, card.title),
    rowsOf(card.rows),
    ...(card.basis ? section(card.weights ? "Rests on" : "What is read in it", linksOf(card.basis, card.more), allOf(card.rules)) : []),
    ...(card.weights && card.weights.length
      ? section("What it does to the hypotheses", weightsOf(card.weights))
      : []),
    ...("quoted" in card
      ? section(
          card.paper ? ["The passage in ", given(card.paper)] : "The passage",
          raw ? passageText(card, raw) : notHere(),
        )
      : []),
    ...(card.sha256
      ? placeRows(card.file || card.title, card.place, card.sha256, card.document)
      : []),
    ...(card.weights ? [] : reliersOf(...partsOf(card))),
    ...commandOf(card.id),
  ];
}

// A few findings stand for all of their rules.
function allOf(rules) {
  const named = (rules || []).map((id) => DATA.rules[RULE_AT.get(id)]).filter(Boolean);
  if (!named.length) return [];
  const links = named.flatMap((rule) => [", ", linkTo(`U-${rule.id}`, prose(rule.title))]);
  return make("p", { class: "by" }, "and on every other finding of ", ...links.slice(1), ".");
}

// The words that are cited are marked where they stand, not where the same words stand first.
function passageText(card, raw) {
  const [text, cut] = raw;
  if (!card.span || card.quoted < 0) return rawText(raw, card.marks, "prose", card.quotes);
  const [first, last] = card.span;
  const node = make(
    "pre",
    { class: "raw prose", tabindex: "0" },
    givenBlock(text.slice(0, first)),
    make("mark", null, deepRuns(text.slice(first, last), card.quotes || [])),
    givenBlock(text.slice(last)),
  );
  return cut ? [node, make("p", { class: "cutnote" }, "The text goes on around it.")] : node;
}

function headOf(kind, title) {
  const close = make("button", { type: "button", "aria-label": "Close the drawer" }, "Close");
  close.addEventListener("click", closeDrawer);
  return make(
    "div",
    { class: "top" },
    make(
      "div",
      null,
      make("p", { class: "kicker" }, `${kind} · ${DATA.tlp}`),
      make("h2", { id: "drawer-heading" }, prose(title)),
    ),
    close,
  );
}

function rawText([text, cut], marks, kind, deeper) {
  const node = make(
    "pre",
    { class: `raw ${kind}`, tabindex: "0" },
    markedRuns(text, marks || [], deeper || []),
  );
  return cut ? [node, make("p", { class: "cutnote" }, "Cut here; the evidence goes on.")] : node;
}

// The text with each wanted run marked, and the quoted words inside of a run marked once more.
function markedRuns(text, marks, deeper) {
  const edges = [];
  for (const wanted of new Set(marks.filter(Boolean))) {
    const spelled = JSON.stringify(wanted).slice(1, -1);
    const form = text.includes(wanted) ? wanted : spelled;
    const at = text.indexOf(form);
    if (at >= 0) edges.push([at, at + form.length]);
  }
  edges.sort((one, other) => one[0] - other[0]);
  const nodes = [];
  let from = 0;
  for (const [first, last] of edges) {
    if (first < from) continue;
    nodes.push(
      givenBlock(text.slice(from, first)),
      make("mark", null, deepRuns(text.slice(first, last), deeper)),
    );
    from = last;
  }
  nodes.push(givenBlock(text.slice(from)));
  return nodes;
}

function deepRuns(text, quotes) {
  const quote = quotes.find((words) => words && text.includes(words));
  if (!quote) return [givenBlock(text)];
  const at = text.indexOf(quote);
  return [
    givenBlock(text.slice(0, at)),
    make("span", { class: "deep" }, givenBlock(quote)),
    ...deepRuns(
      text.slice(at + quote.length),
      quotes.filter((words) => words !== quote),
    ),
  ];
}

function placeRows(file, place, sha256, document_) {
  const rows = make(
    "dl",
    null,
    make("dt", null, "File"),
    make("dd", null, given(file)),
    make("dt", null, "Place"),
    make("dd", null, given(place)),
    make("dt", null, "SHA-256"),
    make("dd", null, make("code", null, given(sha256))),
  );
  return section(
    "Where it stands",
    rows,
    document_ ? make("p", null, linkTo(document_, "The document")) : null,
  ).filter(Boolean);
}

function ruleRows(rule) {
  return rowsOf(
    [
      ["Level", rule.level],
      ["Author", rule.author || "not stated"],
      ["Licence", rule.license || "not stated"],
      ["Status", rule.status],
      ["Meaning", rule.about],
      ["Condition", rule.condition],
      ["ATT&CK", rule.techniques.join(", ")],
      ["Also harmless", rule.harmless.join("; ")],
      ["File", rule.file],
      ["Id", rule.id],
    ].filter(([, text]) => text),
  );
}

function linksOf(pairs, more) {
  const items = pairs.map(([id, label]) => make("li", null, linkTo(id, prose(label))));
  if (more) items.push(make("li", null, `and ${number(more)} more`));
  return make("ul", { class: "links" }, items);
}

function weightsOf(weights) {
  return make(
    "ul",
    { class: "weights" },
    weights.map(([id, label, ratio, reason]) =>
      make(
        "li",
        null,
        make("b", null, factor(ratio)),
        " ",
        linkTo(id, id, " ", prose(label)),
        make("span", null, prose(reason)),
      ),
    ),
  );
}

function factor(ratio) {
  const size = Math.exp(Math.min(Math.abs(ratio), 20));
  return `${ratio >= 0 ? "×" : "÷"}${size >= 10 ? size.toFixed(0) : size.toFixed(1)}`;
}

// What rests on a file or a document rests on something told or found in it, or in what it holds.
function partsOf(card) {
  const files = filesIn(card);
  const rows = files.flatMap((file) => (file.kind === "Evidence" ? rowsOfFile(file.sha256) : []));
  const ids = files.flatMap(({ id }) => [id, ...(CARDS_BY.get(id) || [])]);
  const rules = rows.map((row) => DATA.rules[settingOf(row).rule]).filter(Boolean);
  return [[...ids, ...rows.map(idOf)], rules.map(({ id }) => id)];
}

function filesIn(card) {
  const held = (one) => card.kind === "Evidence" && one.inside === card.sha256;
  return [card, ...DATA.cards.filter(held).flatMap(filesIn)];
}

function reliersOf(ids, rules) {
  const [parts, theirs] = [new Set(ids), new Set(rules)];
  const reliers = DATA.cards.filter(
    (card) =>
      card.weights &&
      (card.rules.some((rule) => theirs.has(rule)) || card.basis.some(([id]) => parts.has(id))),
  );
  if (!reliers.length) return section("Who relies on it", unused());
  return section(
    "Who relies on it",
    linksOf(
      reliers.map((card) => [card.id, card.title]),
      0,
    ),
  );
}

function commandOf(id) {
  const record = id.replace(/^[ED]-(?=[0-9a-f]{64}$)/, "");
  const command = `stopa explain CASE ${record}`;
  const copy = make("button", { type: "button" }, "Copy");
  copy.addEventListener("click", () => copyText(command, copy));
  return section(
    "See for yourself",
    make("div", { class: "copy" }, make("code", { class: "command" }, given(command)), copy),
  );
}

function copyText(text, button) {
  const done = () => {
    button.textContent = "Copied";
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => {});
}

function unused() {
  return make("p", { class: "none" }, "No observation of the assessment rests on it.");
}

function notHere() {
  return make(
    "p",
    { class: "none" },
    "Not in this page; the command below shows it from the case.",
  );
}
