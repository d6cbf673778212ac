/*
 * A form whose fields follow what is chosen, [data-keep-typing], is swapped while somebody may
 * be typing on. What was changed after the request had left is put back into the new fields,
 * and announced to them by a change event, so that they follow it in turn. htmx keeps the focus
 * of what has an id; links, buttons and opened folds are known again by their words.
 */
const sent = new WeakMap();
const held = new WeakMap();

function valuesOf(root) {
  const fields = root.querySelectorAll("input:not([type=radio], [type=checkbox]), select, textarea");
  return new Map([...fields].filter((field) => field.id).map((field) => [field.id, field.value]));
}

function wordsOf(element) {
  return element.textContent.trim();
}

function openFolds(root) {
  return [...root.querySelectorAll("details[open] > summary")].map(wordsOf);
}

function focused(root) {
  const active = document.activeElement;
  return active && !active.id && root.contains(active) ? active : null;
}

function putBack({ id, folds, focus }) {
  const root = document.getElementById(id);
  if (!root) return;
  for (const summary of root.querySelectorAll("details > summary")) {
    if (folds.includes(wordsOf(summary))) summary.parentElement.open = true;
  }
  if (!focus || document.activeElement !== document.body) return;
  const alike = [...root.querySelectorAll(focus.tag)].filter((each) => wordsOf(each) === focus.words);
  alike[0]?.focus();
}

function target(event) {
  const element = event.detail?.target;
  return element instanceof Element && element.matches("[data-keep-typing]") ? element : null;
}

document.addEventListener("htmx:beforeSend", (event) => {
  const root = target(event);
  if (root) sent.set(event.detail.xhr, valuesOf(root));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const root = target(event);
  const before = root && sent.get(event.detail.xhr);
  if (!before) return;
  const changed = [...valuesOf(root)].filter(([id, value]) => before.get(id) !== value);
  const on = focused(root);
  const focus = on && { tag: on.localName, words: wordsOf(on) };
  held.set(event.detail.xhr, { changed, id: root.id, folds: openFolds(root), focus });
});

document.addEventListener("htmx:afterSettle", (event) => {
  const kept = held.get(event.detail?.xhr);
  if (!kept) return;
  held.delete(event.detail.xhr);
  putBack(kept);
  for (const [id, value] of kept.changed) {
    const field = document.getElementById(id);
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
