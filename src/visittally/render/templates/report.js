
"use strict";
for (const table of document.querySelectorAll("main table")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const original = [...body.rows];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const figure = (row, i) => {
    const value = row.cells[i].dataset.value;
    return value === undefined ? null : Number(value);
  };
  const compare = (i, way) => (a, b) => {
    const [x, y] = [figure(a, i), figure(b, i)];
    if (x !== null && y !== null) return way * (x - y);
    if (x !== null || y !== null) return x === null ? 1 : -1;
    return way * words.compare(a.cells[i].textContent, b.cells[i].textContent);
  };
  heads.forEach((head, i) => {
    if (original.length < 2) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = head.classList.contains("figure") ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      const now = head.ariaSort === first ? second : head.ariaSort === second ? null : first;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (now) head.setAttribute("aria-sort", now);
      const rows = now ? [...original].sort(compare(i, now === "ascending" ? 1 : -1)) : original;
      body.append(...rows);
    });
  });
}
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));
