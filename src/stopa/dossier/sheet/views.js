// Views and permalinks: #brief, #timeline, ... and the id of anything else.
const VIEWS = [...document.querySelectorAll(".view")];
let currentView = "brief";
let placeHere = "brief"; // the view, or the part of one, that lies below the drawer
let started = false;

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
  tellView();
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

// Goes where the permalink points. The filter belongs to the reader: a link without one keeps it.
function follow() {
  const { place, asked } = locationParts();
  const known = history.state !== null; // an entry that the reader comes back to
  const arrived = !started || !known;
  if (arrived && asked) askFilter(asked);
  if (drawable(place)) {
    drawers = known ? history.state.drawers : Number(started) * (drawers + 1);
    openDrawer(place);
  } else {
    drawers = 0;
    showPlace(place);
  }
  writePermalink();
  if (returning) focusOpener();
  returning = false;
  clickedAt = null;
  const link = clickedMeanwhile;
  clickedMeanwhile = null;
  if (link) link.click();
}

function askFilter(asked) {
  const view = asked.get("view");
  if (VIEWS.some((known) => known.id === view)) showPlace(view);
  const wanted = filterAsked(asked);
  INPUT.value = wanted.words;
  setFilter(wanted);
  askSwitches(new Set(asked.getAll("switch")));
}

function showPlace(place) {
  const closing = DRAWER.open;
  hideDrawer();
  if (!VIEWS.some((view) => view.id === place)) {
    showPart(place, closing);
    return;
  }
  const here = (closing || returning) && place === placeHere;
  placeHere = place;
  if (!here) showView(place);
  window.scrollTo(0, here ? leftAt : 0);
}

function showPart(place, closing) {
  const part = document.getElementById(place);
  const view = part && part.closest(".view");
  if (!view) return;
  if ((closing || returning) && place === placeHere) {
    window.scrollTo(0, leftAt);
    return;
  }
  placeHere = place;
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
window.addEventListener("beforeprint", unfoldRules);
window.addEventListener("afterprint", foldRules);
// A click on the permalink one is already at must open it again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  if (returning) {
    event.preventDefault();
    clickedMeanwhile = link;
    return;
  }
  if (!DRAWER.contains(link)) [opener, clickedAt] = [link, window.scrollY];
  if (unescaped(link.hash.slice(1)) === locationParts().place) {
    event.preventDefault();
    if (!DRAWER.open) again(link);
  }
});

function again(link) {
  if (VIEWS.some((view) => `#${view.id}` === link.hash)) window.scrollTo(0, 0);
  else showPart(unescaped(link.hash.slice(1)), false);
}

// The browser scrolls to the permalink's element by itself, after this script: a view starts at its top.
window.addEventListener("load", () => {
  if (placeHere === currentView) window.scrollTo(0, 0);
});

refreshFindings();
follow();
started = true;
