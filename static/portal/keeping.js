/* Keeps what is typed in this browser until the server has it, and offers it again after a crash. */
"use strict";

(() => {
  const page = document.getElementById("kept");
  if (!page) return;
  const SOON = 250; // ms from the last key to the disk
  const LATEST = 1000; // ms after which it goes there although somebody types on
  const { isDirty, kept, session: { person } } = window.portal;
  const isForm = (form) => form && form.matches("form.sf-form");

  // Keeping ----------------------------------------------------------------------------------------------------------

  const touched = new Set();
  let timer = 0;
  let since = 0;
  function keepSoon(form) {
    touched.add(form);
    if (timer) return;
    since = Date.now();
    timer = setTimeout(keepTouched, SOON);
  }
  function keepTouched() {
    const due = Math.min(window.portal.typedAt + SOON, since + LATEST);
    timer = due > Date.now() ? setTimeout(keepTouched, due - Date.now()) : 0;
    if (timer) return;
    touched.forEach((form) => { if (isDirty(form)) keep(form); });
    touched.clear();
  }
  const idOf = (form) => [person, page.dataset.record, kept.page, form.id].join("/");
  function keep(form, op = "") {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "op");
    const before = new Map(JSON.parse(form.savedFields || "[]"));
    const isShown = (control) => control && control.type !== "hidden";
    const changed = fields.filter(([name, text]) => before.get(name) !== text && isShown(form.elements[name]))
      .map(([name, text]) => [labelOf(form, name), text]);
    kept.put({
      id: idOf(form), person, page: kept.page, op, fields, changed, to: form.getAttribute("action"),
      record: page.dataset.record, title: page.dataset.title, time: Date.now(),
    });
  }
  function labelOf(form, name) {
    const control = form.elements[name];
    const label = control.labels && control.labels[0];
    return (label ? label.textContent : control.getAttribute && control.getAttribute("aria-label") || name).trim();
  }
  window.portal.typed = keepSoon;
  document.addEventListener("change", (event) => {
    if (isForm(event.target.form) && event.target.name) keepSoon(event.target.form);
  }, { passive: true });
  document.addEventListener("portal:sending", ({ detail: { form } }) => keep(form, form.isBehind ? "" : form.sentOp));
  document.addEventListener("portal:saved", ({ detail: { form } }) => { if (!isDirty(form)) kept.remove(idOf(form)); });
  document.addEventListener("portal:decided", ({ detail: { form, by } }) => {
    const op = by.elements && by.elements.op;
    if (op) keep(form, op.value);
    else kept.remove(idOf(form));
  });

  // Offering it again ------------------------------------------------------------------------------------------------

  async function offer() {
    const entries = (await kept.lost(person)).filter((entry) => entry.fields && entry.record === page.dataset.record);
    for (const entry of entries) await offerOne(entry);
  }
  async function offerOne(entry) {
    const body = new URLSearchParams(entry.fields);
    if (entry.op) body.set("op", entry.op);
    body.set("typed_at", kept.when(entry.time));
    const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token(), "X-Portal-Person": person };
    let answer;
    try { answer = await fetch(page.dataset.url, { method: "POST", headers, body }); } catch { return; }
    if (answer.status === 204) return kept.remove(entry.id);
    if (answer.status === 401 || answer.status >= 500) return;
    const panel = answer.ok ? parsed(await answer.text()) : plain(entry);
    panel.dataset.entry = entry.id;
    page.append(panel);
  }
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  function parsed(text) {
    const holder = document.createElement("template");
    holder.innerHTML = text;
    return holder.content.firstElementChild;
  }
  // The place is gone: the texts stay, to be copied.
  function plain(entry) {
    const panel = document.getElementById("kept-plain").content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-time]").textContent = kept.when(entry.time);
    panel.querySelector("textarea").value = entry.changed.map(([label, text]) => `${label}: ${text}`).join("\n");
    return panel;
  }
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-drop]");
    if (!button) return;
    const panel = button.closest("[data-entry]");
    kept.remove(panel.dataset.entry);
    panel.remove();
    document.getElementById("main").focus();
  });
  // The entry learns under which operation it is sent; the next page asks whether that arrived, and forgets it.
  window.addEventListener("submit", async (event) => {
    const panel = event.target.closest("#kept [data-entry]");
    if (!panel || event.defaultPrevented) return;
    event.preventDefault();
    const entry = (await kept.all()).find(({ id }) => id === panel.dataset.entry);
    if (entry) await kept.put({ ...entry, op: event.target.elements.op.value });
    event.target.submit();
  });
  offer();
})();
