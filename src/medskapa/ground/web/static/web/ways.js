"use strict";
/* Telling by voice and by drawing. Both stay in this tab until the form is sent, on whichever step they were made, and go with it as
   files; leaving forgets them. Beside the draft (teller.js) they lie sealed, so that a reload loses neither them nor chosen pictures.

   [data-voice]             the recorder: [data-voice-do=record|stop|delete], [data-voice-while=none|recording|kept] shown only then,
                            [data-voice-clock], [data-voice-level], [data-voice-listen], [data-voice-says] with its messages
   [data-voice-file]        the field of the last step that takes the recording along
   [data-voice-else]        shown where the page itself cannot record: a file can be chosen instead
   [data-drawing]           the sheet: canvas, [data-pen], [data-drawing-do=undo|clear], [data-drawing-says]; it joins [name=pictures] */
(() => {
  const MOST = 5 * 60; // seconds
  const PIECE = 5000; // milliseconds
  const MOST_PICTURES = 3;
  const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);
  const all = (what) => document.querySelectorAll(what);
  const put = (field, files) => {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    field.files = held.files;
  };
  const packed = (files) => {
    const form = new FormData();
    for (const file of files) form.append("file", file);
    return form;
  };
  const lying = async (what) => (await (await drafts.get(what))?.formData().catch(() => null))?.getAll("file") ?? [];

  /* voice */
  let recorder = null;
  let asking = false;
  let voice = null; /* the recording as a file, and where the player finds it */
  let isNew = false; /* since the page came, so that what lay on the phone does not take its place */
  let isRefused = false; /* the microphone */
  let held = null; /* what was to be sent while it recorded */
  const say = (name) => {
    for (const place of all("[data-voice-says]")) place.textContent = place.dataset[name] ?? "";
  };
  const showVoice = () => {
    const now = recorder ? "recording" : voice ? "kept" : "none";
    for (const part of all("[data-voice]")) part.hidden = !canRecord;
    for (const part of all("[data-voice-else]")) part.hidden = canRecord && !isRefused;
    for (const part of all("[data-voice-while]")) part.hidden = part.dataset.voiceWhile !== now;
    for (const player of all("[data-voice-listen]")) {
      if (voice && player.src !== voice.address) player.src = voice.address;
      if (!voice) player.removeAttribute("src");
    }
    for (const part of all("[data-voice]")) part.open ||= now !== "none";
    for (const field of all("[data-voice-file]")) put(field, voice ? [voice.file] : []);
  };
  const forgetVoice = () => {
    if (voice) URL.revokeObjectURL(voice.address);
    voice = null;
  };
  const keepVoice = (file) => {
    forgetVoice();
    voice = { file, address: URL.createObjectURL(file) };
    showVoice();
  };
  const watch = (stream, begun) => {
    const sound = new AudioContext();
    const meter = sound.createAnalyser();
    const wave = new Float32Array(meter.fftSize);
    sound.createMediaStreamSource(stream).connect(meter);
    let warned = false;
    const timer = setInterval(() => {
      const seconds = Math.floor((performance.now() - begun) / 1000);
      meter.getFloatTimeDomainData(wave);
      const level = Math.min(1, 4 * Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length));
      for (const place of all("[data-voice-level]")) place.value = level;
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      for (const place of all("[data-voice-clock]")) if (place.textContent !== text) place.textContent = text;
      if (!warned && seconds >= MOST - 60) say("minute");
      warned ||= seconds >= MOST - 60;
      if (seconds >= MOST) stop();
    }, 100);
    return () => {
      clearInterval(timer);
      sound.close();
    };
  };
  const record = async () => {
    if (recorder || asking) return;
    asking = isNew = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      isRefused = true;
      showVoice();
      say("refused");
      return;
    } finally {
      asking = false;
    }
    const pieces = [];
    const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32000 });
    const rest = watch(stream, performance.now());
    const recorded = () => new File(pieces, "voice", { type: kind });
    recorder.ondataavailable = (event) => {
      pieces.push(event.data);
      drafts.put("voice", packed([recorded()]));
    };
    recorder.onstop = () => {
      rest();
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      keepVoice(recorded());
      say("done");
      document.querySelector("[data-voice-listen]")?.focus();
      held?.form.requestSubmit(held.button);
      held = null;
    };
    forgetVoice();
    recorder.start(PIECE);
    showVoice();
    say("begun");
    document.querySelector("[data-voice-do=stop]")?.focus();
  };
  const stop = () => {
    if (recorder?.state === "recording") recorder.stop();
  };
  document.addEventListener(
    "submit",
    (event) => {
      if (!recorder) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { form: event.target, button: event.submitter };
      stop();
    },
    true,
  );

  /* drawing: lines as they were drawn, each with its colour */
  const lines = [];
  let chosen = []; /* pictures from the phone */
  let drawn = null; /* the drawing as a file */
  const sheet = () => document.querySelector("[data-drawing] canvas");
  const trace = (pen, line) => {
    pen.strokeStyle = line.colour;
    pen.beginPath();
    pen.moveTo(...line.points[0]);
    for (const point of line.points) pen.lineTo(...point);
    pen.stroke();
  };
  const paint = () => {
    const canvas = sheet();
    if (!canvas) return;
    const pen = canvas.getContext("2d");
    Object.assign(pen, { fillStyle: "#fff", lineWidth: 6, lineCap: "round", lineJoin: "round" });
    pen.fillRect(0, 0, canvas.width, canvas.height);
    for (const line of lines) trace(pen, line);
  };
  const takeAlong = () => {
    const field = document.querySelector("input[type=file][name=pictures]");
    const place = document.querySelector("[data-drawing-says]");
    if (!field) return;
    const isFull = Boolean(drawn) && chosen.length >= MOST_PICTURES;
    put(field, drawn && !isFull ? [...chosen, drawn] : chosen);
    if (place) place.textContent = isFull ? place.dataset.full : drawn ? place.dataset.in : "";
  };
  const finish = () => {
    /* at once, so that it is there whenever the form is sent */
    const [, encoded] = sheet().toDataURL("image/png").split(",");
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    drawn = lines.length ? new File([bytes], "drawing.png", { type: "image/png" }) : null;
    takeAlong();
  };
  const keepDrawing = () => {
    finish();
    drafts.put("drawing", JSON.stringify(lines));
  };
  const showDrawing = () => {
    for (const part of all("[data-drawing]")) {
      part.hidden = false;
      part.open ||= lines.length > 0; /* whoever has opened it already finds it open */
    }
    paint();
    if (sheet() && lines.length && !drawn) finish();
    takeAlong();
  };
  const pointOf = (event) => {
    const canvas = event.target;
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  };
  let line = null;
  document.addEventListener("pointerdown", (event) => {
    if (event.target !== sheet() || !event.isPrimary) return;
    event.target.setPointerCapture(event.pointerId);
    line = { colour: document.querySelector("[data-pen]:checked").value, points: [pointOf(event)] };
    lines.push(line);
    paint();
  });
  document.addEventListener("pointermove", (event) => {
    if (!line || event.target !== sheet()) return;
    line.points.push(pointOf(event));
    paint();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      if (line) keepDrawing();
      line = null;
    });
  }

  document.addEventListener("click", (event) => {
    const voiceDo = event.target.closest("[data-voice-do]")?.dataset.voiceDo;
    const drawingDo = event.target.closest("[data-drawing-do]")?.dataset.drawingDo;
    if (voiceDo === "record") record();
    if (voiceDo === "stop") stop();
    if (voiceDo === "delete") {
      forgetVoice();
      drafts.drop("voice");
      isNew = true;
      showVoice();
      say("gone");
      document.querySelector("[data-voice-do=record]:not([hidden])")?.focus();
    }
    if (drawingDo === "undo") lines.pop();
    if (drawingDo === "clear") lines.length = 0;
    if (drawingDo) {
      paint();
      keepDrawing();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][name=pictures]")) {
      chosen = [...event.target.files];
      if (chosen.length) drafts.put("pictures", packed(chosen));
      else drafts.drop("pictures");
      takeAlong();
    }
    if (event.target.matches("[data-voice-file]") && event.target.files.length) {
      isNew = true;
      keepVoice(event.target.files[0]);
      drafts.put("voice", packed([event.target.files[0]]));
    }
  });

  const show = () => {
    if (!location.pathname.includes("/tell/") || document.querySelector("[data-draft-done]")) {
      forgetVoice(); /* it is sent */
      lines.length = chosen.length = 0;
      drawn = null;
    }
    showVoice();
    showDrawing();
  };
  /* the next step takes the place of this one without a new page; what is being said is kept */
  new MutationObserver(() => {
    stop();
    show();
  }).observe(document.documentElement, { childList: true });
  show();
  const restore = async () => {
    const [voices, pictures, strokes] = await Promise.all([lying("voice"), lying("pictures"), drafts.get("drawing")]);
    if (voices.length && !isNew) keepVoice(voices[0]);
    if (!chosen.length) chosen = pictures;
    if (!lines.length) lines.push(...((await strokes?.json()) ?? []));
    showDrawing();
  };
  restore();
})();
