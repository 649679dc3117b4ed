/* Live pages. An element says what it watches: <section id="board" data-live="lab/x/day/y" data-version="12">.
   When the topic changes, the page is fetched again and the element with the same id takes its new contents.
   With data-every="30" it is also renewed each 30 seconds, since a clock goes on by itself.
   Without this script, or without streams, the page is as new as its last loading. */
"use strict";

(() => {
  const watched = () => [...document.querySelectorAll("[data-live][id]")];

  const address = () => {
    const elements = watched();
    const query = new URLSearchParams();
    for (const topic of new Set(elements.map((element) => element.dataset.live))) query.append("topic", topic);
    query.append("since", elements.filter((element) => element.dataset.version).map((element) => `${element.dataset.live}=${element.dataset.version}`).join(";"));
    return `/live/?${query}`;
  };

  /* Whoever is about to write or press something is not disturbed; a link that has the focus keeps it. */
  const isBusy = (element) => element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, button, summary");
  const linkIn = (element) => (element.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null);

  const renew = async (isMeant) => {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const element of watched()) {
      const fresh = page.getElementById(element.id);
      if (!fresh || !isMeant(element) || isBusy(element)) continue;
      const link = linkIn(element);
      element.replaceWith(fresh);
      if (link) fresh.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
      fresh.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
    }
  };

  let stream, clock;
  const open = () => {
    if (stream || !watched().length) return;
    stream = new EventSource(address());
    stream.addEventListener("changed", (event) => {
      const topics = JSON.parse(event.data);
      renew((element) => element.dataset.live in topics);
    });
    const seconds = Math.min(...watched().map((element) => Number(element.dataset.every) || Infinity));
    if (Number.isFinite(seconds)) clock = setInterval(() => renew((element) => element.dataset.every), seconds * 1000);
  };
  const close = () => {
    if (stream) stream.close();
    stream = undefined;
    clearInterval(clock);
  };

  /* A page that nobody sees holds no stream; when it is seen again, `since` tells what it missed. */
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
})();
