// From observations to explanations and their matrix, as attribution/ comes to them: how far the
// evidence reaches, whether names and ways of working agree, who shares the belief.
const TECHNICAL = ["technique", "software"];
const OPEN = "software that anyone can obtain";
const OWN = "malware of one known user";
const CONFIRMED = "1";
const AGAINST = { I: 1, II: 2 };
// The kinds of explanation in the order of the model: ties are broken by it.
const KIND = {
  actor: "known actor",
  unlisted: "known actor, not listed",
  flag: "false flag",
  shared: "shared or bought tooling",
  borrowed: "compromised infrastructure",
  contractor: "contractor of the same state",
  undetermined: "cannot be told",
};
const KIND_ORDER = Object.values(KIND);

// The observations without some (a set of ids), and without what these alone bore out of others;
// `independent`: only what is still borne out by a root that does not go back to the first.
function leave(observations, gone, independent) {
  const kept = observations.filter((o) => !gone.has(o.id));
  const same = (o) => JSON.stringify([o.kind, o.value]);
  const roots = new Map();
  for (const o of kept) if (o.alone !== null) roots.set(same(o), (roots.get(same(o)) || 0) + 1);
  const left = kept.map((o) =>
    o.alone !== null && roots.get(same(o)) < 2
      ? { ...o, credibility: o.alone, weight: o.weight_alone, alone: null }
      : o,
  );
  return independent ? left.filter((o) => o.credibility === CONFIRMED) : left;
}

// What observations that are left come to. `level`: every known actor is as probable beforehand.
function reckon(book, left, level) {
  const own = level ? book.own.map(() => 0) : book.own;
  const ground = grounds(book, left);
  const items = ground.items;
  const clash = clashOf(book, items, own);
  if (clash.actor !== null && !clash.supported)
    ground.reach = SIX(
      Math.min(ground.reach, book.C.REACH_TECHNIQUES * ground.amount * ground.single),
    );
  const ranking = ranked(book, items, own);
  const shares = items.size
    ? sharesAfter(
        book,
        ground,
        ranking,
        clash,
        left.some((o) => o.kind === "indicator"),
      )
    : sharesOf(book, priorShares(book));
  const hypotheses = explanations(book, ranking, shares, left);
  const matrix = matrixOf(book, left, hypotheses, ranking, ground);
  return { hypotheses, matrix, shares, ranking, clash };
}

function grounds(book, left) {
  const { C } = book;
  const technical = left.filter((o) => TECHNICAL.includes(o.kind));
  const items = new Map();
  for (const o of [...technical].sort((one, other) => (one.value < other.value ? -1 : 1)))
    items.set(o.value, Math.max(items.get(o.value) || 0, o.weight));
  const sorts = [...items.keys()].map((id) => book.items.get(id).sort);
  const count = (sort) => sorts.filter((one) => one === sort).length;
  const held = {
    exclusive: count(OWN),
    shared: count("malware of several"),
    public: count(OPEN),
  };
  const techniques = [...items].filter(([id]) => id.startsWith("T"));
  const breadth = sum(techniques.map(([, weight]) => weight));
  const roots = new Set(technical.map((o) => o.root)).size;
  const squares = [...items].map(([id, weight]) => {
    const open = book.items.get(id).sort === OPEN;
    return (weight * (open ? C.PUBLIC : 1)) ** 2;
  });
  const amount = 1 - Math.exp(-sum(squares) / C.ENOUGH);
  const single = breadth ? Math.min(1, C.BROADEST / breadth) ** 2 : 1;
  let reach = C.REACH_TECHNIQUES;
  if (held.public) reach = C.REACH_PUBLIC;
  if (held.shared) reach = C.REACH_SHARED;
  if (held.exclusive) reach = roots > 1 ? C.REACH_CORROBORATED : C.REACH_EXCLUSIVE;
  return { items, held, amount, single, reach: items.size ? SIX(reach * amount * single) : 0 };
}

