/*
 * After a swap, focus goes where the reader should go on: [data-focus] in the new
 * content (the last: an answer stands below its question), or its first h1 or h2.
 * A target marked data-keep-focus (a live preview) leaves focus alone, and so does a
 * swap elsewhere while somebody is typing.
 */
const TYPING = "input:not([type=radio], [type=checkbox], [type=submit]), textarea, select";

function isTypingOutside(swapped) {
  const active = document.activeElement;
  return active?.matches(TYPING) && active.isConnected && !swapped.contains(active);
}

function within(swapped, selector) {
  return swapped.matches(selector) ? swapped : swapped.querySelector(selector);
}

function moveFocus(swapped) {
  if (swapped.closest("[data-keep-focus]") || isTypingOutside(swapped)) return;
  const marked = swapped.matches("[data-focus]") ? [swapped] : swapped.querySelectorAll("[data-focus]");
  const goal = [...marked].at(-1) ?? within(swapped, "h1, h2");
  if (!goal) return;
  if (goal.matches("h1, h2, h3, p, div, section")) goal.setAttribute("tabindex", "-1");
  goal.focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element && event.target.isConnected) moveFocus(event.target);
});
