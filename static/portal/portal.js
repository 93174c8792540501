/* The record form in the browser: marks what is not saved yet, keeps saves in order, offers terms. Works without it too. */
"use strict";

(() => {
  const saving = new Set(); // forms with a request under way
  let pointerDown = false;
  let postponed = []; // answers that came while a button of the mouse was down

  const forms = () => [...document.querySelectorAll("form.sf-form")];
  const unsaved = () => forms().filter((form) => form.classList.contains("is-dirty") || saving.has(form));
  const say = (text) => {
    const place = document.getElementById("sf-message");
    if (place) place.textContent = text;
  };

  // randomUUID is missing where the page came over plain http from another machine
  const newId = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(
    /[018]/g, (digit) => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));

  // Typing: one passive listener that only marks the form.
  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("form.sf-form");
    if (form) form.classList.add("is-dirty");
    if (event.target.dataset && event.target.dataset.terms) offerSoon(event.target);
    if (event.target.dataset && event.target.dataset.filter) filterCards(event.target);
  }, { passive: true });

  // Each save is one operation: the same body sent again keeps its id, another body gets a new one.
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches || !form.matches("form.sf-form")) return;
    const values = event.detail.parameters;
    const body = JSON.stringify([...new FormData(form)].filter(([name]) => name !== "op"));
    if (form.sentBody !== body) {
      form.sentBody = body;
      form.sentOp = newId();
    }
    values.op = form.sentOp;
    values.do = "save"; // htmx adds the button that has the focus by now: a queued save would add or remove an item
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches("form.sf-form")) {
      saving.add(event.detail.elt);
      event.detail.elt.classList.remove("is-dirty");
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches || !form.matches("form.sf-form")) return;
    saving.delete(form);
    if (event.detail.successful) {
      form.sentBody = null;
      form.isRefused = false;
      say("");
    } else {
      form.classList.add("is-dirty");
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      form.isRefused = status === 409;
      if (!status) offline(form);
    }
    if (!saving.size) document.dispatchEvent(new Event("portal:settled"));
  });

  function offline(form) {
    say("Not saved: the server cannot be reached. What you typed is still here. ");
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "btn btn-sm btn-primary";
    retry.textContent = "Try again";
    retry.addEventListener("click", () => htmx.trigger(form, "change"));
    const place = document.getElementById("sf-message");
    if (place) place.append(retry);
  }

  // Leaving waits for saves under way, so that no value is lost between two pages.
  function afterSaves(go) {
    for (const form of forms()) {
      if (form.classList.contains("is-dirty") && !saving.has(form)) htmx.trigger(form, "change");
    }
    if (!saving.size) return go();
    say("Saving what you typed, then the page changes.");
    const leave = () => {
      clearTimeout(limit);
      document.removeEventListener("portal:settled", settled);
      go();
    };
    // htmx begins a queued save only after it has said that the one before is done
    const settled = () => setTimeout(() => { if (!saving.size) leave(); }, 0);
    const limit = setTimeout(leave, 20000); // a slow disk or network; the browser asks before anything is left behind
    document.addEventListener("portal:settled", settled);
  }
  // The message about a refused save offers both texts: what is chosen there stands for that form.
  function decided(element) {
    if (!element.closest(".sf-message")) return;
    forms().filter((form) => form.isRefused).forEach((form) => form.classList.remove("is-dirty"));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link) decided(link);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.hasAttribute("download") || !unsaved().length) return;
    event.preventDefault();
    afterSaves(() => { location.assign(link.href); });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (event.submitter && event.submitter.classList.contains("sf-enter")) {
      event.preventDefault(); // Enter in a field saves where one is
      if (!saving.has(form)) htmx.trigger(form, "change");
      return;
    }
    decided(form);
    const again = form.isForced;
    form.isForced = false;
    const others = again ? [] : unsaved().filter((other) => other !== form || saving.has(other));
    if (others.length) {
      event.preventDefault();
      const submitter = event.submitter;
      form.classList.remove("is-dirty");
      afterSaves(() => { form.isForced = true; form.requestSubmit(submitter); });
      return;
    }
    form.classList.remove("is-dirty"); // sent once: the shell of every page sees to that
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved().length) event.preventDefault(); });

  // An answer must not replace what the mouse is just pressing.
  document.addEventListener("pointerdown", () => { pointerDown = true; }, { passive: true });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      pointerDown = false;
      setTimeout(() => {
        postponed.splice(0).forEach((text) => htmx.swap(document.body, text, { swapStyle: "none" }));
      }, 30);
    }, { passive: true });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!pointerDown || !form || !form.matches("form.sf-form")) return;
    event.detail.shouldSwap = false;
    postponed.push(event.detail.serverResponse);
  });

  // New problems mark their controls; inputs themselves are never replaced.
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const slot = document.getElementById(event.detail.target && event.detail.target.id);
    if (!slot || !slot.classList.contains("sf-slot")) return;
    const bad = !!slot.querySelector(".problem-error");
    document.querySelectorAll(`[aria-describedby~="${CSS.escape(slot.id)}"]`).forEach((control) => {
      if (bad) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
  });

  // Terms: the list behind an input is filled as somebody types.
  let timer = 0;
  function offerSoon(input) {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input), 120);
  }
  async function offer(input) {
    const list = document.getElementById(input.getAttribute("list"));
    if (!list || list.dataset.asked === input.value) return;
    list.dataset.asked = input.value;
    const url = new URL(input.dataset.terms, location.href);
    url.searchParams.set("q", input.value);
    try {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok) list.innerHTML = await answer.text();
    } catch { list.dataset.asked = ""; }
  }
  document.addEventListener("focusin", (event) => {
    if (event.target.dataset && event.target.dataset.terms) offerSoon(event.target);
  });

  // Lists of names: when the last input is written in, another one follows.
  document.addEventListener("input", (event) => {
    const part = event.target.closest && event.target.closest(".sf-parts[data-grows] > .sf-part:last-child");
    if (!part || !event.target.value) return;
    const size = part.parentElement.children.length;
    const next = part.cloneNode(true);
    const [label, input] = [next.querySelector("label"), next.querySelector("input, textarea")];
    for (const name of ["id", "name", "data-path"]) {
      input.setAttribute(name, input.getAttribute(name).replace(/\d+$/, size));
    }
    label.htmlFor = input.id;
    label.textContent = size + 1;
    input.value = "";
    input.removeAttribute("value");
    input.removeAttribute("autofocus");
    part.after(next);
  }, { passive: true });

  // Kinds to choose from are searched by typing.
  function filterCards(input) {
    const wanted = input.value.trim().toLowerCase();
    document.querySelectorAll(`#${CSS.escape(input.dataset.filter)} .sf-card`).forEach((card) => {
      card.hidden = !card.textContent.toLowerCase().includes(wanted);
    });
  }
  const reveal = (root) => root.querySelectorAll(".sf-filter[hidden]").forEach((input) => { input.hidden = false; });
  document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));
  reveal(document);
})();
