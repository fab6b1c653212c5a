// The drawer: a dialog over any view, opened by a citation, closed back to where one was.
const DRAWER = document.getElementById("drawer");
let opener = null; // the link that was followed last, outside of the drawer
let returning = false; // on the way back to the view: the browser takes the focus from the opener
let clickedMeanwhile = null; // a link that was clicked on that way: going back would undo it
let clickedAt = null; // how far the page was scrolled when that link was clicked
let leftAt = 0; // and when the drawer was opened: the browser scrolls to what bears its id
let openedId = "";
let drawers = 0; // entries of the history that only show the drawer, since the view below it

function openDrawer(id) {
  openedId = id;
  DRAWER.replaceChildren(make("div", { class: "drawn" }, ...drawn(id)));
  if (!DRAWER.open) {
    leftAt = clickedAt === null ? window.scrollY : clickedAt;
    DRAWER.showModal();
    window.scrollTo(0, leftAt);
  }
  DRAWER.scrollTop = 0;
}

function hideDrawer() {
  if (!DRAWER.open) return;
  DRAWER.close();
  focusOpener();
}

function focusOpener() {
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

// Closing goes back over what opened it, so that the next "Back" leads on from the view.
function closeDrawer() {
  if (!DRAWER.open) return;
  hideDrawer();
  const back = drawers;
  drawers = 0;
  returning = back > 0 && back < history.length; // a browser keeps only so many entries
  if (returning) {
    delete document.documentElement.dataset.at;
    history.go(-back);
  } else writePermalink();
}

// Escape closes here and now: the dialog's own "close" would come after the next permalink.
DRAWER.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeDrawer();
});

DRAWER.addEventListener("click", (event) => {
  if (event.target === DRAWER) closeDrawer();
});
