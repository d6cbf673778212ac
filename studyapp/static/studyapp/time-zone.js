/* Proposes the browser's time zone where a form asks for one that is not yet known. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const input of document.querySelectorAll("input[data-time-zone]")) {
  if (zone && !input.value) input.value = zone;
}
