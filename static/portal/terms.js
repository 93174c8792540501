/* What a record form offers while somebody types: terms, and one more input for a list of names. */
"use strict";

(() => {
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset.terms) offerSoon(input);
    if (input.value) oneMore(input);
  }, { passive: true });

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
  function oneMore(written) {
    const part = written.closest(".sf-parts[data-grows] > .sf-part:last-child");
    if (!part) return;
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
  }
})();
