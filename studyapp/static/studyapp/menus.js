/* Menus made of details close on Escape and on a click away; buttons open dialogs. */
const OPEN_MENU = "details.menu-details[open]";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(OPEN_MENU)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(OPEN_MENU)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* What only a script can do is hidden until there is one. */
function reveal(root) {
  for (const opener of root.querySelectorAll("[data-dialog][hidden]")) opener.hidden = false;
}
reveal(document);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element) reveal(event.target);
});