// Whether what is cheap to plant and what is hard to plant point at different actors.
function clashOf(book, items, own) {
  const { C } = book;
  const known = [...items].filter(([id]) => {
    const item = book.items.get(id);
    return item.users.length && item.sort !== OPEN;
  });
  const software = new Map(known.filter(([id]) => id.startsWith("S")));
  const technique = new Map(known.filter(([id]) => id.startsWith("T")));
  if (!software.size) return { actor: null, supported: false, score: 0 };
  const belief = (some) => softmax(scoreOf(book, features(book, meet(book, some)), own));
  const prior = softmax(own);
  const byName = belief(software);
  const leader = byName.indexOf(most(byName));
  const byWay = technique.size ? belief(technique) : prior;
  let support = Math.log(byWay[leader] / prior[leader]);
  if (most(byWay) >= C.OTHER && byWay[leader] < C.LESS * most(byWay))
    support = Math.min(support, 0);
  const alone = [...software.keys()].map((id) => book.items.get(id).users);
  const owners = new Set(alone.filter((users) => users.length === 1).map(([user]) => user)).size;
  const told = sum(byName.map((value, at) => Math.abs(value - prior[at]))) / 2;
  let score = 0;
  if (technique.size && owners > 1) score = 1;
  else if (technique.size && told >= C.TOLD)
    score = 1 / (1 + Math.exp((support - C.SUPPORT) / C.STEEPNESS));
  support = SIX(support);
  return { actor: leader, supported: support >= C.SUPPORT && owners <= 1, score: SIX(score) };
}

function priorShares({ C }) {
  return [1 - C.UNDECIDED, C.UNLISTED, C.FALSE_FLAG, C.SHARED_TOOLING, C.COMPROMISED];
}

function sharesAfter(book, ground, ranking, clash, indicators) {
  const { C } = book;
  const { held } = ground;
  const software = held.public + held.shared + held.exclusive;
  const common = software ? (held.public + C.COMMON_IF_SHARED * held.shared) / software : 0;
  return sharesOf(book, [
    Math.max(1 - C.UNDECIDED, ground.reach),
    ranking.unknown,
    C.FALSE_FLAG + (C.RAISED - C.FALSE_FLAG) * clash.score,
    C.SHARED_TOOLING + (C.RAISED - C.SHARED_TOOLING) * common,
    C.COMPROMISED + (indicators ? C.BORROWED : 0),
  ]);
}

function sharesOf({ C }, [decided, unlisted, flag, shared, compromised]) {
  const known = decided * (1 - unlisted);
  return {
    actors: known * (1 - (flag + shared + compromised + C.CONTRACTOR)),
    unlisted: decided * unlisted,
    false_flag: known * flag,
    shared_tooling: known * shared,
    compromised: known * compromised,
    contractor: known * C.CONTRACTOR,
    undetermined: 1 - decided,
  };
}

// All explanations, the likeliest first; `told` is false while most belief stays undecided.
function explanations(book, ranking, shares, left) {
  const before = sharesOf(book, priorShares(book));
  const listed = ranking.ratios.size ? ranking.order.slice(0, book.C.SHOWN) : [];
  const accused = ranking.order.filter((at) => book.named.includes(book.contenders[at].actor));
  const shown = [...new Set([...listed, ...accused])];
  const rest = (some) => Math.max(0, 1 - sum(shown.map((at) => some[at])));
  const first = shown.length && ranking.ratios.size ? book.contenders[shown[0]] : null;
  const now = { ...shares, unlisted: shares.unlisted + shares.actors * rest(ranking.chance) };
  const then = { ...before, unlisted: before.unlisted + before.actors * rest(ranking.prior) };
  const told = shares.undetermined <= book.C.MOOT;
  const actors = shown.map((at) => ({
    kind: KIND.actor,
    actor: book.contenders[at].actor,
    label: book.contenders[at].label,
    posterior: SIX(shares.actors * ranking.chance[at]),
    prior: SIX(before.actors * ranking.prior[at]),
    weights: ratiosFor(ranking, left, at),
    told,
  }));
  const rivals = book.rivals.map(([kind, share, label]) => ({
    kind,
    actor: null,
    label: named(label, first),
    posterior: SIX(now[share]),
    prior: SIX(then[share]),
    weights: [],
    told,
  }));
  const order = (one, other) =>
    other.posterior - one.posterior ||
    KIND_ORDER.indexOf(one.kind) - KIND_ORDER.indexOf(other.kind) ||
    (one.label < other.label ? -1 : 1);
  return [...actors, ...rivals].sort(order);
}

