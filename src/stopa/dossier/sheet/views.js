// Views and permalinks: #brief, #timeline, ... and the id of anything else.
const VIEWS = [...document.querySelectorAll(".view")];
let currentView = "brief";

function hashId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function showView(id) {
  currentView = id;
  for (const view of VIEWS) view.classList.toggle("on", view.id === id);
  for (const link of document.querySelectorAll(".rail li a")) {
    if (link.hash === `#${id}`) {
      link.setAttribute("aria-current", "page");
      link.parentElement.parentElement.scrollLeft = link.offsetLeft - 60;
    } else {
      link.removeAttribute("aria-current");
    }
  }
  if (id === "timeline") refreshChart();
  letScroll();
}

// A table wider than the screen can be scrolled by keyboard too, where nothing in it takes the focus.
function letScroll() {
  for (const box of document.querySelectorAll(".view.on .scroll")) {
    const wide = box.scrollWidth > box.clientWidth && !box.querySelector("a, button, input");
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

function follow() {
  const id = hashId();
  if (VIEWS.some((view) => view.id === id)) {
    closeDrawer();
    showView(id);
    window.scrollTo(0, 0);
  } else if (drawable(id)) {
    openDrawer(id);
  } else {
    showPart(document.getElementById(id));
  }
}

function showPart(part) {
  const view = part && part.closest(".view");
  if (!view) return;
  closeDrawer();
  showView(view.id);
  const folded = part.closest("details");
  if (folded) folded.open = true;
  if (part.closest(".in18, .in19")) showEdition(part);
  part.scrollIntoView({ block: "start" });
}

// A technique's permalink is in one edition's column: that edition has to be shown.
function showEdition(part) {
  document.getElementById(part.closest(".in18") ? "edition18" : "edition19").checked = true;
}

const EXPECT = document.getElementById("expect");
if (EXPECT) {
  EXPECT.addEventListener("change", () => {
    for (const folded of document.querySelectorAll(".awaited")) folded.open = EXPECT.value !== "";
    for (const cell of document.querySelectorAll(".cell")) {
      const expected = cell.dataset.expected.split(" ").includes(EXPECT.value);
      cell.classList.toggle("unexpected", EXPECT.value !== "" && !expected);
      cell.classList.toggle(
        "foreign",
        EXPECT.value !== "" && !expected && !cell.querySelector(".observed, .claimed"),
      );
    }
  });
}

window.addEventListener("hashchange", follow);
window.addEventListener("resize", letScroll);
window.addEventListener("beforeprint", () => {
  for (const rule of document.querySelectorAll("details.rule")) rule.open = true;
});
// A click on the permalink one is already at must open it again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && !DRAWER.contains(link)) opener = link;
  if (link && link.hash === location.hash) follow();
});

// The browser scrolls to the permalink's element by itself, after this script: a view starts at its top.
window.addEventListener("load", () => {
  if (hashId() === currentView) window.scrollTo(0, 0);
});

refreshFindings();
follow();
