/* How typed text was read: rows of depths are made when a field is left, not while it is typed in; chosen units show. */
"use strict";

(() => {
  // A save in a pause of typing says so: "-2.7, -2.9" may go on.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.isTyping) event.detail.parameters.typing = "1";
  });

  // The save made the rows already: what shows them is put in.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Push-Url")) event.target.isRedrawn = true;
  });

  // What was typed in pauses becomes rows once the field is left.
  document.addEventListener("portal:settled", (event) => {
    const form = event.detail.form;
    if (form.isTyping || form.isRedrawn || window.portal.isSaving(form)) return;
    const button = form.querySelector("[data-makes-rows]");
    if (button) button.click();
  });

  // What is said of a text stays beside it while the text stands, whatever else is saved meanwhile.
  const said = new Map(); // id of a place for problems -> the text, and what was said of it
  document.addEventListener("portal:shown", () => said.clear());
  const controlOf = (slot) => document.querySelector(`[aria-describedby~="${CSS.escape(slot.id)}"]`);
  function remember(slot, notes) {
    const control = controlOf(slot);
    if (control && control.matches("input")) said.set(slot.id, { text: control.value, notes });
  }
  function recall(slot) {
    const known = said.get(slot.id);
    const control = known && controlOf(slot);
    if (!control) return;
    if (control.value !== known.text) said.delete(slot.id);
    else if (!slot.querySelector(".problem-error")) slot.append(...known.notes.map((note) => note.cloneNode(true)));
  }
  document.addEventListener("portal:placed", ({ detail: slot }) => {
    if (!slot.classList.contains("sf-slot")) return;
    const notes = [...slot.querySelectorAll("[data-said]")];
    if (notes.length) remember(slot, notes);
    else recall(slot);
    notes.forEach((note) => choose(slot, note));
  });

  // A unit that the text named, or the iD of a person, was written by the save: the page shows it, as if drawn so.
  function choose(slot, note) {
    const form = slot.closest("form");
    for (const [name, value] of Object.entries(JSON.parse(note.dataset.sets || "{}"))) {
      const control = form && form.elements[name];
      if (control && control.value !== value) control.value = value;
    }
  }
})();