function named(label, leader) {
  const contractor =
    leader && leader.state ? `a contractor or another organ of ${leader.state}` : "a contractor";
  return label
    .replace("{name}", leader ? leader.name : "a known actor")
    .replace("{of_state}", contractor);
}

function ratiosFor(ranking, left, at) {
  const weights = left
    .filter((o) => ranking.ratios.has(o.value))
    .map((o) => ({ observation: o.id, ratio: ranking.ratios.get(o.value)[at] }));
  return weights.sort(
    (one, other) =>
      Math.abs(other.ratio) - Math.abs(one.ratio) || (one.observation < other.observation ? -1 : 1),
  );
}

// The matrix: what each observation does to each explanation, in natural logs; null where nothing.
function matrixOf(book, left, hypotheses, ranking, ground) {
  const { C } = book;
  const first = hypotheses.find((one) => one.kind === KIND.actor);
  const leader = first ? book.place.get(first.actor) : null;
  const of = (value, at) =>
    ranking.ratios.has(value) && at !== null ? ranking.ratios.get(value)[at] : 0;
  const exclusive = (id) => ground.items.has(id) && book.items.get(id).sort === OWN;
  const rows = left.map((o) => {
    const values = hypotheses.map((one) => valueOf(o, one));
    const told = values.filter((value) => value !== null);
    return {
      observation: o,
      marks: values.map(mark),
      diagnosticity: told.length ? spread(told) : 0,
    };
  });
  const speaks = (row, at) => (AGAINST[row.marks[at]] || 0) * row.observation.weight;
  const against = hypotheses.map((_, at) => SIX(sum(rows.map((row) => speaks(row, at)))));
  rows.sort(
    (one, other) =>
      other.diagnosticity - one.diagnosticity ||
      (one.observation.id < other.observation.id ? -1 : 1),
  );
  return { rows, against };

  function spread(told) {
    return SIX(most(told) + most(told.map((value) => -value)));
  }

  function valueOf(o, one) {
    if (one.kind === KIND.undetermined) return null;
    const at = one.actor === null ? null : book.place.get(one.actor);
    if (o.kind === "victim") return at !== null && o.victims.includes(at) ? C.WEAK : 0;
    if (o.kind === "indicator") return one.kind === KIND.borrowed ? C.WEAK : 0;
    if (!TECHNICAL.includes(o.kind)) return null;
    return at !== null ? of(o.value, at) : ofRival(o, one.kind);
  }

  function ofRival(o, kind) {
    const points = of(o.value, leader);
    const own = exclusive(o.value);
    if (kind === KIND.contractor) return points;
    if (kind === KIND.flag) return o.forgeability === "high" ? Math.min(points, C.STRONG) : -points;
    if (kind === KIND.shared) {
      if (o.kind === "software") return own ? -points : Math.max(points, C.WEAK);
      return -points / 2;
    }
    if (kind === KIND.unlisted) return own ? -C.STRONG : -points / 2;
    return 0;
  }

  function mark(value) {
    if (value === null) return "NA";
    if (value >= C.STRONG) return "CC";
    if (value >= C.WEAK) return "C";
    if (value <= -C.STRONG) return "II";
    return value <= -C.WEAK ? "I" : "N";
  }
}
