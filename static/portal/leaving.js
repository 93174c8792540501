/* Leaving a record form waits for what is not saved yet, and the browser asks when something really is not. */
"use strict";

(() => {
  const { forms, isDirty, isSaving, save, say, unsaved } = window.portal;
  const LONGEST = 20000; // ms: a slow disk or network; the browser asks before anything is left behind
  const isInTrouble = () => {
    const place = document.getElementById("save-state");
    return !!place && ["offline", "failed"].includes(place.dataset.state);
  };

  // Whoever leaves in spite of a trouble that is shown already is asked by the browser, and not held up.
  function afterSaves(go) {
    if (isInTrouble()) return setTimeout(go); // a form cannot be sent again while it says that it is sent
    forms().filter((form) => isDirty(form) && !isSaving(form)).forEach(save);
    if (!unsaved().length) return setTimeout(go);
    say("Saving what you typed, then the page changes.");
    const end = () => {
      clearTimeout(limit);
      document.removeEventListener("portal:settled", settled);
    };
    const settled = () => setTimeout(() => {
      const left = unsaved();
      const isRefused = left.some((form) => form.isRefused);
      if (left.length && isInTrouble() && !isRefused) return end(); // the message says why the page stays
      if (left.length && !isRefused) return;
      end();
      go();
    }, 0);
    const limit = setTimeout(() => { end(); go(); }, LONGEST);
    document.addEventListener("portal:settled", settled);
  }

  // The message about a refused save offers both texts: what is chosen there stands for that form.
  function decided(element) {
    if (!element.closest(".sf-message")) return;
    forms().filter((form) => form.isRefused).forEach((form) => {
      form.classList.remove("is-dirty");
      form.isRefused = false;
      document.dispatchEvent(new CustomEvent("portal:decided", { detail: { form, by: element } }));
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link) decided(link);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.hasAttribute("download") || !unsaved().length) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    afterSaves(() => { location.assign(link.href); });
  });
  // What was refused is decided before more is done.
  function ask() {
    const question = document.querySelector("#sf-message :is(button, input:not([type=hidden]))");
    if (question) question.focus();
  }
  // The save that was waited for may have drawn the pressed button anew: a form takes none that is gone.
  function standing(form, button) {
    if (!button || button.isConnected) return button;
    const copy = button.cloneNode(true);
    copy.hidden = true;
    form.append(copy);
    return copy;
  }
  // Buttons that do more than save go after what was typed, so that only the press is lost when they fail.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (event.submitter && event.submitter.classList.contains("sf-enter")) {
      event.preventDefault(); // Enter in a field saves where one is
      save(form);
      return;
    }
    decided(form);
    const again = form.isForced;
    form.isForced = false;
    if (!again && unsaved().length) {
      event.preventDefault();
      const submitter = event.submitter;
      afterSaves(() => {
        if (window.portal.isAct(form, submitter) && unsaved().some((other) => other.isRefused)) return ask();
        form.isForced = true;
        form.requestSubmit(standing(form, submitter));
      });
      return;
    }
    if (!window.portal.isAct(form, event.submitter)) form.classList.remove("is-dirty"); // sent once: shell.js sees to that
  });
  Object.assign(window.portal, { afterSaves, standing });
  window.addEventListener("beforeunload", (event) => { if (unsaved().length) event.preventDefault(); });
})();
