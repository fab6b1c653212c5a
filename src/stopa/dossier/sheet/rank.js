// The ranking done again, from the numbers that the dossier holds: as attribution/ does it, and a
// test holds the two against each other. Pure: nothing here touches the page.
const SIX = (value) => Math.round(value * 1e6) / 1e6;
const sum = (values) => values.reduce((total, value) => total + value, 0);
const most = (values) => values.reduce((high, value) => Math.max(high, value), -Infinity);

// The book: the dossier's numbers with what never changes worked out once.
function openBook(numbers) {
  const constants = Object.fromEntries(numbers.constants);
  const length = numbers.contenders.map((one) => one.length);
  const whole = { length: sum(length), mean: sum(length) / length.length };
  return {
    ...numbers,
    C: constants,
    W: Object.fromEntries(numbers.weights),
    known: Object.fromEntries(numbers.known),
    length,
    own: numbers.contenders.map((one) => one.own),
    place: new Map(numbers.contenders.map((one, at) => [one.actor, at])),
    items: new Map(numbers.items.map((item) => [item.id, { ...item, ...scored(item) }])),
  };

  // What one sighting of an item adds for each contender, before weight and damping.
  function scored(item) {
    const { K1, B, SMOOTHING } = constants;
    if (!item.users.length) return { add: null, into: null };
    if (item.common) {
      const share = sum(item.counts) / whole.length;
      const own = new Float64Array(length.length);
      item.users.forEach((user, at) => (own[user] = item.counts[at]));
      const ratio = (count, at) => Math.log((count / share + SMOOTHING) / (length[at] + SMOOTHING));
      return { add: own.map(ratio), into: "tool" };
    }
    const add = new Float64Array(length.length);
    item.users.forEach((user, at) => {
      const count = item.counts[at];
      const long = K1 * (1 - B + (B * length[user]) / whole.mean);
      add[user] = (item.rarity * count * (K1 + 1)) / (count + long);
    });
    return { add, into: item.id.startsWith("S") ? "malware" : "technique" };
  }
}

// How a set of items (id -> weight) meets every contender's reports.
function meet(book, items) {
  const { C } = book;
  const whole = Math.max(1, sum([...items.values()]));
  const met = {
    damping: Math.pow(whole, C.DAMPING),
    longer: Math.log(whole / C.TYPICAL),
    sums: {
      technique: zeros(book),
      malware: zeros(book),
      tool: zeros(book),
      exclusive: zeros(book),
    },
    dot: new Float64Array(book.papers.length),
    size: 0,
  };
  for (const [id, weight] of items) take(book, met, id, weight, 1);
  return met;
}

function zeros(book) {
  return new Float64Array(book.contenders.length);
}

// Add an item to what a set comes to, or (sign -1) take it out.
function take(book, met, id, weight, sign) {
  const item = book.items.get(id);
  if (!item.users.length) {
    met.size += sign * (weight * book.C.NEVER) ** 2;
    return;
  }
  const into = met.sums[item.into];
  item.add.forEach((add, at) => (into[at] += (sign * (weight * add)) / met.damping));
  if (item.into === "malware" && item.users.length === 1)
    met.sums.exclusive[item.users[0]] += sign * weight;
  for (const paper of item.papers) met.dot[paper] += sign * (weight * item.rarity ** 2);
  met.size += sign * (weight * item.rarity) ** 2;
}

function minus(book, met, id, weight) {
  const copied = Object.entries(met.sums).map(([name, values]) => [name, values.slice()]);
  const left = { ...met, sums: Object.fromEntries(copied), dot: met.dot.slice() };
  take(book, left, id, weight, -1);
  return left;
}

// The features of every contender that items change.
function features(book, met) {
  const { C } = book;
  const root = Math.sqrt(Math.max(met.size, C.TINY));
  const nearest = zeros(book);
  const fits = Float64Array.from(book.contenders, (one) => one.idle);
  book.papers.forEach((paper, at) => {
    const alike = Math.max(met.dot[at], 0) / (Math.max(paper.norm, C.TINY) * root);
    nearest[paper.of] = Math.max(nearest[paper.of], alike);
    fits[paper.of] += Math.exp(C.SHARPNESS * alike - paper.faded);
  });
  return {
    technique: met.sums.technique,
    malware: met.sums.malware,
    tool: met.sums.tool,
    exclusive: met.sums.exclusive.map((value) => Math.log1p(Math.max(value, 0))),
    nearest,
    similar: fits.map(Math.log),
    breadth: Float64Array.from(book.contenders, (one) => one.items * met.longer),
  };
}

