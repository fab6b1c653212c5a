// The rules by name under how far they came: the filter says how many of each group are left.
const FEW_RULES = 30; // left by the filter, at most, for their groups to unfold
const LOOKED = [...document.querySelectorAll("details.looked")].map((node) => ({
  node,
  reach: node.closest(".reach"),
  rules: [...node.querySelectorAll("li")],
  held: node.querySelector(".held"),
  all: Number(node.dataset.rules),
}));

function refreshApplied() {
  const left = LOOKED.map(({ node, rules }) =>
    node.hidden ? 0 : rules.filter((rule) => !rule.hidden).length,
  );
  const whole = left.every((count, at) => count === LOOKED[at].rules.length);
  const found = left.reduce((sum, count) => sum + count, 0);
  LOOKED.forEach(({ node, reach, held, all }, at) => {
    held.textContent = whole ? number(all) : `${number(left[at])} of ${number(all)}`;
    if (!whole && found <= FEW_RULES && left[at]) node.open = reach.open = true;
  });
}
