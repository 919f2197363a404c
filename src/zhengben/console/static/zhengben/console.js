// The keyboard of the inbox, ticks that outlive a refresh, rows that open with a click, and one question before what cannot be undone.
// Everything here is comfort: without this file every page still works by links, forms and buttons.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("tbody.rows tr:not(.going)")];
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
  // What was ticked stays ticked when the list is drawn anew; what has left the list is forgotten.
  const boxes = () => [...document.querySelectorAll("td.pick input")];
  let ticked = new Set();
  const count = () => {
    const say = document.getElementById("ticked");
    if (say) say.textContent = ticked.size ? say.dataset.words.replace("#", ticked.size) : "";
  };
  const tick = (box, on) => {
    box.checked = on;
    if (on) ticked.add(box.value); else ticked.delete(box.value);
    count();
  };
  const tickHere = () => {
    const box = here()?.querySelector("td.pick input");
    if (box) tick(box, !box.checked);
    move(1);
  };
  const tickAll = () => {
    const on = boxes().some((box) => !box.checked);
    for (const box of boxes()) tick(box, on);
  };
  const press = (act) => {
    const one = (here() ?? rows()[0])?.querySelector(`[data-act=${act}]`);
    (ticked.size ? document.querySelector(`[data-all-act=${act}]`) : one)?.click();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    c: () => press("case"),
    x: () => press("dismiss"),
    s: tickHere,
    a: tickAll,
    u: () => document.querySelector("[data-undo]")?.click(),
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
    stay();
    event.preventDefault();
  });
  // What stood in the middle stays there, however far one goes in or out.
  let middle = null;
  const stay = () => {
    const stage = document.querySelector(".zoomable > .stage");
    if (!stage) return;
    const [x, y] = middle || [0.5, stage.clientHeight / 2 / stage.scrollHeight];
    stage.scrollTo(x * stage.scrollWidth - stage.clientWidth / 2, y * stage.scrollHeight - stage.clientHeight / 2);
  };
  document.addEventListener("scroll", ({ target }) => {
    if (!target.matches?.(".zoomable > .stage")) return;
    middle = [(target.scrollLeft + target.clientWidth / 2) / target.scrollWidth, (target.scrollTop + target.clientHeight / 2) / target.scrollHeight];
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) return move(1);
    if (event.target.closest("[data-tick-all]")) return tickAll();
    const row = event.target.closest("tbody.rows tr");
    if (!row || event.target.closest("a, button, form, label, input") || getSelection().toString()) return;
    opener(row)?.click();
  });
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.ask;
    if (question && !confirm(question)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("td.pick input")) tick(event.target, event.target.checked);
    if (event.target.matches(".zoomable > input")) stay();
  });

  // A row that was not there before the last look glows once; whoever listens hears how many.
  let known = new Set(rows().map((row) => row.id));
  // A row that was decided leaves at once and the next is under the hand. Decisions go out one after another, in the
  // order of the keys, however fast they are pressed; what the server answers is drawn when it comes.
  const waiting = [];
  let busy = false;
  const send = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length) {
      const { path, values, row } = waiting[0];
      const answered = await htmx.ajax("POST", path, { source: "#inbox", target: "#inbox", values }).then(() => true, () => false);
      waiting.shift();
      if (!answered) document.getElementById(row)?.classList.remove("going");
    }
    busy = false;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "decide" || !window.htmx) return;
    event.preventDefault();
    event.stopPropagation();
    const all = rows();
    const row = event.submitter.closest("tbody.rows tr");
    const at = all.indexOf(row ?? here());
    const path = event.submitter.getAttribute("formaction") ?? form.getAttribute("action");
    waiting.push({ path, values: new FormData(form, event.submitter), row: row?.id ?? "" });
    if (row) {
      opener(all[at + 1] ?? all[at - 1])?.focus();
      row.classList.add("going");
    }
    send();
  }, true);
  const ours = (event) => event.detail.requestConfig?.verb === "post";
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const { row } of ours(event) ? waiting.slice(1) : waiting) document.getElementById(row)?.classList.add("going");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const there = new Set(boxes().map((box) => box.value));
    ticked = new Set([...ticked].filter((one) => there.has(one)));
    for (const box of boxes()) box.checked = ticked.has(box.value);
    count();
    if (ours(event) && document.activeElement === document.body) opener(rows()[0])?.focus();
  });
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
