"use strict";
/* Small helps on pages that all work without it: a summary of errors takes the focus, a button says that it is busy, print. */
(() => {
  const busy = (form, button) => {
    if (!button || form.target) return;
    button.setAttribute("aria-busy", "true");
  };
  const focusSummary = (root) => root.querySelector("form[method=post] [data-summary]")?.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (form.method === "post") {
      form.dataset.sending = "yes";
      busy(form, event.submitter);
    }
  });
  /* a page that comes back from the browser's memory is no longer sending */
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sending]")) delete form.dataset.sending;
    for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) delete form.dataset.sending;
    for (const button of form?.querySelectorAll("[aria-busy]") ?? []) button.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
  focusSummary(document);
})();
