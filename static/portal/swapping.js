/* Answers swapped into a record form: never under a pressed mouse button or a typing hand; problems mark controls. */
"use strict";

(() => {
  const PAUSE = 400; // ms without a key after which an answer is put in
  const LONGEST = 2000; // ms after which it is put in although somebody types on
  let pointerDown = false;
  let timer = 0;
  let postponed = []; // answers that came meanwhile, and since when

  const isTyping = () => Date.now() - window.portal.typedAt < PAUSE && document.activeElement !== document.body;
  const isLate = () => postponed.length && Date.now() - postponed[0].since > LONGEST;
  function putIn() {
    clearTimeout(timer);
    if (!postponed.length) return;
    if (pointerDown || (isTyping() && !isLate())) {
      timer = setTimeout(putIn, PAUSE);
      return;
    }
    postponed.splice(0).forEach(({ text }) => place(text));
    document.dispatchEvent(new Event("portal:swapped"));
  }

  // Of an answer only what is not there already: the rest need not be put in, and screen readers say nothing twice.
  // Read once and put in as it is: htmx would write it out, read it again and walk through all of it.
  function place(text) {
    const answer = document.createElement("template");
    answer.innerHTML = text;
    for (const part of answer.content.querySelectorAll("[id][hx-swap-oob='true']")) {
      const there = document.getElementById(part.id);
      part.removeAttribute("hx-swap-oob");
      if (!there || part.isEqualNode(there) || isHeldBack(part)) continue;
      const focused = there.contains(document.activeElement) ? document.activeElement.id : "";
      there.replaceWith(part);
      htmx.process(part);
      if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
      if (part.classList.contains("sf-slot")) mark(part);
      document.dispatchEvent(new CustomEvent("portal:placed", { detail: part }));
    }
  }
  // What another form's save has to say does not wipe away a question that is still open.
  const isHeldBack = (part) => part.id === "sf-message" && !part.textContent.trim()
    && window.portal.forms().some((form) => form.isRefused);
  // New problems mark their controls; inputs themselves are never replaced.
  function mark(slot) {
    const isBad = !!slot.querySelector(".problem-error");
    document.querySelectorAll(`[aria-describedby~="${CSS.escape(slot.id)}"]`).forEach((control) => {
      if (isBad) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
  }

  // An answer must not replace what the mouse is just pressing, nor hold up the keys.
  document.addEventListener("pointerdown", () => { pointerDown = true; }, { passive: true });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      pointerDown = false;
      setTimeout(putIn, 30);
    }, { passive: true });
  }
  document.addEventListener("change", () => setTimeout(putIn), { passive: true });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!event.detail.shouldSwap || !form || !form.matches("form.sf-form")) return;
    const url = event.detail.xhr.getResponseHeader("HX-Push-Url");
    if (url) { // all of the page that depends on the open node: typed depths became rows
      event.detail.shouldSwap = false;
      setTimeout(window.portal.arrive, 0, event.detail.serverResponse, url);
      return;
    }
    event.detail.shouldSwap = false;
    if (!pointerDown && !isTyping()) {
      place(event.detail.serverResponse);
      return;
    }
    postponed.push({ text: event.detail.serverResponse, since: Date.now() });
    timer = setTimeout(putIn, PAUSE);
  });
  document.addEventListener("portal:shown", () => { postponed = []; });
  // Until an answer is in, its form still says that it showed what was there before: a save would seem out of date.
  window.portal.isSettled = () => !postponed.length;

  // A fold that could not be filled says so, and tries again when it is asked to.
  document.addEventListener("htmx:afterRequest", (event) => {
    const fold = event.detail.elt;
    if (event.detail.successful || !fold.matches || !fold.matches("details.sf-fold")) return;
    const line = document.createElement("p");
    const retry = document.createElement("button");
    Object.assign(retry, { type: "button", className: "btn btn-sm btn-light", textContent: "Try again" });
    retry.addEventListener("click", () => {
      line.remove();
      htmx.ajax("GET", fold.getAttribute("hx-get"), { source: fold, target: fold, swap: fold.getAttribute("hx-swap") });
    });
    line.append("This could not be loaded. ", retry);
    fold.append(line);
  });
})();
