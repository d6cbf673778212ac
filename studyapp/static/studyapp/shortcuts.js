/*
 * Single keys, for those who want them (<body data-shortcuts="on">, a setting):
 * 1–9 choose an option, Enter goes on, ? helps; any element may name a key of its
 * own with data-key="u". Typing is never disturbed: in a field only Enter counts.
 */
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const OWN_ENTER = "a[href], button, summary, textarea, select";

function areOn() {
  return document.body.dataset.shortcuts === "on" && !document.querySelector("dialog[open]");
}

function named(key) {
  return [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === key && !element.disabled && element.checkVisibility(),
  );
}

function option(key) {
  if (!/^[1-9]$/.test(key)) return undefined;
  const controls = "[data-options] :is(input[type=radio], input[type=checkbox]):enabled";
  return document.querySelectorAll(controls)[Number(key) - 1];
}

function press(element) {
  if (!element) return false;
  if (element.matches("input")) element.focus();
  element.click();
  return true;
}

function pressEnter(target) {
  // Links and buttons know what Enter means, and so does another form's field.
  const goOn = named("Enter");
  if (target.matches(OWN_ENTER) || (target.form && target.form !== goOn?.form)) return false;
  return press(goOn);
}

function handle(event) {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Enter") return pressEnter(target);
  if (target.matches(TYPING)) return false;
  if (event.key === "?") return press(document.querySelector("[data-dialog=shortcut-help]"));
  return press(named(event.key.toLowerCase()) ?? option(event.key));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !areOn()) return;
  if (handle(event)) event.preventDefault();
});
