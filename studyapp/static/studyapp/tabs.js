/* Where a row of tabs is wider than the page, it opens with the current one in view. */
for (const current of document.querySelectorAll(".tabbar > [aria-current]")) {
  const bar = current.parentElement;
  const aside = current.getBoundingClientRect().left - bar.getBoundingClientRect().left;
  bar.scrollLeft += aside - (bar.clientWidth - current.offsetWidth) / 2;
}
