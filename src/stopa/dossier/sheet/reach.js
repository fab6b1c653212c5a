// What the filter makes of every entry of every view, by its words, its dates and what it cites.
const KEPT = "#brief, #attack, #hypotheses"; // here entries are dimmed: the whole is about the case
const DIMMED = "main .chip, main .stance, main [data-cites]:not([data-find])";
const NOTHING = { holds: 0, passes: false, within: null, fits: false, known: true };
const ENTRIES = entriesOf(document);
const ENTRY_BY_ID = new Map(ENTRIES.filter((one) => one.node.id).map((one) => [one.node.id, one]));
const CITING = [...document.querySelectorAll(DIMMED)].map((node) => ({ node, ids: idsOf(node) }));
const TALLIES = [...document.querySelectorAll("[data-tally]")].map((node) => ({
  node,
  groups: node.dataset.tally.split(" ").filter(Boolean).map((ids) => ids.split("+").map(unescaped)),
  told: node.textContent,
}));
const SAID_ONLY = [...document.querySelectorAll("[data-said]:not([data-find])")];
const CARDS_BY = groupedCards();
const WHOLE = "whole "; // before the id of a document: with all that it says, not its head alone
let verdicts = new Map(); // by id, since the filter last changed

function entriesOf(root) {
  const nodes = [...root.querySelectorAll("[data-find]")].filter(
    (node) => !node.matches("details.rule"),
  );
  const entries = new Map(nodes.map((node) => [node, newEntry(node)]));
  for (const entry of entries.values()) {
    entry.above = entries.get(entry.node.parentElement.closest("[data-find]")) || null;
    if (entry.above) entry.above.nested.push(entry);
  }
  return [...entries.values()];
}

function newEntry(node) {
  const { first, last, said, saidLast } = node.dataset;
  return {
    node,
    view: node.closest(".view").id,
    kept: Boolean(node.closest(KEPT)),
    about: first ? [Number(first), Number(last)] : null,
    said: said ? [Number(said), Number(saidLast)] : null,
    nested: [],
    cites: null,
    text: null,
  };
}

// What an entry cites itself, not what entries within it cite.
function citesOf(entry) {
  const links = [...entry.node.querySelectorAll("a[href^='#'], [data-cites]")];
  const own = links.filter((node) => node.closest("[data-find]") === entry.node);
  const ids = [entry.node, ...own].flatMap(idsOf);
  const { id } = entry.node;
  const named = judgeable(id) ? [id.startsWith("D-") ? WHOLE + id : id] : [];
  const cited = [...new Set(ids.filter((one) => one !== id))];
  const about = cited.length === 1 && cited[0].startsWith("D-") && !entry.nested.length;
  return [...named, ...(about ? [WHOLE + cited[0]] : cited)];
}

function idsOf(node) {
  if (node.dataset.cites !== undefined) return idsIn(node.dataset.cites);
  return node.hash ? [unescaped(node.hash.slice(1))] : [];
}

