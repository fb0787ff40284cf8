"use strict";
/* The page is complete without this script. It adds: language for assistive
   software and the title, filter and order of findings, opening of what a link
   points to, and opening of everything for print. It reads the page and never
   makes markup from text. */
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /* language */
  const setLanguage = (lang) => {
    document.documentElement.lang = lang;
    const title = document.body.dataset[lang];
    if (title) document.title = title;
  };
  all('input[name="lang"]').forEach((radio) => {
    if (radio.checked) setLanguage(radio.value);
    radio.addEventListener("change", () => setLanguage(radio.value));
  });

  /* what a link points to may stand in something that is folded */
  const reveal = () => {
    const id = location.hash.slice(1);
    const target = id === "" ? null : byId(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  /* print */
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((d) => { d.open = false; });
    closed = [];
  });

  /* filter and order */
  const box = byId("places");
  const panel = byId("filter");
  if (!box || !panel) return;
  panel.hidden = false;
  const places = all(":scope > details", box).map((node, i) => ({
    node, i,
    name: node.querySelector(".name").textContent.toLowerCase(),
    count: Number(node.dataset.n),
    rows: null,           /* read when first needed: there may be very many */
  }));
  const rowsOf = (place) => {
    place.rows ??= all("tbody > tr", place.node).map((row) => ({ row, text: row.textContent.toLowerCase() }));
    return place.rows;
  };
  const search = byId("q");
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((w) => w !== "");
    const shown = new Set(all("[data-show]", panel).filter((b) => b.checked).map((b) => "c-" + b.dataset.show));
    let any = false;
    places.forEach((place) => {
      let some = false;
      rowsOf(place).forEach(({ row, text }) => {
        const known = row.classList.contains("c-confirmed") || row.classList.contains("c-probable");
        const fits = (!known || [...row.classList].some((c) => shown.has(c))) &&
          words.every((w) => place.name.includes(w) || text.includes(w));
        row.hidden = !fits;
        some = some || fits;
      });
      place.node.hidden = !some;
      any = any || some;
    });
    byId("nothing").hidden = any;
  };
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  all("[data-show]", panel).forEach((b) => b.addEventListener("change", apply));
  const order = {
    severity: (a, b) => a.i - b.i,
    path: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    count: (a, b) => b.count - a.count || a.i - b.i,
  };
  all('input[name="order"]', panel).forEach((radio) => radio.addEventListener("change", () => {
    box.append(...places.slice().sort(order[radio.value]).map((p) => p.node));
  }));
  const setOpen = (open) => places.forEach((p) => { p.node.open = open; });
  byId("open-all").addEventListener("click", () => setOpen(true));
  byId("close-all").addEventListener("click", () => setOpen(false));
})();
