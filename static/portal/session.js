/* Pages stay usable after signing out and in again in another tab: forms send the token that is valid now. */
"use strict";

(() => {
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1];

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

  // A refusal is answered into #messages; it goes once something succeeds again.
  document.addEventListener("htmx:afterRequest", (event) => {
    const refusal = document.querySelector("#messages [data-refusal]");
    if (event.detail.successful && refusal) refusal.remove();
  });
})();