function idsIn(list) {
  return list.split(" ").filter(Boolean).map(unescaped);
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function groupedCards() {
  const by = new Map();
  const put = (key, card) => {
    if (!by.has(key)) by.set(key, []);
    by.get(key).push(card.id);
  };
  for (const card of DATA.cards) {
    if (!("quoted" in card)) continue;
    if (card.root) put(card.root, card);
    if (card.document) put(card.document, card);
    put(`E-${card.sha256}`, card);
  }
  for (const claim of DATA.claims) by.set(claim.id, claim.statements);
  return by;
}

function judgeEntries() {
  verdicts = new Map();
  for (const entry of ENTRIES) entry.verdict = null;
  for (const entry of ENTRIES) showEntry(entry, judged(entry));
  for (const { node, ids } of CITING)
    node.classList.toggle("out", ids.length > 0 && ids.every(fails));
  for (const node of SAID_ONLY) node.hidden = Number(node.dataset.said) / 1000 > FILTER.known;
  for (const one of TALLIES) showTally(one);
  for (const box of document.querySelectorAll(".scroll")) showTable(box);
}

function fails(id) {
  const verdict = verdictOf(id);
  return verdict !== null && !verdict.passes;
}

function showEntry({ node, kept }, { passes: lets }) {
  if (kept) node.classList.toggle("out", !lets);
  else node.hidden = !lets;
  const next = node.nextElementSibling;
  if (next && next.matches("tr.problems")) next.hidden = node.hidden;
}

// A table of which nothing passes says so.
function showTable(box) {
  const rows = [...box.querySelectorAll("tr[data-find]")];
  const empty = rows.length > 0 && rows.every((row) => row.hidden);
  const note = box.nextElementSibling;
  const noted = Boolean(note && note.matches(".nothing"));
  box.hidden = empty;
  const told = `None of ${number(rows.length)} here passes the filter.`;
  if (empty && !noted) box.after(make("p", { class: "nothing" }, told));
  if (!empty && noted) note.remove();
}

function showTally({ node, groups, told }) {
  const [left, all] = groups.map(tallied).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  node.textContent = left < all ? `${number(left)} of ${told}` : told;
}

// How many findings of a rule pass; of other things each counts once, by any of what makes it.
function tallied(ids) {
  const rows = rowsOfRule(ids[0]);
  if (rows) return [rows.filter(passes).length, rows.length];
  return [ids.every(fails) ? 0 : 1, 1];
}

// The rows of `U-` and a rule's id; null for any other id.
function rowsOfRule(id) {
  const at = id.startsWith("U-") ? RULE_AT.get(id.slice(2)) : undefined;
  return at === undefined ? null : ROWS_OF_RULE[at];
}

// An entry passes by what it cites or by its own dates, and by words that either holds.
function judged(entry) {
  if (entry.verdict) return entry.verdict;
  entry.verdict = NOTHING; // while it is being judged
  const holds = heldBy(entry);
  entry.cites = entry.cites || citesOf(entry);
  const cited = entry.cites.map(verdictOf).filter(Boolean);
  const inside = entry.nested.map(judged);
  const all = [...cited, ...inside];
  const known = isKnown(entry.said);
  const dated = (entry.about || entry.said) && !judgeable(entry.node.id);
  const here = known && (dated ? byDates(entry, holds, all) : byCites(holds, all));
  entry.verdict = {
    holds: all.reduce((mask, one) => mask | one.holds, holds),
    passes: known && (here || inside.some((one) => one.passes)),
    within: known && all.length ? all.some((one) => one.within) : null,
    fits: all.some((one) => one.fits),
    known,
  };
  return entry.verdict;
}

function byDates({ about, said }, holds, all) {
  const held = all.reduce((mask, one) => mask | one.holds, holds);
  const fit = !FILTER.facets.size || all.some((one) => one.fits);
  const known = !all.length || all.some((one) => one.known);
  return inTime(about, said) === true && known && fit && held === whole;
}

// What has no date and cites nothing stays in any span, but belongs to no facet.
function byCites(holds, all) {
  if (!all.length) return holds === whole && !FILTER.facets.size;
  return all.some((one) => one.passes || (one.within && (holds | one.holds) === whole));
}

// The words that stand in an entry itself, and in what it is part of.
function heldBy(entry) {
  if (!terms.length) return 0;
  if (entry.text === null) entry.text = ownText(entry.node).toLowerCase();
  return maskIn(entry.text, terms) | (entry.above ? heldBy(entry.above) : 0);
}

function ownText(node) {
  const parts = [];
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) parts.push(child.data);
    else if (!child.matches || !child.matches("[data-find]")) parts.push(ownText(child));
  }
  const next = node.nextElementSibling;
  if (next && next.matches && next.matches("tr.problems")) parts.push(next.textContent);
  return parts.join("");
}

function judgeable(id) {
  return CARDS.has(id) || CARDS_BY.has(id) || rowOf(id) >= 0;
}

