// The keyboard of the inbox, rows that open with a click, and one question before what cannot be undone.
// Everything here is comfort: without this file every page still works by links, forms and buttons.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("tbody.rows tr")];
  const here = () => document.activeElement?.closest("tbody.rows tr");
  const opener = (row) => row?.querySelector("a.object");

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    opener(next)?.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const press = (act) => (here() ?? rows()[0])?.querySelector(`[data-act=${act}]`)?.click();
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    c: () => press("case"),
    x: () => press("dismiss"),
    "/": () => document.querySelector("[type=search]")?.focus(),
  };
  const typing = (node) => node.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key.toLowerCase()];
    if (!act || !document.querySelector("[type=search], tbody.rows")) return;
    event.preventDefault();
    act();
  });
  // Zoom by keys where a picture is shown at its full size; the three buttons do the same without this file.
  const zooms = () => [...document.querySelectorAll(".zoomable > input[type=radio]")];
  document.addEventListener("keydown", (event) => {
    const all = zooms();
    if (!all.length || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const step = { "+": 1, "=": 1, "-": -1, "_": -1 }[event.key];
    if (!step && event.key !== "0") return;
    const at = all.findIndex((one) => one.checked);
    all[step ? Math.min(all.length - 1, Math.max(0, at + step)) : 0].checked = true;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) return move(1);
    const row = event.target.closest("tbody.rows tr");
    if (!row || event.target.closest("a, button, form, label, input") || getSelection().toString()) return;
    opener(row)?.click();
  });
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.ask;
    if (question && !confirm(question)) event.preventDefault();
  });

  // A row that was not there before the last look glows once; whoever listens hears how many.
  let known = new Set(rows().map((row) => row.id));
  document.addEventListener("htmx:beforeSwap", () => { known = new Set([...known, ...rows().map((row) => row.id)]); });
  document.addEventListener("htmx:afterSettle", () => {
    for (const row of rows()) if (row.id && !known.has(row.id)) row.classList.add("fresh");
  });
  // A page that cannot reach its server says so, and takes it back when it can again.
  const lost = () => document.getElementById("lost");
  document.addEventListener("htmx:sendError", () => lost()?.removeAttribute("hidden"));
  document.addEventListener("htmx:responseError", () => lost()?.removeAttribute("hidden"));
  document.addEventListener("htmx:afterOnLoad", () => lost()?.setAttribute("hidden", ""));
})();
