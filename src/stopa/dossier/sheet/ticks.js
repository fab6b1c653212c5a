// Why a rule matched: its condition as the author wrote it, each part ticked, with the value found.
const JOINS = { "all of": "all of these", "any of": "any of these", not: "not" };
const ANY_FIELD = "*";

function byAuthor(rule) {
  const author = given(rule.author || "an author who is not stated");
  return make("p", { class: "by" }, "A condition by ", author);
}

// Parts come in reading order; how deep each lies says under which it belongs.
function conditionTree({ source, parts }) {
  const top = make("ul", { class: "ticks" }, sourceItem(source));
  const lists = [top];
  for (const part of parts) {
    lists.length = Math.min(part.depth + 1, lists.length);
    const item = partItem(part);
    lists[lists.length - 1].append(item);
    if (part.join in JOINS) {
      const below = make("ul", null);
      item.append(below);
      lists.push(below);
    }
  }
  return top;
}

function sourceItem(source) {
  const named = make("b", null, "log source");
  return make("li", { class: "holds" }, sign(true), named, " ", given(source));
}

function partItem(part) {
  if (part.join === "more")
    return make("li", { class: "more" }, `and ${part.what} more, of which none is found here`);
  const words = part.join in JOINS ? joinWords(part) : testWords(part);
  return make("li", { class: part.holds ? "holds" : "fails" }, sign(part.holds), ...words);
}

function joinWords({ join, what }) {
  const words = make("small", null, JOINS[join]);
  return what ? [make("b", null, given(what)), " ", words] : [words];
}

function testWords({ what, field, found }) {
  const name = field === ANY_FIELD ? "any field" : field;
  const asked = [
    name ? make("span", { class: "field" }, given(name)) : null,
    " ",
    make("span", { class: "asked" }, given(what)),
  ];
  if (!found || !found.value) return asked;
  const where = field === ANY_FIELD ? [given(found.field), " "] : [];
  return [...asked, make("span", { class: "found" }, ...where, foundMark(found.value))];
}

function foundMark(value) {
  return make("mark", null, given(value));
}

function sign(holds) {
  const told = make("i", null, holds ? "holds: " : "does not hold: ");
  return make("span", { class: "sign" }, holds ? "✓" : "✗", told);
}

// What a rule matched where its condition was not kept: the fields alone.
function tickedOf(matched) {
  if (!matched.length) return notHere();
  return make(
    "ul",
    { class: "ticks" },
    matched.map(({ field, predicate, value }) => {
      const words = testWords({ what: predicate, field, found: { field, value } });
      return make("li", { class: "holds" }, sign(true), ...words);
    }),
  );
}

function countedOf({ count, listed }) {
  const items = listed.map(countedItem);
  const left = count - listed.length;
  if (left) items.push(make("li", { class: "more" }, `and ${number(left)} more, in dossier.json`));
  return make("ol", { class: "counted" }, items);
}

function countedItem({ place, time, rules, excerpt }) {
  const named = make(
    "p",
    null,
    make("span", { class: "when" }, Number.isNaN(time) ? "no time" : stamp(time)),
    ...rules.flatMap((rule) => [" ", prose(rule)]),
    make("small", null, given(place)),
  );
  return make("li", null, named, excerpt ? foldedRecord(excerpt) : null);
}

function foldedRecord(excerpt) {
  const folded = make("details", null, make("summary", null, "The record"));
  folded.addEventListener("toggle", () => {
    if (folded.children.length === 1) folded.append(...[rawText(excerpt, [], "")].flat());
  });
  return folded;
}
