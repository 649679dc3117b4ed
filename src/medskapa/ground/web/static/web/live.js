/* Live pages. An element says what it watches: <section id="board" data-live="lab/x/day/y" data-version="12">.
   When the topic changes, the page is fetched again and the element with the same id takes its new contents.
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

  const isBusy = (element) => element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

  const renew = async (topics) => {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const element of watched()) {
      const fresh = page.getElementById(element.id);
      if (!fresh || !(element.dataset.live in topics) || isBusy(element)) continue;
      element.replaceWith(fresh);
      fresh.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
    }
  };

  let stream;
  const open = () => {
    if (stream || !watched().length) return;
    stream = new EventSource(address());
    stream.addEventListener("changed", (event) => renew(JSON.parse(event.data)));
  };
  const close = () => {
    if (stream) stream.close();
    stream = undefined;
  };

  /* A page that nobody sees holds no stream; when it is seen again, `since` tells what it missed. */
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
})();
