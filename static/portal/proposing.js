/* Proposing a term in a window over the form: nothing that was typed is left, and the cursor comes back to its place. */
"use strict";

(() => {
  let dialog = null;
  let control = null; // what the term is for: inputs are never replaced, the link to here is

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-proposes]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slot = link.closest(".sf-slot");
    control = slot && controlOf(slot, link.dataset.proposes);
    if (!control) return;
    event.preventDefault();
    open(link);
  }, { capture: true }); // before leaving.js: nobody leaves the page
  function controlOf(slot, text) {
    const all = [...document.querySelectorAll(`[aria-describedby~="${CSS.escape(slot.id)}"]`)];
    return all.find((one) => one.value === text) || all[0];
  }

  async function open(link) {
    const url = new URL(link.href);
    url.searchParams.delete("back");
    url.searchParams.set("fragment", "1");
    try {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.text());
    } catch { window.portal.say("The window for proposals could not be loaded. What you typed is still here: try again."); }
  }
  function show(html) {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "propose-window";
      dialog.setAttribute("aria-labelledby", "propose-title");
      dialog.addEventListener("close", () => { if (control) control.focus(); });
      document.body.append(dialog);
    }
    dialog.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", send);
    const first = dialog.querySelector("[aria-invalid=true], input:not([type=hidden]), select");
    if (first) first.focus();
  }

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.status === 201) use((await answer.json()).name);
      else if (answer.status === 422) show(await answer.text());
      else throw new Error(answer.status);
    } catch {
      button.disabled = false;
      complain(form);
    }
  }
  function complain(form) {
    const line = form.querySelector("[role=alert].not-sent") || document.createElement("p");
    line.className = "invalid-feedback not-sent";
    line.setAttribute("role", "alert");
    line.textContent = "It could not be sent. Nothing is lost: try again.";
    form.append(line);
  }

  // The term is there now: the form says it, and is judged anew.
  function use(name) {
    if (control.matches("select") && ![...control.options].some((option) => option.value === name)) {
      control.append(new Option(name, name));
    }
    control.value = name;
    dialog.close();
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
})();
