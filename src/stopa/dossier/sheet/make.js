// Nodes from nested calls. A string child is one of our own words; evidence goes through `given`.
const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function picture(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function linkTo(id, ...children) {
  return make("a", { href: `#${encodeURIComponent(id)}` }, ...children);
}

function rowsOf(pairs) {
  return make(
    "dl",
    null,
    pairs.flatMap(([name, text]) => [make("dt", null, name), make("dd", null, prose(text))]),
  );
}

function section(heading, ...children) {
  return [make("h3", null, heading), ...children.flat()];
}
