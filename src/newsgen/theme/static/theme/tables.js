/* Sorts the tables of a story by a column, on pages that have one. Without this file they stay as they are. */
"use strict";
(() => {
  const status = document.querySelector("[data-sorted]");
  const orders = ["ascending", "descending", "none"];

  const sort = (table, at, order, rows) => {
    const { lang } = table.closest("[lang]");
    const { compare } = new Intl.Collator(lang, { numeric: true });
    const cells = new Map(rows.map((row) => [row, row.cells[at]]));
    const isNumber = rows.some((row) => cells.get(row).dataset.value);
    const key = (row) => isNumber ? cells.get(row).dataset.value ?? "" : cells.get(row).textContent.trim().replace(/^–$/, "");
    const way = order === "descending" ? -1 : 1;
    // What is missing stands last in both orders; equal rows stay in the order of the file.
    const sorted = order === "none" ? rows : [...rows].sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      return way * (isNumber ? a - b : compare(a, b));
    });
    table.tBodies[0].append(...sorted);
  };

  const prepare = (table) => {
    if (table.querySelector("button.sort")) return;
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      if (head.localName !== "th") return;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = orders[(orders.indexOf(head.ariaSort ?? "none") + 1) % 3];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (order !== "none") head.setAttribute("aria-sort", order);
        sort(table, at, order, rows);
        status.textContent = status.dataset[order].replace("{column}", button.textContent);
      });
    });
  };

  // Entries that a live report adds have tables too.
  const prepareAll = () => document.querySelectorAll("table.sortable").forEach(prepare);
  document.addEventListener("newsgen:added", prepareAll);
  prepareAll();
})();
