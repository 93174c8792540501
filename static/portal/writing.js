/* The text of a draft as JSON: kept in the browser until it is sent, and not left behind unasked. */
"use strict";

(() => {
  const area = document.querySelector("textarea[data-kept]");
  if (!area) return;
  const SOON = 250; // ms from a key to the disk
  const { kept, session: { person } } = window.portal;
  const { record, title } = area.dataset;
  const id = [person, record, kept.page, "text"].join("/");
  let timer = 0;
  let isSent = false;

  // What came back from the server unsaved is as unsaved as what was typed.
  const isUnsaved = () => !isSent && (area.value !== area.defaultValue || area.dataset.kept === "refused");
  const entry = () => ({
    id, person, page: kept.page, record, title, to: location.pathname, text: area.value, time: Date.now(),
    version: area.form.elements.version.value, op: area.form.elements.op.value, changed: [["JSON", area.value]],
  });
  function keep() {
    clearTimeout(timer);
    timer = 0;
    return isUnsaved() ? kept.put(entry()) : kept.remove(id);
  }
  area.addEventListener("input", () => { timer ||= setTimeout(keep, SOON); }, { passive: true });
  if (area.dataset.kept === "refused") keep();

  // The next page knows by the operation whether the text arrived: a draft that is saved forgets it.
  area.form.addEventListener("submit", () => { keep(); isSent = true; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-give-up]")) { isSent = true; kept.remove(id); }
  });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });

  async function offer() {
    const saved = new Set(area.dataset.ops.split(" "));
    for (const old of await kept.lost(person)) {
      if (old.text === undefined || old.record !== record) continue;
      if (saved.has(old.op) || old.text === area.value) await kept.remove(old.id);
      else show(old);
    }
  }
  function show(old) {
    const panel = document.getElementById("kept-text").content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-time]").textContent = kept.when(old.time);
    panel.querySelector("textarea").value = old.text;
    panel.addEventListener("click", async (event) => {
      if (event.target.closest("[data-take]")) {
        area.value = old.text;
        area.form.elements.version.value = old.version; // older than the draft: the next save shows what differs
        await keep();
      } else if (!event.target.closest("[data-drop]")) return;
      await kept.remove(old.id);
      panel.remove();
      area.focus();
    });
    area.form.before(panel);
  }
  offer();
})();
