"use strict";
/* Covering a picture, on a page that works without this: draw over the fields with a mouse or a pen, go over them with arrow keys.

   [data-cells]             the fields, boxes to tick in rows of twelve; one of them is in the order of the tab key
   [data-cells-hint]        says so */
(() => {
  const COLUMNS = 12;
  const field = document.querySelector("[data-cells]");
  if (!field) return;
  const cells = [...field.querySelectorAll("input")];
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
  for (const hint of document.querySelectorAll("[data-cells-hint]")) hint.hidden = false;

  const put = (cell) => {
    for (const other of cells) other.tabIndex = other === cell ? 0 : -1;
  };
  put(cells.find((cell) => cell.checked) ?? cells[0]);
  field.addEventListener("focusin", (event) => {
    if (cells.includes(event.target)) put(event.target);
  });
  field.addEventListener("keydown", (event) => {
    const place = cells.indexOf(event.target);
    const next = place + (steps[event.key] ?? 0);
    const leavesRow = Math.abs(steps[event.key]) === 1 && Math.floor(next / COLUMNS) !== Math.floor(place / COLUMNS);
    if (!(event.key in steps) || place < 0) return;
    event.preventDefault();
    if (cells[next] && !leavesRow) cells[next].focus();
  });

  /* a stroke ticks, or unticks, all fields between where it began and where it is */
  let stroke = null;
  let wasDrawn = false;
  const between = (place) => {
    const [down, across] = [(one) => Math.floor(one / COLUMNS), (one) => one % COLUMNS];
    const isIn = (part) => {
      const ends = [part(stroke.from), part(stroke.to)];
      return Math.min(...ends) <= part(place) && part(place) <= Math.max(...ends);
    };
    return isIn(down) && isIn(across);
  };
  field.addEventListener("pointerdown", (event) => {
    const from = cells.indexOf(event.target);
    wasDrawn = false;
    if (event.pointerType === "touch" || event.button !== 0 || from < 0) return;
    stroke = { from, to: from, ticks: !cells[from].checked, before: cells.map((cell) => cell.checked) };
  });
  field.addEventListener("pointerover", (event) => {
    const to = cells.indexOf(event.target);
    if (!stroke || to < 0 || to === stroke.to) return;
    stroke.to = to;
    wasDrawn = true;
    cells.forEach((cell, place) => {
      cell.checked = between(place) ? stroke.ticks : stroke.before[place];
    });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      stroke = null;
    });
  }
  field.addEventListener(
    "click",
    (event) => {
      if (wasDrawn) event.preventDefault(); /* the stroke has said it already */
      wasDrawn = false;
    },
    true,
  );
})();
