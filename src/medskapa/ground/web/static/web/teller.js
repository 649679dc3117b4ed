"use strict";
/* For pages of storytellers, which all work without it. It keeps the telling in one entry of the history,
   keeps what is not yet sent in this browser, sends once when the network comes back, and leaves quickly.

   form[data-onward]                  the answer takes the place of this page
   form[data-draft=name]              what is written is kept under this name; [data-unkept] inside it is not
   form[data-draft="so~…"][data-called=name]  the same, begun in this language, which calls itself so
   [data-elsewhere]                   a hidden note: it says what was begun under the same name in other languages, and goes on with it
   [data-elsewhere=waits]             the same on a phone of many people: only of what waits to be sent
   form[data-sends]                   the last step: what it sends waits on the phone until it has come
   form[data-queues]                  the same of all questions on one page, where queue.js cannot keep it: it waits in the page
   [data-begins]                      on the first of these forms: what lies here is of somebody before, and is forgotten
   [data-forget] [data-clears=id]     on a button: it forgets the draft; it leaves at once nothing on the page but this hidden note
   form[data-closes]                  closes these pages on this phone, all but what others told on it and is not sent yet
   [data-draft-done=name]             it is sent: the draft is forgotten
   [data-keep]                        the box "keep on this phone"; without it a draft ends with the tab
   [data-saved]                       a hidden note: it is kept here
   [data-offline] [data-later]        hidden notes: it will be sent, for there is no network; or for the server cannot take it just now
   [data-waits] [data-change]         shown in place of the form while a story waits; the button that opens it again
   [data-script]                      hidden parts that need this script
   [data-exit] [data-print] [data-picture=lines]  leave quickly (or Escape three times); print; save the lines as a picture */