// What the filter makes of anything that has an id; null for what it does not know.
function verdictOf(id) {
  if (!verdicts.has(id)) {
    verdicts.set(id, null);
    verdicts.set(id, newVerdict(id));
  }
  return verdicts.get(id);
}

function newVerdict(id) {
  const row = rowOf(id);
  if (row >= 0) return rowVerdict(row);
  if (id.startsWith(WHOLE)) return wholeVerdict(CARDS.get(id.slice(WHOLE.length)));
  if (id === "findings") return union(NOTHING, [anyOf(ALL_ROWS)]);
  if (id === "coverage") return union(verdictOf("findings"), TOLD_CARDS.map(verdictOfCard));
  const rows = rowsOfRule(id);
  if (rows) return anyOf(rows);
  if (CARDS.has(id)) return cardVerdict(CARDS.get(id));
  if (CARDS_BY.has(id)) return union(NOTHING, CARDS_BY.get(id).map(verdictOf));
  return ENTRY_BY_ID.has(id) ? judged(ENTRY_BY_ID.get(id)) : null;
}

function verdictOfCard(card) {
  return verdictOf(card.id);
}

const ALL_ROWS = Array.from({ length: COUNT }, (_, row) => row);

function rowVerdict(row) {
  const lies = within === null || within[row] === 1;
  const holds = holding === null ? whole : holding[row];
  const fit = fits(valuesOfRow(row));
  return { holds, within: lies, passes: lies && holds === whole, fits: fit, known: true };
}

function anyOf(rows) {
  const some = rows.length > 0;
  if (passing === null)
    return { holds: whole, within: some ? true : null, passes: some, fits: some, known: some };
  const verdict = { ...NOTHING, within: some ? false : null, known: some };
  for (const row of rows) {
    if (holding !== null) verdict.holds |= holding[row];
    if (passing[row]) verdict.passes = true;
    if (within[row]) verdict.within = true;
  }
  verdict.fits = verdict.within || rows.some((row) => fits(valuesOfRow(row)));
  return verdict;
}

function valuesOfRow(row) {
  return valuesOfSetting(COLUMNS.setting[row]);
}

function cardVerdict(card) {
  const own = ownVerdict(card);
  if (card.weights) return union(own, basisOf(card).map(verdictOf));
  if (card.kind === "Evidence") {
    const told = CARDS_BY.get(card.id) || [];
    return union(own, [anyOf(rowsOfFile(card.sha256)), ...told.map(verdictOf)]);
  }
  return own;
}

function wholeVerdict(card) {
  if (!card) return null;
  return union(cardVerdict(card), (CARDS_BY.get(card.id) || []).map(verdictOf));
}

function basisOf(card) {
  return [...card.basis.map(([id]) => id), ...card.rules.map((rule) => `U-${rule}`)];
}

function ownVerdict(card) {
  const said = saidOf(card);
  const holds = cardMask(card, terms);
  const fit = fits(valuesOfCard(card));
  const known = isKnown(said);
  const lies = known && fit && inTime(card.about, said);
  return { holds, within: lies, passes: lies === true && holds === whole, fits: fit, known };
}

// A whole passes where one of its parts does; by its own dates only where no part has any.
function union(own, all) {
  const parts = all.filter(Boolean);
  const holds = parts.reduce((mask, part) => mask | part.holds, own.holds);
  const dated = parts.filter((part) => part.within !== null);
  if (!dated.length) return { ...own, holds };
  return {
    holds,
    within: dated.some((part) => part.within) || own.within,
    fits: own.fits || parts.some((part) => part.fits),
    known: own.known && parts.some((part) => part.known),
    passes:
      own.passes ||
      parts.some((part) => part.passes || (part.within && (own.holds | part.holds) === whole)),
  };
}

// What a document says was said when it was published.
function saidOf(card) {
  const document_ = card.kind === "Evidence" ? `D-${card.sha256}` : card.document;
  const paper = document_ ? CARDS.get(document_) : null;
  return card.said || (paper ? paper.said : null);
}
