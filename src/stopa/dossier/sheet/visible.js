// Text from evidence becomes nodes here and nowhere else: never markup, hidden characters marked.
const GLYPHS = { "\n": "↵", "\t": "⇥" };

function given(text) {
  return marked(text, hiddenInLine());
}

// Running text: a break in it is a space, as in any paragraph.
function prose(text) {
  return given(String(text).replace(/[ \t\n]*[\t\n][ \t\n]*/g, " "));
}

function givenBlock(text) {
  return marked(text, hiddenInBlock());
}

let patterns = null;
function hiddenInLine() {
  patterns = patterns || [
    new RegExp(`([${DATA.hidden}\n\t])`, "u"),
    new RegExp(`([${DATA.hidden}])`, "u"),
  ];
  return patterns[0];
}

function hiddenInBlock() {
  hiddenInLine();
  return patterns[1];
}

function marked(text, hidden) {
  const isolated = document.createElement("bdi");
  String(text)
    .split(hidden)
    .forEach((part, place) => {
      if (place % 2) {
        const mark = document.createElement("i");
        mark.className = "cc";
        const code = part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
        mark.textContent = GLYPHS[part] || `U+${code}`;
        isolated.append(mark);
      } else if (part) {
        isolated.append(part);
      }
    });
  return isolated;
}