(() => {
  const BASE = "medskapa";
  const TAB = "medskapa:tab";
  const KEEP = "medskapa:keep";
  const QUEUE = "medskapa:queue"; /* what others told on this phone, which leaving does not take away (queue.js) */
  const SEAL = { name: "AES-GCM", length: 256 };
  const DAY = 24 * 3600 * 1000;
  const WEEK = 7 * DAY;
  const NEVER_KEPT = new Set(["hidden", "file", "password", "submit", "button"]);
  let waiting = null;
  let flight = null; /* ends the last send, should it still be on its way */

  /* Drafts lie sealed in IndexedDB. Their key lies in this tab and goes with it, or, where the teller chose so, on the phone as one that
     no script can read out (decision 0019). Where the browser refuses any of it, nothing is kept. All of it happens in turn. */
  let isLeft = false;
  let queue = Promise.resolve();
  const inTurn = (task) => (queue = queue.then(task).catch(() => null));
  const attempt = (what) => {
    try {
      return what();
    } catch {
      return null;
    }
  };
  const canKeep = attempt(() => Boolean(indexedDB && sessionStorage && crypto.subtle));
  const keeps = () => attempt(() => localStorage.getItem(KEEP)) === "yes";
  const inStore = async (work, mayMake = false, name = BASE) => {
    const base = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(name);
      asked.onupgradeneeded = () => (mayMake ? asked.result.createObjectStore("drafts") : asked.transaction.abort());
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    try {
      const change = base.transaction("drafts", "readwrite");
      const asked = work(change.objectStore("drafts"));
      await new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = () => reject(change.error);
      });
      return asked?.result;
    } finally {
      base.close();
    }
  };
  const lock = async (mayMake = false, onPhone = keeps()) => {
    if (onPhone) {
      let key = await inStore((rows) => rows.get("key"), mayMake);
      if (!key && mayMake) {
        key = await newKey();
        await inStore((rows) => rows.put(key, "key"));
      }
      return key && { key, place: "phone/" };
    }
    let numbers = sessionStorage.getItem(TAB);
    if (!numbers && mayMake) {
      numbers = crypto.getRandomValues(new Uint8Array(48)).join();
      sessionStorage.setItem(TAB, numbers);
    }
    if (!numbers) return null;
    const bytes = Uint8Array.from(numbers.split(","));
    const key = await crypto.subtle.importKey("raw", bytes.slice(16), SEAL, false, ["encrypt", "decrypt"]);
    return { key, place: `${bytes.slice(0, 16).join("-")}/` };
  };
  const newKey = () => crypto.subtle.generateKey(SEAL, false, ["encrypt", "decrypt"]); /* that no script can read out */
  const seal = async (key, body) => {
    const packed = body instanceof Response ? body : new Response(body); /* words, or a form with its files, as bytes */
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ ...SEAL, iv }, key, await packed.arrayBuffer());
    return { at: Date.now(), type: packed.headers.get("content-type"), iv, sealed };
  };
  const unseal = async (key, row) => {
    const bytes = await crypto.subtle.decrypt({ ...SEAL, iv: row.iv }, key, row.sealed);
    return new Response(bytes, { headers: { "content-type": row.type } });
  };
  const within = (start) => IDBKeyRange.bound(start, `${start}\uffff`);
  const put = async (name, body, own = null) => {
    if (isLeft) return;
    const { key, place } = own ?? (await lock(true));
    const row = await seal(key, body);
    if (isLeft) return; /* meanwhile */
    await inStore((rows) => rows.put(row, place + name), true);
  };
  const get = async (name) => {
    const own = await lock();
    const row = own && (await inStore((rows) => rows.get(own.place + name)));
    if (!row || Date.now() - row.at > WEEK) return null;
    return unseal(own.key, row);
  };
  const drop = async (name) => {
    const own = await lock();
    if (own) await inStore((rows) => rows.delete(within(own.place + name)));
  };
  const loseKey = () =>
    attempt(() => {
      sessionStorage.removeItem(TAB);
      localStorage.removeItem(KEEP);
    });
  const forget = (name) =>
    inTurn(async () => {
      const own = await lock();
      await drop(name);
      const left = (await inStore((rows) => rows.getAllKeys())).filter((one) => one !== "key");
      if (left.some((one) => one.startsWith(own.place))) return;
      loseKey();
      if (left.length) await inStore((rows) => rows.delete("key"));
      else indexedDB.deleteDatabase(BASE);
    });
  const move = (onPhone) =>
    inTurn(async () => {
      const from = await lock();
      const to = await lock(true, onPhone);
      const places = from ? await inStore((rows) => rows.getAllKeys(within(from.place)), true) : [];
      for (const place of places) {
        const name = place.slice(from.place.length);
        const lying = await get(name);
        if (lying) await put(name, lying, to);
      }
      if (onPhone) localStorage.setItem(KEEP, "yes");
      (onPhone ? sessionStorage : localStorage).removeItem(onPhone ? TAB : KEEP);
      for (const place of onPhone ? places : [...places, "key"]) await inStore((rows) => rows.delete(place));
    });
  /* of another day and another tab, so that no key can be there any more; or a week old */
  const sweep = () =>
    inTurn(async () => {
      const own = await lock().catch(() => null);
      await inStore((rows) => {
        rows.openCursor().onsuccess = ({ target: { result: row } }) => {
          if (!row) return;
          const most = own && row.key.startsWith(own.place) ? WEEK : DAY;
          if (Date.now() - row.value.at > most) row.delete();
          row.continue();
        };
      });
    });

  /* what waits in an open tab is not of another day, though another tab sweeps */
  const freshen = () =>
    inTurn(async () => {
      const own = await lock();
      if (!own) return;
      await inStore((rows) => {
        rows.openCursor(within(own.place)).onsuccess = ({ target: { result: row } }) => {
          if (!row) return;
          if (Date.now() - row.value.at > DAY / 2) row.update({ ...row.value, at: Date.now() });
          row.continue();
        };
      });
    });

  /* what was written */
  const touched = new Set();
  const due = new Set();
  const saved = () => {
    for (const note of document.querySelectorAll("[data-saved]")) note.hidden = false;
  };
  const read = async (name) => (await get(name).catch(() => null))?.json() ?? { fields: {} };
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !NEVER_KEPT.has(field.type) && !field.closest("[data-unkept]"));
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";
  const placeOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);

  const write = async (form, more = {}) => {
    due.delete(form);
    const draft = { ...(await read(form.dataset.draft)), called: form.dataset.called, ...more };
    for (const field of fieldsOf(form)) draft.fields[placeOf(field)] = isBox(field) ? field.checked : field.value;
    await put(form.dataset.draft, JSON.stringify(draft));
    saved();
  };
  const save = (form) => {
    if (due.has(form)) return; /* it will be written as it then is */
    due.add(form);
    inTurn(() => write(form));
  };
  const fill = (form, draft) => {
    const key = form.elements.form_key;
    if (draft.key && key) key.value = draft.key;
    for (const field of fieldsOf(form)) {
      const kept = draft.fields[placeOf(field)];
      if (kept === undefined || touched.has(field.name)) continue;
      if (isBox(field)) field.checked = kept;
      else if (!field.value) field.value = kept;
    }
  };
  const restore = (form) =>
    inTurn(async () => {
      const draft = await read(form.dataset.draft);
      const story = draft.waits && (await get(`${form.dataset.draft}/waiting`).catch(() => null));
      if (story) sendWaiting(form, draft.waits, story.headers.get("content-type"), await story.arrayBuffer());
      else if (form.dataset.begins !== undefined) forget(form.dataset.draft);
      else fill(form, draft);
    });
  /* words of another language are not filled in here, since they would be kept as what they are not; they are gone on with there */
  const isTold = (draft, name, names) =>
    draft.waits || names.some((one) => one.startsWith(`${name}/`)) || Object.values(draft.fields).some((one) => one.trim?.());
  const offerElsewhere = (note) =>
    inTurn(async () => {
      const form = document.querySelector("form[data-draft]");
      const here = form.dataset.draft;
      const own = await lock();
      const names = (await inStore((rows) => rows.getAllKeys(within(own.place)))).map((place) => place.slice(own.place.length));
      for (const name of new Set(names.map((one) => one.split("/")[0]))) {
        const [lang, what] = name.split("~");
        if (name === here || what !== here.split("~")[1]) continue;
        const draft = await read(name);
        if (!(note.dataset.elsewhere === "waits" ? draft.waits : isTold(draft, name, names))) continue;
        const there = Object.assign(document.createElement("form"), { method: "post" });
        there.action = form.getAttribute("action").replace(/^\/[^/]+/, `/${lang}`);
        there.dataset.onward = "";
        const said = { className: "btn two", name: "go", value: "to:before", lang, textContent: draft.called ?? lang };
        there.append(Object.assign(document.createElement("button"), said));
        note.querySelector(".row").append(there);
        note.hidden = false;
      }
    });
  /* for what is told in other ways than words: it lies beside them */
  const beside = (work) => (what, body) => {
    const name = document.querySelector("form[data-draft]")?.dataset.draft;
    return name ? inTurn(() => work(`${name}/${what}`, body)) : null;
  };
  globalThis.drafts = { put: beside((name, body) => put(name, body).then(saved)), get: beside(get), drop: beside(drop) };

  /* one entry of the history: the answer takes the place of this page */
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  const show = (page, address) => {
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.body.replaceWith(document.adoptNode(page.body));
    history.replaceState(null, "", address);
    scrollTo(0, 0);
    start();
    (document.querySelector("form[method=post] [data-summary]") ?? document.querySelector("h1"))?.focus?.();
  };
  const sayWhy = (why) => {
    for (const note of document.querySelectorAll("[data-offline], [data-later]")) note.hidden = note.dataset[why] === undefined;
  };
  const fetchPage = async (address, options, again, draft = null, isLast = Boolean(draft)) => {
    const { signal } = (flight = new AbortController());
    try {
      const answer = await fetch(address, { credentials: "same-origin", signal, ...options });
      const text = await answer.text();
      if (isLast && (answer.status >= 500 || answer.status === 429)) throw answer; /* the page stays, with its files, and tries again */
      waiting = null;
      sayWhy("nothing");
      if (draft && answer.ok) forget(draft);
      else if (draft && answer.status === 409) callOff(draft, { key: undefined }); /* it counts already: what is changed is sent anew */
      else if (draft && answer.status !== 403) callOff(draft);
      show(parsed(text), answer.url);
    } catch (fault) {
      if (signal.aborted) return;
      waiting = again;
      sayWhy(fault instanceof Response ? "later" : "offline");
    }
  };
  const callOff = (name, more = {}) =>
    inTurn(async () => {
      await put(name, JSON.stringify({ ...(await read(name)), waits: undefined, ...more }));
      await drop(`${name}/waiting`);
    });
  /* should the answer be lost, the same bytes with the same key are sent again, and they count once */
  const hold = (form, address, body) =>
    inTurn(async () => {
      await write(form, { key: form.elements.form_key?.value, waits: body ? address : undefined });
      if (body) await put(`${form.dataset.draft}/waiting`, body);
      else await drop(`${form.dataset.draft}/waiting`);
    });
  /* a phone goes from hand to hand: nothing of it is left to read, whether there is network or not */
  const clear = (id) => {
    const note = document.getElementById(id);
    document.querySelector("main").replaceChildren(note);
    note.hidden = false;
    note.focus();
  };
  const stop = () => {
    waiting = null;
    flight?.abort();
  };
  const send = async (form, button) => {
    stop();
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    const address = button?.getAttribute("formaction") ? button.formAction : form.action;
    if (address !== form.action) for (const field of form.querySelectorAll("[type=file]")) body.delete(field.name);
    button?.setAttribute("aria-busy", "true");
    const isLast = [form.dataset.sends, form.dataset.queues].some((is) => is !== undefined) && address === form.action;
    const keep = button?.dataset.forget === undefined ? () => hold(form, address, isLast ? body : null) : () => forget(form.dataset.draft);
    const held = form.dataset.draft ? keep() : null;
    if (button?.dataset.clears) clear(button.dataset.clears);
    if (isLast) await Promise.race([held, new Promise((resolve) => setTimeout(resolve, 2000))]);
    const again = () => fetchPage(address, { method: "POST", body }, again, isLast ? form.dataset.draft : null, isLast);
    await again();
    delete form.dataset.sending;
    button?.removeAttribute("aria-busy");
  };
  const showWaiting = (is) => {
    for (const note of document.querySelectorAll("[data-waits]")) note.hidden = !is;
    for (const form of document.querySelectorAll("form[data-draft]")) form.hidden = is;
  };
  const sendWaiting = (form, address, type, body) => {
    showWaiting(true);
    const options = { method: "POST", headers: { "content-type": type }, body };
    const again = () => fetchPage(address, options, again, form.dataset.draft);
    again();
  };
  const change = (form) => {
    stop();
    showWaiting(false);
    callOff(form.dataset.draft);
    restore(form);
  };
  const retry = () => {
    const again = waiting;
    waiting = null;
    if (!again) return;
    freshen();
    again();
  };

  const queues = () => attempt(() => localStorage.getItem(QUEUE)) === "yes";
  const forgetAll = () => {
    loseKey(); /* nothing can be read from here on; the rest goes while the page does */
    attempt(() => indexedDB.deleteDatabase(BASE));
  };
  const leave = (link) => {
    const address = new URL(link.href);
    waiting = null;
    if (keeps() || queues()) address.searchParams.set("keep", "1");
    if (!keeps()) {
      isLeft = true;
      forgetAll();
    }
    document.documentElement.hidden = true;
    location.replace(address);
  };
  /* the server would have the browser clear all, and with it what others told; so that is done here, but for their stories */
  const close = (form) => {
    if (!queues()) return;
    if (!form.elements.keep) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: "1" }));
    isLeft = form.dataset.onward === undefined;
    forgetAll();
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
    if (form.dataset.closes !== undefined) close(form);
    if (form.dataset.onward === undefined) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-exit]");
    if (exit) leave(exit);
    else if (event.target.closest("[data-change]")) change(document.querySelector("form[data-draft]"));
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
    touched.add(event.target.name);
    if (event.target.matches("[data-keep]")) {
      const box = event.target;
      move(box.checked).then(() => (box.checked = keeps()));
    }
    if (form?.dataset.draft) save(form);
  });
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => document.hidden || retry());
  setInterval(retry, 20_000);
  addEventListener("pageshow", (event) => {
    for (const form of document.querySelectorAll("[data-sending]")) delete form.dataset.sending;
    if (event.persisted) document.documentElement.hidden = false;
  });

  globalThis.shelf = { QUEUE, inStore, newKey, seal, unseal, parsed, show, send };

  const start = () => {
    touched.clear();
    const done = document.querySelector("[data-draft-done]");
    if (done) forget(done.dataset.draftDone);
    for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
    for (const note of document.querySelectorAll("[data-elsewhere]")) offerElsewhere(note);
    for (const box of document.querySelectorAll("[data-keep]")) box.checked = keeps();
    for (const part of document.querySelectorAll("[data-script]")) part.hidden = !canKeep && Boolean(part.querySelector("[data-keep]"));
    document.querySelector("form[method=post] [data-summary]")?.focus();
  };
  start();
  if (document.querySelector("form[data-draft]")) sweep();
})();
