/* Buttons that add, remove, move, choose, fill in and undo: done on the server, shown in the page that is open. */
"use strict";

(() => {
  const PATIENCE = 15000; // ms without an answer
  const LOST = "Not done: the server cannot be reached. What you typed is kept in this browser.";
  const BROKEN = "Not done: something broke on the server. What you typed is still here.";
  const SIGNED_OUT = "Not done: you have been signed out. What you typed is kept in this browser.";
  const { afterSaves, newId, say, session, show: showState, standing, unsaved } = window.portal;
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const isField = (element) => element.matches("input, textarea, select");
  const swappingIsSettled = window.portal.isSettled;
  let pressed = null; // the button whose answer is awaited
  let ahead = ""; // what was typed meanwhile, into no field

  const isAct = (form, button) => !!button && button.name === "do" && button.value !== "save" && !form.isPlain
    && form.method === "post" && form.getAttribute("action") === location.pathname;

  // After whoever waits for unsaved text, before the shell of every page, which leaves alone what is not sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isAct(form, event.submitter)) {
      form.isPlain = false;
      return;
    }
    event.preventDefault();
    if (!pressed) act(form, event.submitter);
  });

  async function act(form, button) {
    pressed = button;
    ahead = "";
    document.addEventListener("keydown", typeAhead, { capture: true });
    let answer, text;
    try {
      answer = await ask(form.action, { method: "POST", body: bodyOf(form, button) });
      text = await answer.text();
    } catch { /* no answer */ }
    pressed = null;
    document.removeEventListener("keydown", typeAhead, { capture: true });
    if (answer && answer.ok && answer.headers.get("HX-Push-Url")) return arrive(text, answer.headers.get("HX-Push-Url"));
    document.dispatchEvent(new Event("portal:swapped")); // saves go on
    if (!answer) return again(form, button, LOST);
    if (answer.status === 401) return signedOut(form, button, text);
    if (answer.status >= 500 || answer.status === 429) return again(form, button, BROKEN);
    form.isPlain = form.isForced = true; // whatever was refused has a page of its own, as without scripts
    form.requestSubmit(standing(form, button));
  }
  const ask = (url, more) => fetch(url, {
    ...more, signal: AbortSignal.timeout(PATIENCE),
    headers: { "HX-Request": "true", "X-CSRFToken": token(), "X-Portal-Person": session.person },
  });
  // The same body sent again is the same operation.
  function bodyOf(form, button) {
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    ["op", "csrfmiddlewaretoken"].forEach((name) => body.delete(name)); // the token that is valid now is in the header
    if (form.actBody !== String(body)) Object.assign(form, { actBody: String(body), actOp: newId() });
    body.set("op", form.actOp);
    return body;
  }
  function again(form, button, text) {
    say(text, form, () => act(form, button));
  }
  function signedOut(form, button, text) {
    let other = "";
    try { other = JSON.parse(text).other; } catch { /* not our answer */ }
    again(form, button, SIGNED_OUT);
    document.addEventListener("portal:signed-in", () => { if (button.isConnected) act(form, button); }, { once: true });
    session.askIn(other ? "other" : "");
  }

  // What somebody typed while the answer was under way is saved before the page shows it.
  function arrive(text, url) {
    if (!unsaved().length) return show(text, url);
    document.dispatchEvent(new Event("portal:swapped"));
    afterSaves(async () => {
      if (unsaved().length) return location.assign(url); // the browser asks
      try {
        const answer = await ask(`${url}&fragment=page`);
        if (!answer.ok) throw new Error(answer.status);
        arrive(await answer.text(), url);
      } catch { location.assign(url); }
    });
  }

  // Putting the answer in: each part in the place of its own; what is the same stays ----------------------------------

  function show(text, url) {
    const answer = document.createElement("template");
    answer.innerHTML = text;
    const focus = whereItIs();
    const wanted = answer.content.querySelector("[autofocus]");
    if (wanted) wanted.removeAttribute("autofocus"); // one that comes later than the page is no business of the browser
    const before = openNode(document);
    for (const part of [...answer.content.children]) {
      const place = document.getElementById(part.id);
      if (!place || place.isEqualNode(part)) continue;
      place.replaceChildren(...part.childNodes); // the place itself stays: it may be announced, and scrolled
      htmx.process(place);
    }
    say("");
    showState();
    history.pushState(null, "", url);
    shown = address();
    const isAnother = openNode(document) !== before;
    if (isAnother) scrollTo(0, 0);
    put(focus, wanted, isAnother);
    document.dispatchEvent(new Event("portal:shown"));
    document.dispatchEvent(new Event("portal:swapped"));
  }
  const openNode = (root) => (root.querySelector("#sf-page > .sf-node") || { dataset: {} }).dataset.node;

  // The focus stays in a field that somebody went on to, and on a button that moves; else it goes to what is new.
  function whereItIs() {
    const element = document.activeElement;
    if (element.name === "do" && /^(up|down)\b/.test(element.value)) return { value: element.value };
    if (!isField(element) || !element.id || !element.closest("#sf-page")) return {};
    return { id: element.id, from: element.selectionStart, to: element.selectionEnd };
  }
  function put({ id, from, to, value }, wanted, isAnother) {
    const same = (id && document.getElementById(id)) || (value && document.querySelector(`#sf-page [name=do][value="${CSS.escape(value)}"]`));
    const panel = document.querySelector("#sf-page .sf-node");
    const target = same || wanted || panel;
    if (target === panel) panel.tabIndex = -1;
    target.focus({ preventScroll: !isAnother && !isField(target) });
    if (same && typeof from === "number") target.setSelectionRange(from, to);
    if (!ahead || !target.matches("input[type=text], textarea")) return;
    target.setRangeText(ahead, target.selectionStart, target.selectionEnd, "end");
    target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  function typeAhead(event) {
    if (isField(event.target) || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    ahead += event.key;
  }

  // Back and forward: the page of that address, once what was typed is saved.
  let shown = "";
  const address = () => location.pathname + location.search;
  shown = address();
  window.addEventListener("popstate", () => {
    if (address() !== shown) afterSaves(() => location.reload());
  });

  window.portal.isSettled = () => !pressed && swappingIsSettled();
  Object.assign(window.portal, { arrive, isAct });
})();
