// The drawer: a dialog over any view, opened by a citation, closed back to where one was.
const DRAWER = document.getElementById("drawer");
let opener = null;

function openDrawer(id) {
  const body = make("div", { class: "drawn" }, ...drawn(id));
  if (!DRAWER.open) opener = document.activeElement;
  DRAWER.replaceChildren(body);
  if (!DRAWER.open) DRAWER.showModal();
  DRAWER.scrollTop = 0;
}

DRAWER.addEventListener("click", (event) => {
  if (event.target === DRAWER) DRAWER.close();
});

DRAWER.addEventListener("close", () => {
  if (drawable(hashId())) history.replaceState(null, "", `#${currentView}`);
  if (opener && opener.isConnected) opener.focus();
});
