"use strict";
/* For pages of storytellers, which all work without it. It keeps the telling in one entry of the history,
   keeps what is not yet sent in this browser, sends once when the network comes back, and leaves quickly.

   form[data-onward], a[data-onward]  the answer takes the place of this page
   form[data-draft=name]              what is written is kept under this name; [data-unkept] inside it is not
   [data-draft-done]                  it is sent: drafts are forgotten
   [data-keep]                        the box "keep on this phone"; without it a draft ends with the tab
   [data-saved] [data-offline]        hidden notes: it is kept here; there is no network, it will be sent
   [data-script]                      hidden parts that need this script
   [data-exit] [data-print] [data-picture=lines]  leave quickly (or Escape three times); print; save the lines as a picture */
(() => {
  const PREFIX = "medskapa:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const NEVER_KEPT = new Set(["hidden", "file", "password", "submit", "button"]);
  let waiting = null;

  /* what was written: in this tab, or on the phone when the teller chose so */
  const keeps = () => localStorage.getItem(PREFIX + "keep") === "yes";
  const shelf = () => (keeps() ? localStorage : sessionStorage);
  const read = (name) => {
    try {
      const draft = JSON.parse(shelf().getItem(PREFIX + name) ?? "null");
      return draft && Date.now() - draft.at < WEEK ? draft : { fields: {} };
    } catch {
      return { fields: {} };
    }
  };
  const write = (name, draft) => shelf().setItem(PREFIX + name, JSON.stringify({ ...draft, at: Date.now() }));
  const forget = (all) => {
    for (const place of [sessionStorage, localStorage]) {
      for (const key of Object.keys(place)) {
        if (key.startsWith(PREFIX) && (all || key !== PREFIX + "keep")) place.removeItem(key);
      }
    }
  };
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !NEVER_KEPT.has(field.type) && !field.closest("[data-unkept]"));

  const save = (form) => {
    const draft = read(form.dataset.draft);
    for (const field of fieldsOf(form)) {
      const isBox = field.type === "checkbox" || field.type === "radio";
      draft.fields[isBox ? `${field.name}=${field.value}` : field.name] = isBox ? field.checked : field.value;
    }
    write(form.dataset.draft, draft);
    for (const said of document.querySelectorAll("[data-saved]")) said.hidden = false;
  };
  const restore = (form) => {
    const draft = read(form.dataset.draft);
    const key = form.elements.form_key;
    if (draft.key && key) key.value = draft.key;
    for (const field of fieldsOf(form)) {
      const isBox = field.type === "checkbox" || field.type === "radio";
      const kept = draft.fields[isBox ? `${field.name}=${field.value}` : field.name];
      if (kept === undefined) continue;
      if (isBox) field.checked = kept;
      else if (!field.value) field.value = kept;
    }
  };

  /* one entry of the history: the answer takes the place of this page */
  const show = (text, address) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.body.replaceWith(document.adoptNode(page.body));
    history.replaceState(null, "", address);
    scrollTo(0, 0);
    start();
    (document.querySelector("form[method=post] [data-summary]") ?? document.querySelector("h1"))?.focus?.();
  };
  const offline = (is) => {
    for (const note of document.querySelectorAll("[data-offline]")) note.hidden = !is;
  };
  const fetchPage = async (address, options, again) => {
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...options });
      waiting = null;
      offline(false);
      show(await answer.text(), answer.url);
    } catch {
      waiting = again;
      offline(true);
    }
  };
  const send = (form, button) => {
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    if (form.dataset.draft && form.elements.form_key) {
      /* should the answer be lost, the same key is sent again, and it counts once */
      write(form.dataset.draft, { ...read(form.dataset.draft), key: form.elements.form_key.value });
    }
    const address = button?.getAttribute("formaction") ? button.formAction : form.action;
    if (address !== form.action) for (const field of form.querySelectorAll("[type=file]")) body.delete(field.name);
    button?.setAttribute("aria-busy", "true");
    const again = () => fetchPage(address, { method: "POST", body }, again);
    again().finally(() => {
      delete form.dataset.sending;
      button?.removeAttribute("aria-busy");
    });
  };

  const leave = (link) => {
    const address = new URL(link.href);
    if (keeps()) address.searchParams.set("keep", "1");
    else forget(true);
    document.documentElement.hidden = true;
    location.replace(address);
  };
  /* the code on a picture, for those who cannot print; nothing leaves the phone */
  const picture = (button) => {
    const lines = [...document.querySelectorAll(button.dataset.picture)].map((line) => line.innerText.trim());
    const canvas = Object.assign(document.createElement("canvas"), { width: 1080, height: 240 + 160 * lines.length });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#000";
    pen.textAlign = "center";
    lines.forEach((line, index) => {
      pen.font = `${line.length > 30 ? 34 : 64}px sans-serif`;
      pen.fillText(line.replace(/\s+/g, " "), canvas.width / 2, 180 + 160 * index, canvas.width - 80);
    });
    canvas.toBlob((blob) => {
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "picture.png" });
      link.click();
      URL.revokeObjectURL(link.href);
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    if (form.dataset.onward === undefined) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-exit]");
    const onward = event.target.closest("a[data-onward]");
    if (exit) leave(exit);
    else if (onward) fetchPage(onward.href, {}, () => location.replace(onward.href));
    else if (event.target.closest("[data-print]")) print();
    else if (event.target.closest("[data-picture]")) picture(event.target.closest("[data-picture]"));
    else return;
    event.preventDefault();
  });
  let escapes = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    escapes = [...escapes.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    const exit = document.querySelector("[data-exit]");
    if (escapes.length >= 3 && exit) leave(exit);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.target.closest(".cover")) event.target.closest(".write")?.classList.toggle("covered", event.target.checked);
    if (event.target.matches("[data-keep]")) {
      const drafts = Object.entries(shelf()).filter(([key]) => key.startsWith(PREFIX));
      forget(true);
      if (event.target.checked) localStorage.setItem(PREFIX + "keep", "yes");
      for (const [key, value] of drafts) if (key !== PREFIX + "keep") shelf().setItem(key, value);
    }
    if (form?.dataset.draft) save(form);
  });
  addEventListener("online", () => waiting?.());
  addEventListener("pageshow", (event) => {
    for (const form of document.querySelectorAll("[data-sending]")) delete form.dataset.sending;
    if (event.persisted) document.documentElement.hidden = false;
  });

  const start = () => {
    const done = document.querySelector("[data-draft-done]");
    if (done) forget(true);
    for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
    for (const box of document.querySelectorAll("[data-keep]")) box.checked = keeps();
    for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
    document.querySelector("form[method=post] [data-summary]")?.focus();
  };
  start();
})();
