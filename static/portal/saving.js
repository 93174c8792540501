/* Saving the record form: each change goes to the server at once, one save at a time, in the order it was typed. */
"use strict";

(() => {
  const PAUSE = 1500; // ms without a key after which what was typed is sent
  const LONGEST_PAUSE = 4000; // ms after which it is sent although somebody types on
  // ms without an answer after which a save is sent again, under its own id: a server that was only slow has the answer
  const PATIENCE = 15000;
  const PATIENCE_IN_TROUBLE = 6000;
  const LONGEST_WAIT = 3000; // ms between two attempts
  const PASSING = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504]); // what the next attempt may not meet
  const UNCERTAIN = new Set([0, 408, 502, 503, 504]); // the save may have arrived all the same
  const UNTYPED = new Set(["op", "csrfmiddlewaretoken"]);
  const REASONS = {
    0: "the server cannot be reached. What you typed is kept in this browser and sent as soon as it answers.",
    403: "you may not change this now.",
    413: "it is more than the portal reads at once.",
    429: "too much was sent in a short time. It is sent again in a moment.",
    500: "something broke on the server. What you typed is still here, and is sent again in a moment.",
  };

  const waiting = new Set(); // forms with something to send
  let current = null; // the form whose save is under way
  let attempts = 0;
  let attempt = 0; // the timer of the next one
  let isSignedOut = false;

  const forms = () => [...document.querySelectorAll("form.sf-form")];
  const formOf = (element) => element.form && element.form.matches("form.sf-form") ? element.form : null;
  const isDirty = (form) => form.classList.contains("is-dirty");
  const isSaving = (form) => form === current || waiting.has(form);
  const typedIn = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => !UNTYPED.has(name)));
  const unsaved = () => forms().filter((form) => isSaving(form) || (isDirty(form) && !isAsSaved(form)));

  // Text that was changed and changed back is no change.
  const fieldsIn = (form) => JSON.stringify([...new FormData(form)].filter(
    ([name]) => !UNTYPED.has(name) && name !== "digest" && name !== "seen"));
  const isAsSaved = (form) => !form.isRefused && form.savedFields === fieldsIn(form);

  // randomUUID is missing where the page came over plain http from another machine
  const newId = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(
    /[018]/g, (digit) => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));
  const tell = (name, form) => document.dispatchEvent(new CustomEvent(`portal:${name}`, { detail: { form } }));

  // What stands beside "saved hh:mm", and the message above the node -------------------------------------------------

  const STATES = { saved: "", unsaved: "not saved yet", saving: "saving…", offline: "not saved: no connection", failed: "not saved" };
  function show() {
    const place = document.getElementById("save-state");
    if (!place) return;
    const failed = forms().some((form) => form.isRefused);
    const state = attempts || isSignedOut ? "offline" : failed ? "failed" : current || waiting.size ? "saving"
      : forms().some(isDirty) ? "unsaved" : "saved";
    if (place.dataset.state === state) return;
    place.dataset.state = state;
    place.textContent = isSignedOut ? "not saved: signed out" : STATES[state];
  }
  function say(text, form, retries = () => saveAgain(form)) {
    const place = document.getElementById("sf-message");
    if (!place) return;
    if (form && place.dataset.said === text && place.querySelector("button")) return; // said once, not at each attempt
    place.dataset.said = place.textContent = text;
    if (!form) return;
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "btn btn-sm btn-primary";
    retry.textContent = "Try again";
    retry.addEventListener("click", retries);
    place.append(" ", retry);
  }
  function saveAgain(form) {
    waiting.add(form);
    if (isSignedOut) lookAgain(true);
    else saveNow();
  }

  // Sending ----------------------------------------------------------------------------------------------------------

  function save(form) {
    waiting.add(form);
    if (isSignedOut) lookAgain();
    else send();
  }
  // Perhaps somebody has signed in again in another tab.
  async function lookAgain(isPressed = false) {
    const { session } = window.portal;
    try {
      const { isMine, person } = await session.ask();
      if (isMine && isSignedOut) document.dispatchEvent(new Event("portal:signed-in"));
      else if (!isMine && isPressed) session.askIn(person ? "other" : "");
    } catch { /* the state says already that nothing is saved */ }
  }
  function send() {
    clearTimeout(attempt);
    if (current || isSignedOut || !window.portal.isSettled()) return;
    for (const form of waiting) {
      waiting.delete(form);
      if (!form.isConnected) continue;
      htmx.trigger(form, "portal:save");
      if (current) break;
    }
    show();
  }
  function later(milliseconds) {
    clearTimeout(attempt);
    attempt = setTimeout(send, milliseconds);
  }
  function saveNow() {
    attempts = 0;
    send();
  }

  // Each save is one operation: the same body sent again keeps its id, another body gets a new one. A save that may have
  // arrived is sent again as it was: what was typed since would be a conflict with it. That follows.
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches || !form.matches("form.sf-form")) return;
    const values = event.detail.parameters;
    const body = typedIn(form);
    form.isBehind = Boolean(form.uncertain) && form.sentBody !== body;
    if (form.isBehind) {
      form.uncertain.set("csrfmiddlewaretoken", values.csrfmiddlewaretoken);
      event.detail.parameters = form.uncertain;
    } else {
      if (form.sentBody !== body) form.sentOp = newId();
      form.sentBody = body;
      form.sentFields = fieldsIn(form);
      values.op = form.sentOp;
      values.do = "save"; // htmx adds the button that has the focus by now: a queued save would add or remove an item
      form.sent = event.detail.formData;
    }
    event.detail.timeout = attempts ? PATIENCE_IN_TROUBLE : PATIENCE;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form.sf-form")) return;
    current = form;
    form.classList.remove("is-dirty");
    show();
    tell("sending", form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches || !form.matches("form.sf-form")) return;
    current = null;
    if (event.detail.successful) saved(form);
    else notSaved(form, event.detail.xhr);
    show();
    tell("settled", form);
    if (!attempts) send();
  });

  function saved(form) {
    attempts = 0;
    form.sentBody = form.uncertain = null;
    if (form.isBehind) {
      form.classList.add("is-dirty");
      waiting.add(form);
    }
    form.savedFields = form.sentFields;
    form.isRefused = false;
    form.hasNewToken = false;
    if (!forms().some((other) => other.isRefused)) say("");
    tell("saved", form);
  }
  function notSaved(form, xhr) {
    const status = xhr ? xhr.status : 0;
    form.classList.add("is-dirty");
    if (status === 401) return signedOut(form);
    if (status === 403 && !form.hasNewToken) return withNewToken(form);
    if (UNCERTAIN.has(status)) form.uncertain ||= form.sent;
    else if (status === 500) form.uncertain = null;
    if (!PASSING.has(status)) {
      attempts = 0; // the server was reached
      form.uncertain = null;
      form.isRefused = true;
      if (status !== 409) say(`Not saved: ${REASONS[status] || "the server did not take it."} What you typed is still here.`, form);
      return;
    }
    attempts += 1;
    // a form that breaks the server does not hold up the others
    if (status === 500) waiting.add(form);
    else first(form);
    const asked = 1000 * Number(xhr.getResponseHeader && xhr.status && xhr.getResponseHeader("Retry-After"));
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** attempts) * (0.6 + 0.4 * Math.random());
    later(asked > 0 ? Math.min(asked, 60000) + wait / 5 : wait);
    say(`Not saved: ${REASONS[status] || REASONS[status ? 500 : 0]}`, form);
  }
  function first(form) {
    const others = [...waiting];
    waiting.clear();
    [form, ...others].forEach((one) => waiting.add(one));
  }
  function signedOut(form) {
    first(form);
    isSignedOut = true;
    say("Not saved: you have been signed out. What you typed is kept in this browser.", form);
    tell("signed-out", form);
  }
  // Cookies may have been cleared: one more try with the token that is valid now.
  async function withNewToken(form) {
    form.hasNewToken = true;
    try { await window.portal.session.ask(); } finally { save(form); }
  }
  document.addEventListener("portal:signed-in", () => { isSignedOut = false; say(""); saveNow(); });
  window.addEventListener("online", saveNow);
  document.addEventListener("portal:swapped", send);
  // Whatever else went wrong, what is unsaved is not left waiting.
  setInterval(() => {
    if (current) return;
    forms().filter((form) => isDirty(form) && !form.isRefused && Date.now() - (form.dirtySince || 0) > LONGEST_PAUSE)
      .forEach((form) => waiting.add(form));
    if (waiting.size) send();
  }, 2 * LONGEST_PAUSE);
  window.addEventListener("focus", () => { if (isSignedOut) lookAgain(); });

  // Typing: the one passive listener of the form marks it; a pause, or leaving the field, sends it -------------------

  document.addEventListener("focusin", (event) => {
    const form = formOf(event.target);
    if (form && form.savedFields === undefined) form.savedFields = fieldsIn(form);
  });
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (!form || !event.target.name) return;
    const now = Date.now();
    if (!isDirty(form)) {
      form.classList.add("is-dirty");
      form.dirtySince = now;
      show();
    }
    form.isTyping = true;
    window.portal.typedAt = form.typedAt = now;
    form.pause ||= setTimeout(sendAfterPause, PAUSE, form);
    window.portal.typed(form);
  }, { passive: true });
  // One timer looks when it is over: to set one anew at each key would cost more than the key.
  function sendAfterPause(form) {
    const due = Math.min(form.typedAt + PAUSE, form.dirtySince + LONGEST_PAUSE);
    form.pause = due > Date.now() ? setTimeout(sendAfterPause, due - Date.now(), form) : 0;
    if (!form.pause && isDirty(form)) save(form);
  }
  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (!form || !event.target.name) return;
    clearTimeout(form.pause);
    form.pause = 0;
    form.isTyping = false;
    window.portal.typedAt = 0;
    form.classList.add("is-dirty");
    save(form);
  });

  window.portal = Object.assign(window.portal || {}, { forms, isDirty, isSaving, newId, save, say, show, typed: () => {}, typedAt: 0, unsaved });
})();
