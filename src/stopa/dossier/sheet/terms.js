// Full text: which findings and told things hold each word, the records in this page included.
const MOST_TERMS = 30; // words of the filter that are looked for: a bit of a number each
const LOWERED = new Map(); // texts in lower case, made when they are first searched
const RECORDS = COLUMNS.quoted.reduce((sum, excerpt) => sum + (excerpt >= 0 ? 1 : 0), 0);
const FIELDS = COLUMNS.values.reduce((sum, values) => sum + (values.length ? 1 : 0), 0);

// Words in any order, or several as one in quotation marks.
function termsOf(words) {
  const found = [...words.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g)];
  return [...new Set(found.map(([, quoted, bare]) => quoted || bare))].slice(0, MOST_TERMS);
}

function lowered(name, texts) {
  if (!LOWERED.has(name))
    LOWERED.set(
      name,
      texts().map((text) => text.toLowerCase()),
    );
  return LOWERED.get(name);
}

// A bit for each of the words that a text holds.
function maskIn(text, terms) {
  let mask = 0;
  terms.forEach((term, bit) => {
    if (text.includes(term)) mask |= 1 << bit;
  });
  return mask;
}

function masksOf(texts, terms) {
  return Uint32Array.from(texts, (text) => maskIn(text, terms));
}

function rowMasks(terms) {
  const strings = masksOf(lowered("strings", () => COLUMNS.strings), terms);
  const excerpts = masksOf(lowered("excerpts", () => DATA.excerpts.map(([text]) => text)), terms);
  const settings = settingMasks(terms, strings);
  const ids = terms.length && COLUMNS.width ? COLUMNS.id.toLowerCase() : "";
  const masks = new Uint32Array(COUNT);
  for (let row = 0; row < COUNT; row += 1) {
    let mask = settings[COLUMNS.setting[row]] | (excerpts[COLUMNS.quoted[row]] || 0);
    for (const value of COLUMNS.values[row]) mask |= strings[value];
    masks[row] = mask;
  }
  markIds(masks, terms, ids);
  for (const [id, [, listed]] of Object.entries(DATA.members)) {
    const row = rowOf(id);
    for (const [place, , rules, quoted] of listed) {
      const named = [place, ...rules].join("\n").toLowerCase();
      masks[row] |= (excerpts[quoted] || 0) | maskIn(named, terms);
    }
  }
  return masks;
}

function settingMasks(terms, strings) {
  const rules = masksOf(lowered("rules", () => DATA.rules.map(textOfRule)), terms);
  const names = lowered("files", () => DATA.evidence.map((file) => file.join("\n")));
  const files = masksOf(names, terms);
  return COLUMNS.settings.map(
    ([rule, file, host, user]) =>
      (rules[rule] || 0) | (files[file] || 0) | (strings[host] || 0) | (strings[user] || 0),
  );
}

function textOfRule(rule) {
  return [rule.title, rule.id, rule.author, rule.level, rule.about, ...rule.techniques].join("\n");
}

function markIds(masks, terms, ids) {
  terms.forEach((term, bit) => {
    if (!COLUMNS.width) {
      COLUMNS.id.forEach((id, row) => {
        if (id.toLowerCase().includes(term)) masks[row] |= 1 << bit;
      });
      return;
    }
    for (let at = ids.indexOf(term); at >= 0; at = ids.indexOf(term, at + 1)) {
      const row = Math.floor(at / COLUMNS.width);
      if (at + term.length <= (row + 1) * COLUMNS.width) masks[row] |= 1 << bit;
    }
  });
}

function cardMask(card, terms) {
  if (!terms.length) return 0;
  if (!LOWERED.has(card)) LOWERED.set(card, textOfCard(card).toLowerCase());
  return maskIn(LOWERED.get(card), terms);
}

function textOfCard(card) {
  const passage = DATA.excerpts[card.quoted];
  const rows = card.rows.map(([, text]) => text);
  const own = [card.id, card.title, card.paper || "", card.place || "", card.sha256 || ""];
  return [...own, ...rows, ...(card.marks || []), passage ? passage[0] : ""].join("\n");
}
