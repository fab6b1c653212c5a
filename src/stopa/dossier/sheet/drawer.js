// The drawer: a dialog over any view, opened by a citation, closed back to where one was.
const DRAWER = document.getElementById("drawer");
let opener = null; // the link that was followed last, outside of the drawer

function openDrawer(id) {
  DRAWER.replaceChildren(make("div", { class: "drawn" }, ...drawn(id)));
  if (!DRAWER.open) DRAWER.showModal();
  DRAWER.scrollTop = 0;
}

function closeDrawer() {
  if (!DRAWER.open) return;
  DRAWER.close();
  if (drawable(hashId())) history.replaceState(null, "", `#${currentView}`);
  if (opener && opener.isConnected) opener.focus();
}

// Escape closes here and now: the dialog's own "close" would come after the next permalink.
DRAWER.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeDrawer();
});

DRAWER.addEventListener("click", (event) => {
  if (event.target === DRAWER) closeDrawer();
});
