"use strict";
/* Stories of one person after the other wait on a partner's phone until there is network (decision 0030). Each lies sealed under a key of
   the phone that no script can read out, survives a restart, is sent when it can be, and stays until its code is handed over.

   form[data-queues=most]       what it sends is sealed here first; then the page is empty for the next person. At most so many signs
   [data-lacks=words|length|read_back]  hidden notes: what is to be said before it can wait
   [data-going]                 a hidden note in place of the form, while a story is on its way
   [data-queue=digits]          hidden; shown while something lies here. [data-queue-count=states] says how many, in these digits
   [data-queue-rows]            a list of what lies here, with the template of a row: [data-queue-at] when it was told, [data-queue-is=states],
                                [data-queue-why] the server's words, buttons [data-queue-open] and [data-queue-drop]
   [data-queue-busy]            a hidden note: nothing here can be opened before what is on the page is done with
   [data-queue-offline]         a hidden note: the server's answer did not come
   [data-queues-here]           hidden: what waiting means */
(() => {
  const { QUEUE, inStore, newKey, seal, unseal, parsed, show, send } = globalThis.shelf;
  const DAY = 24 * 3600 * 1000; /* for which the server gives the same answer again */
  const MOST = 8000; /* milliseconds for which somebody looks at a story that is on its way */
  const home = location.href;
  const blank = document.cloneNode(true);
  const isHere = Boolean(document.querySelector("[data-queue-rows]"));
  const canKeep = Boolean(globalThis.indexedDB && globalThis.crypto?.subtle && navigator.locks);
  const tried = new Set(); /* what was refused, and was tried again since the page came */
  let opened = null; /* the row whose answer is shown */
  let going = null; /* the row that somebody is waiting for */
  let isSending = false;
  let isAsked = false; /* to send, also while it is being done */
  let isWritten = false;

  /* what lies here: rows that are waiting, sent, wrong (to be put right), refused or come (the code is not shown any more) */
  const inTurn = (work) => navigator.locks.request(QUEUE, work);
  const inQueue = (work, mayMake = false) => inStore(work, mayMake, QUEUE);
  const lying = async () => {
    const rows = (await inQueue((all) => all.getAll()).catch(() => null)) ?? [];
    return rows.filter((row) => row.id).sort((one, other) => one.at - other.at);
  };
  const put = (row, body) =>
    inTurn(async () => {
      let key = await inQueue((rows) => rows.get("key"), true);
      if (!key) {
        key = await newKey();
        await inQueue((rows) => rows.put(key, "key"));
      }
      const sealed = await seal(key, body);
      await inQueue((rows) => rows.put({ ...sealed, ...row }, row.id));
      localStorage.setItem(QUEUE, "yes");
    });
  const mark = (id, more) =>
    inTurn(() =>
      inQueue((rows) => {
        rows.get(id).onsuccess = ({ target: { result: row } }) => row && rows.put({ ...row, ...more(row) }, id);
      }),
    );
  const drop = (id) =>
    inTurn(async () => {
      await inQueue((rows) => rows.delete(id));
      const left = await inQueue((rows) => rows.getAllKeys()); /* should this fail, nothing is thrown away */
      if (left.some((one) => one !== "key")) return;
      localStorage.removeItem(QUEUE);
      await new Promise((done) => {
        Object.assign(indexedDB.deleteDatabase(QUEUE), { onsuccess: done, onerror: done, onblocked: done });
      });
    }).catch(() => null); /* it is seen to be there still */
  const COME = { is: "come", iv: undefined, sealed: undefined };
  const becomes = (status, text) => (row) => {
    if (status < 400) return row.is === "sent" ? {} : { is: "sent", sentAt: Date.now() };
    if (status === 409) return COME;
    return { is: status === 422 ? "wrong" : "refused", why: parsed(text).querySelector("h1")?.textContent.trim() };
  };

  /* sending: the same bytes with the same key as often as it takes; they count once, and the answer is the same */
  const ask = async (id) => {
    const [key, row] = [await inQueue((rows) => rows.get("key")), await inQueue((rows) => rows.get(id))];
    const body = await (await unseal(key, row)).arrayBuffer();
    const signal = AbortSignal.timeout?.(60_000);
    const answer = await fetch(row.to, { method: "POST", credentials: "same-origin", headers: { "content-type": row.type }, body, signal });
    const text = await answer.text();
    if (answer.status >= 500 || answer.status === 429) throw answer;
    await mark(id, becomes(answer.status, text));
    return { text, isToShow: answer.ok || answer.status === 422 };
  };
  const isDue = (row) => row.id !== going && (row.is === "waits" || (row.is === "refused" && !tried.has(row.id)));
  const sendDue = async () => {
    for (const row of await lying()) {
      if (row.is === "sent" && Date.now() - row.sentAt > DAY) await mark(row.id, () => COME).catch(() => null);
      if (!isDue(row)) continue;
      tried.add(row.id);
      await ask(row.id).catch(() => null); /* it waits on */
      await render();
    }
  };
  const sendAll = async () => {
    isAsked = true;
    if (isSending) return;
    isSending = true;
    try {
      while (isAsked) {
        isAsked = false;
        await sendDue();
      }
    } finally {
      isSending = false;
    }
    await render();
  };

  /* what is seen of it: when it was told, never a word */
  const inDigits = (text, digits) => text.replace(/\d/g, (digit) => digits[digit]);
  const two = (number) => String(number).padStart(2, "0");
  const moment = (at) => {
    const day = new Date(at);
    const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())} `;
    return `${day.toDateString() === new Date().toDateString() ? "" : date}${two(day.getHours())}:${two(day.getMinutes())}`;
  };
  const within = (part, name) => part.querySelectorAll(`[data-queue-${name}]`);
  const fill = (list, rows, digits) => {
    const state = JSON.stringify(rows.map(({ id, is, why }) => [id, is, why]));
    if (list.dataset.state === state) return;
    list.dataset.state = state;
    const template = list.querySelector("template");
    const made = rows.map((row) => {
      const entry = template.content.cloneNode(true);
      for (const place of within(entry, "at")) place.textContent = inDigits(moment(row.at), digits);
      for (const place of within(entry, "why")) place.textContent = row.why ?? "";
      for (const part of within(entry, "is")) part.hidden = !part.dataset.queueIs.includes(row.is);
      for (const what of ["open", "drop"]) for (const button of within(entry, what)) button.dataset.id = row.id;
      return entry;
    });
    list.replaceChildren(template, ...made);
  };
  const stay = (event) => document.documentElement.hidden || event.preventDefault(); /* who leaves quickly is not asked */
  const OPENS = new Set(["sent", "wrong", "refused"]);
  const isTaken = () => isWritten || Boolean(opened); /* somebody else's words or code are on the page */
  const guard = (isOpen) => (isHere && isOpen ? addEventListener : removeEventListener)("beforeunload", stay);
  let turn = 0;
  const render = async () => {
    const mine = ++turn;
    const rows = (await lying()).filter((row) => row.id !== opened);
    if (mine !== turn) return; /* it is shown as it is by now */
    for (const place of document.querySelectorAll("[data-queue]")) {
      const digits = place.dataset.queue;
      place.hidden = !rows.length;
      for (const line of within(place, "count")) {
        const number = rows.filter((row) => line.dataset.queueCount.includes(row.is)).length;
        const text = inDigits(String(number), digits);
        if (line.textContent !== text) line.textContent = text;
        line.parentElement.hidden = !number;
      }
      for (const list of within(place, "rows")) fill(list, rows, digits);
      for (const note of within(place, "busy")) note.hidden = !isTaken() || !rows.some((row) => OPENS.has(row.is));
    }
    for (const button of document.querySelectorAll("[data-queue-open]")) button.disabled = isTaken() || Boolean(going);
    guard(isTaken() || rows.some((row) => row.is !== "come"));
  };
  const begin = () => {
    opened = null;
    isWritten = false;
    const page = blank.cloneNode(true);
    for (const form of page.querySelectorAll("form")) form.reset();
    for (const key of page.querySelectorAll("form[data-queues] [name=form_key]")) key.value = crypto.randomUUID();
    show(page, home);
    greet();
    return render();
  };
  const open = async (id, answer) => {
    const come = answer ?? (await ask(id).catch(() => null));
    for (const note of document.querySelectorAll("[data-queue-offline]")) note.hidden = Boolean(come);
    if (!come?.isToShow || isTaken() || going) return render(); /* it is never shown to whoever has the page by now */
    opened = id;
    show(parsed(come.text), home);
    return render();
  };

  const lackOf = (form) => {
    const told = [...form.querySelectorAll("textarea")].map((field) => field.value.trim()).filter(Boolean);
    if (!told.length) return "words";
    if ([...told.join("\n\n").replaceAll("\n", "\r\n")].length > Number(form.dataset.queues)) return "length"; /* as they are sent */
    return form.elements.writer?.value && !form.elements.read_back?.value ? "read_back" : null;
  };
  const showGoing = (is) => {
    for (const note of document.querySelectorAll("[data-going]")) note.hidden = !is;
    for (const form of document.querySelectorAll("form[data-queues]")) form.hidden = is;
  };
  const take = async (form, button) => {
    const lack = lackOf(form);
    for (const note of document.querySelectorAll("[data-lacks]")) {
      note.hidden = note.dataset.lacks !== lack;
      if (!note.hidden) note.focus();
    }
    if (lack || going) return;
    const id = opened ?? crypto.randomUUID();
    going = id;
    try {
      await put({ id, at: Date.now(), to: form.action, is: "waits", why: undefined }, new FormData(form));
    } catch {
      going = null;
      send(form, button); /* this browser keeps nothing: it waits in the page */
      return;
    }
    await begin();
    showGoing(true);
    const answer = await Promise.race([ask(id).catch(() => null), new Promise((resolve) => setTimeout(resolve, MOST))]);
    going = null;
    showGoing(false);
    if (answer?.isToShow) await open(id, answer);
    else {
      navigator.storage?.persist?.(); /* so that the browser throws nothing away to make room */
      render();
      await sendAll();
    }
  };
  /* nothing is left of it, here or with the server, and the next person begins, whether there is network or not */
  const goOn = async (form) => {
    const body = new URLSearchParams({ form_key: form.elements.form_key.value, go: "other" });
    if (opened) await drop(opened);
    fetch(form.action, { method: "POST", credentials: "same-origin", redirect: "manual", keepalive: true, body }).catch(() => null);
    await begin();
    await sendAll();
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const isOver = event.submitter?.value === "other";
      if (!canKeep || !isHere || form.method !== "post" || !(isOver || form.dataset.queues !== undefined)) return;
      event.preventDefault();
      event.stopPropagation(); /* teller.js would send it */
      if (isOver) goOn(form);
      else take(form, event.submitter);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const { dataset } = event.target.closest("[data-queue-open], [data-queue-drop]") ?? {};
    if (dataset?.queueOpen !== undefined) open(dataset.id);
    if (dataset?.queueDrop !== undefined) drop(dataset.id).then(render);
  });
  document.addEventListener("input", (event) => {
    if (isWritten || event.target.form?.dataset.queues === undefined) return;
    isWritten = true;
    guard(true); /* at once: a page can be closed before it is known what else lies here */
    render();
  });
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  setInterval(sendAll, 20_000);

  const greet = () => {
    for (const note of document.querySelectorAll("[data-queues-here]")) note.hidden = !canKeep;
  };
  greet();
  if (canKeep) sendAll();
})();
