/* What every page has: forms that survive a sign-in in another tab, are sent once, and menus that close. */
"use strict";

(() => {
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1];

  // Signing in makes a new token; forms of pages opened before send the one that is valid now.
  document.addEventListener("htmx:configRequest", (event) => {
    const current = token();
    if (!current || event.detail.verb === "get") return;
    event.detail.headers["X-CSRFToken"] = current;
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = current;
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("input[name=csrfmiddlewaretoken]");
    if (field && token()) field.value = token();
  }, { capture: true });

  // An error page never takes the place of a form: only our own refusals, which come as messages, are put in.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.isError && event.detail.xhr.getResponseHeader("HX-Reswap") !== "none") event.detail.shouldSwap = false;
  });

  // A refusal is answered into #messages; it goes once something succeeds again.
  document.addEventListener("htmx:afterRequest", (event) => {
    const refusal = document.querySelector("#messages [data-refusal]");
    if (event.detail.successful && refusal) refusal.remove();
  });

  // A second click on a button sends nothing twice. On window: after whatever a page itself decides.
  const sent = new WeakSet();
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) { event.preventDefault(); return; }
    sent.add(form);
    setTimeout(() => sent.delete(form), 3000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));

  // Menus close with Escape and with a click elsewhere.
  const menus = () => document.querySelectorAll("details.usermenu[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    });
  });

  // What is there to be copied is selected as a whole.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches && event.target.matches("input[readonly][data-copy]")) event.target.select();
  });
})();
