"use strict";
/* Reads a storyteller's page aloud, where this phone itself has a voice for its language: nothing of it leaves the phone.

   [data-aloud]        the button, hidden until there is such a voice; pressed again it stops
   [data-spoken=text]  this is read in place of what stands there
   [data-unspoken]     is not read, such as the code */
(() => {
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  const NEAR = { prs: ["prs", "fa"], fa: ["fa", "prs"], ary: ["ary", "ar"], ckb: ["ckb", "ku"], kmr: ["kmr", "ku"] };
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, legend, label, summary, button, figcaption, th, td, blockquote, [data-spoken]";
  const UNSPOKEN = "[data-unspoken], [data-aloud], [aria-hidden=true]:not(.ends), noscript, svg, textarea, select, .says, .vh";

  const primary = (tag) => tag.toLowerCase().replace("_", "-").split("-")[0];
  const voiceFor = (tag) => {
    const wanted = NEAR[primary(tag)] ?? [primary(tag)];
    const here = speech.getVoices().filter((voice) => voice.localService);
    return wanted.map((one) => here.find((voice) => primary(voice.lang) === one)).find(Boolean);
  };
  const languageOf = (element) => element.closest("[lang]").lang;
  /* what is folded away is read, too: what cannot be promised must not be missed by who does not read */
  const isSeen = (element) => {
    const outside = element.closest("details:not([open])") ?? element;
    return !element.closest("[hidden]") && (outside.checkVisibility ? outside.checkVisibility() : outside.offsetParent !== null);
  };

  /* what stands on the page, block by block, each in its own language */
  const pieces = () => {
    const found = [];
    const walker = document.createTreeWalker(document.querySelector("#main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.data.trim();
      if (!text || element.closest(UNSPOKEN) || !isSeen(element)) continue;
      const block = element.closest(BLOCKS) ?? element;
      const last = found.at(-1);
      if (last?.block === block && block.dataset.spoken) continue;
      const said = block.dataset.spoken || text;
      const language = languageOf(block.dataset.spoken ? block : element);
      if (last?.block === block && last.language === language) last.text += ` ${said}`;
      else found.push({ block, language, text: said });
    }
    return found;
  };
  const buttons = () => document.querySelectorAll("[data-aloud]");
  const rest = () => {
    speech.cancel();
    for (const button of buttons()) button.setAttribute("aria-pressed", "false");
    for (const block of document.querySelectorAll(".heard")) block.classList.remove("heard");
  };
  const read = () => {
    for (const button of buttons()) button.setAttribute("aria-pressed", "true");
    const said = pieces().flatMap((piece) => {
      const voice = voiceFor(piece.language);
      return voice ? [{ ...piece, voice }] : [];
    });
    said.forEach((piece, place) => {
      const words = Object.assign(new SpeechSynthesisUtterance(piece.text), { voice: piece.voice, lang: piece.voice.lang });
      words.onstart = () => piece.block.classList.add("heard");
      words.onend = () => {
        piece.block.classList.remove("heard");
        if (place === said.length - 1) rest();
      };
      speech.speak(words);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aloud]");
    if (button?.getAttribute("aria-pressed") === "false") read();
    else if (button || event.target.closest("[data-exit]")) rest();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") rest();
  });
  addEventListener("pagehide", rest);

  const offer = () => {
    for (const button of buttons()) button.hidden = !voiceFor(document.documentElement.lang);
  };
  speech.addEventListener?.("voiceschanged", offer);
  /* the next step takes the place of this one without a new page */
  new MutationObserver(() => {
    rest();
    offer();
  }).observe(document.documentElement, { childList: true });
  offer();
})();
