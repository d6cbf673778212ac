/*
 * A form whose fields follow what is chosen, [data-keep-typing], is swapped while somebody may
 * be typing on. What was changed after the request had left is put back into the new fields,
 * and announced to them by a change event, so that they follow it in turn.
 */
const sent = new WeakMap();
const held = new WeakMap();

function valuesOf(root) {
  const fields = root.querySelectorAll("input:not([type=radio], [type=checkbox]), select, textarea");
  return new Map([...fields].filter((field) => field.id).map((field) => [field.id, field.value]));
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
  held.set(event.detail.xhr, changed);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const changed = held.get(event.detail?.xhr) ?? [];
  held.delete(event.detail?.xhr);
  for (const [id, value] of changed) {
    const field = document.getElementById(id);
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
