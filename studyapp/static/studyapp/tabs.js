/* A row of tabs wider than the page opens with the current one in view. */
for (const current of document.querySelectorAll(".tabbar > [aria-current]")) {
  const bar = current.parentElement;
  const aside = current.getBoundingClientRect().left - bar.getBoundingClientRect().left;
  const spare = bar.clientWidth - current.offsetWidth;
  if (aside > spare) bar.scrollLeft += aside - spare / 2;
}