function scoreOf(book, columns, own) {
  const used = Object.keys(columns).filter((name) => book.W[name]);
  return own.map((base, at) => base + sum(used.map((name) => book.W[name] * columns[name][at])));
}

function softmax(score) {
  const top = most(score);
  const powers = score.map((value) => Math.exp(value - top));
  const whole = sum(powers);
  return powers.map((power) => power / whole);
}

// Probabilities whose largest is what such a largest one proved to be worth.
function calibrated(book, score) {
  const { C, calibration } = book;
  if (!calibration.length) return softmax(score);
  const aim = between(calibration, most(softmax(score)));
  const top = most(score);
  let [cold, hot] = [C.COLDEST, C.HOTTEST];
  for (let step = 0; step < C.HALVINGS; step += 1) {
    const middle = (cold + hot) / 2;
    const behind = score.map((value) => Math.exp((value - top) * Math.exp(-middle)));
    if (aim * sum(behind) < 1) cold = middle;
    else hot = middle;
  }
  return softmax(score.map((value) => value / Math.exp(hot)));
}

function between(points, value) {
  if (value <= points[0][0]) return points[0][1];
  for (let at = 1; at < points.length; at += 1) {
    const [[from, low], [to, high]] = [points[at - 1], points[at]];
    if (value < to) return low + ((high - low) / (to - from)) * (value - from);
  }
  return points[points.length - 1][1];
}

// Contenders by probability, and the probability that it is none of them. `own` is what each has
// before the evidence.
function ranked(book, items, own) {
  const seen = [...items.keys()].some((id) => book.items.get(id).users.length);
  const met = meet(book, items);
  const columns = features(book, met);
  const score = scoreOf(book, columns, own);
  const prior = softmax(own);
  const raw = seen ? softmax(score) : prior;
  const chance = seen ? calibrated(book, score) : prior;
  const order = [...chance.keys()].sort((one, other) => chance[other] - chance[one] || one - other);
  return {
    order,
    chance: chance.map(SIX),
    prior: prior.map(SIX),
    unknown: SIX(unknown(book, items, columns, raw)),
    ratios: ratiosOf(book, items, met, score, prior, own),
  };
}

// What each item does to each contender: the score with it less the score without, against all.
function ratiosOf(book, items, met, score, prior, own) {
  const ratios = new Map();
  for (const [id, weight] of items) {
    if (!book.items.get(id).users.length) continue;
    const less = scoreOf(book, features(book, minus(book, met, id, weight)), own);
    const change = score.map((value, at) => value - less[at]);
    const mean = Math.log(sum(change.map((value, at) => prior[at] * Math.exp(value))));
    ratios.set(
      id,
      change.map((value) => SIX(value - mean)),
    );
  }
  return ratios;
}

// The probability that the actor is none of those known, by what tells a set that fits nobody.
function unknown(book, items, columns, chance) {
  const { C } = book;
  const leader = chance.indexOf(most(chance));
  const logs = [...chance]
    .sort((one, other) => other - one)
    .map((one) => Math.log(Math.max(one, C.LEAST)));
  const at = (place) => logs[Math.min(place, logs.length - 1)];
  const alone = columns.exclusive.filter((value) => value > 0).length;
  const entries = [...items].map(([id, weight]) => ({ weight, item: book.items.get(id) }));
  const unseen = entries.filter(
    ({ item }) => item.id.startsWith("S") && !item.common && !item.users.length,
  );
  const found = {
    top: at(0),
    margin: at(0) - at(1),
    field: at(0) - at(C.FIELD),
    nearest: columns.nearest[leader],
    exclusive: columns.exclusive[leader],
    technique: columns.technique[leader],
    cover: cover(book, entries, leader),
    size: Math.log1p(sum([...items.values()])),
    others: alone - (columns.exclusive[leader] > 0 ? 1 : 0),
    unseen: Math.log1p(sum(unseen.map(({ weight }) => weight))),
  };
  const terms = Object.entries(found).map(([name, value]) => book.known[name] * value);
  const score = book.known.constant + sum(terms);
  return 1 / (1 + Math.exp(Math.max(-50, Math.min(50, score))));
}

function cover(book, entries, leader) {
  const value = ({ weight, item }) => weight * (item.users.length ? item.rarity : book.C.NEVER);
  const whole = sum(entries.map(value));
  const shared = sum(entries.filter(({ item }) => item.users.includes(leader)).map(value));
  return whole ? shared / whole : 0;
}
