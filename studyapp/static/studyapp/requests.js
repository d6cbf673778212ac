/*
 * What htmx leaves out. When a request fails, the page says so in the words of
 * <template id="request-failed">; what the learner typed stays in the form. And a
 * fragment's [data-announce] texts are read out through the one live region.
 */
const live = document.getElementById("live");

function announce(text) {
  if (!live || !text) return;
  live.textContent = "";
  // Emptied first, so that the same words are read again.
  requestAnimationFrame(() => (live.textContent = text));
}

function showFailure() {
  const template = document.getElementById("request-failed");
  const box = document.getElementById("messages");
  if (!template || !box) return;
  box.replaceChildren(template.content.cloneNode(true));
  announce(box.textContent.trim().replace(/\s+/g, " "));
  box.scrollIntoView({ block: "nearest" });
}

function clearFailure() {
  document.querySelector("#messages [data-request-failed]")?.remove();
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, showFailure);
}
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful) clearFailure();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!(event.target instanceof Element)) return;
  const spoken = event.target.closest("[data-announce]") ?? event.target.querySelector("[data-announce]");
  announce(spoken?.dataset.announce);
});
