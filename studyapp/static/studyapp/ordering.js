/*
 * Orderings without a script are rows of text, each with a select for its place. Here they
 * become a list moved by drag or by Up and Down, and the selects, hidden and left in their
 * order, are kept in step: so the same form goes back. Words and icons come from the
 * page's own <template data-ordering-row>.
 */
const live = document.getElementById("live");

function say(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function rowFor(template, select, text) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector(".ordering-text").textContent = text;
  for (const button of row.querySelectorAll("button")) {
    button.setAttribute("aria-label", say(button.getAttribute("aria-label"), { text }));
  }
  return { row, select, text };
}

class Ordering {
  constructor(fieldset) {
    this.template = fieldset.querySelector("template[data-ordering-row]");
    this.box = fieldset.querySelector(".answer-box");
    this.list = document.createElement("ol");
    this.list.className = "ordering-list";
    this.entries = new Map();
    const made = [...this.box.querySelectorAll(".match-row")].map((source) => {
      const select = source.querySelector("select");
      return rowFor(this.template, select, source.querySelector("label").textContent.trim());
    });
    // What was chosen before is kept; rows without a place stay where they are shown.
    const place = ({ select }) => Number(select.value) || made.length;
    for (const entry of [...made].sort((one, other) => place(one) - place(other))) {
      this.entries.set(entry.row, entry);
      this.list.append(entry.row);
    }
    this.box.hidden = true;
    this.box.after(this.list);
    this.number();
    this.list.addEventListener("click", (event) => this.press(event.target));
    this.list.addEventListener("pointerdown", (event) => this.grasp(event));
  }

  /* Writes the places into the rows and the selects. */
  number() {
    const rows = [...this.list.children];
    rows.forEach((row, at) => {
      row.querySelector(".ordering-place").textContent = at + 1;
      row.querySelector("[data-up]").disabled = at === 0;
      row.querySelector("[data-down]").disabled = at === rows.length - 1;
      this.entries.get(row).select.value = String(at + 1);
    });
  }

  announce(row) {
    if (!live) return;
    const rows = [...this.list.children];
    const values = { text: this.entries.get(row).text, place: rows.indexOf(row) + 1, count: rows.length };
    live.textContent = say(this.template.dataset.moved, values);
  }

  press(target) {
    const button = target.closest("[data-up], [data-down]");
    if (!button) return;
    const row = button.closest(".ordering-row");
    if (button.matches("[data-up]")) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    this.number();
    // Moving took the focus away, and at either end this button is of no use any more.
    (button.disabled ? row.querySelector("button:enabled") : button)?.focus();
    this.announce(row);
  }

  grasp(event) {
    const handle = event.target.closest(".ordering-handle");
    if (!handle || event.button !== 0 || this.list.closest("fieldset").disabled) return;
    event.preventDefault();
    const row = handle.closest(".ordering-row");
    const drag = new AbortController();
    const follow = (moved) => this.follow(row, moved.clientY);
    const drop = () => {
      drag.abort();
      row.classList.remove("ordering-dragged");
      this.number();
      this.announce(row);
    };
    row.classList.add("ordering-dragged");
    // The row moves in the document, which would end a pointer capture: so listen above it.
    document.addEventListener("pointermove", follow, { signal: drag.signal });
    document.addEventListener("pointerup", drop, { signal: drag.signal });
    document.addEventListener("pointercancel", drop, { signal: drag.signal });
  }

  /* Puts the row before the first one whose middle lies under the pointer. */
  follow(row, y) {
    const others = [...this.list.children].filter((other) => other !== row);
    const next = others.find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return y < top + height / 2;
    });
    if (next === row.nextElementSibling) return;
    this.list.insertBefore(row, next ?? null);
    this.number();
  }
}

const known = new WeakSet();

function enhance() {
  for (const fieldset of document.querySelectorAll("fieldset[data-ordering]")) {
    if (known.has(fieldset)) continue;
    known.add(fieldset);
    new Ordering(fieldset);
  }
}

enhance();
document.addEventListener("htmx:afterSettle", enhance);
