/* Finding by keyboard: places of the record, kinds to choose from. Everything here works with a mouse and Tab too. */
"use strict";

(() => {
  const side = document.getElementById("editor-side");
  const find = document.getElementById("sf-find");
  const outline = document.getElementById("sf-outline");
  const stops = (input) => [...document.getElementById(input.dataset.moves).querySelectorAll("a[href], .sf-card")]
    .filter((stop) => stop.checkVisibility());
  const owner = (element) => {
    const list = element.closest("#sf-found, .sf-cards");
    return list && document.querySelector(`[data-moves="${CSS.escape(list.id)}"]`);
  };

  function openSide() {
    if (side.popover && !side.checkVisibility()) side.showPopover();
  }

  // What Enter takes: a kind whose name begins with what was typed, else the first that is left.
  function best(input) {
    const wanted = input.value.trim().toLowerCase();
    const left = stops(input);
    return left.find((stop) => stop.textContent.trim().toLowerCase().startsWith(wanted)) || left[0];
  }

  function fromInput(event, input) {
    if (event.key === "ArrowDown" && stops(input).length) {
      event.preventDefault();
      stops(input)[0].focus();
    } else if (event.key === "Enter" && isAnswered(input) && stops(input).length && input.value.trim()) {
      event.preventDefault();
      (input === find ? stops(input)[0] : best(input)).click();
    } else if (event.key === "Enter" && input !== find) {
      event.preventDefault();
    }
  }
  // an answer still under way is not the one to take: the form is then sent as without scripts
  const isAnswered = (input) => input !== find
    || (document.querySelector("#sf-found [data-text]") || { dataset: {} }).dataset.text === input.value.trim();

  function amongStops(event, input) {
    const all = stops(input);
    const at = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      (all[at + step] || (step < 0 ? input : all[at])).focus();
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      all[event.key === "Home" ? 0 : all.length - 1].focus();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      input.focus(); // typing goes on where it began
    }
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!target.matches) return;
    const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isShortcut) {
      event.preventDefault();
      openSide();
      find.focus();
      find.select();
    } else if (target.matches("[data-moves]")) {
      fromInput(event, target);
    } else {
      const input = owner(target);
      if (input) amongStops(event, input);
    }
  });

  // Kinds are left out as somebody types: every word must stand in name, description, group or synonyms.
  function filterCards(input) {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    const list = document.getElementById(input.dataset.filter);
    const fits = (card) => {
      const text = `${card.textContent} ${card.dataset.words}`.toLowerCase();
      return words.every((word) => text.includes(word));
    };
    list.querySelectorAll(".sf-card").forEach((card) => { card.hidden = !fits(card); });
    list.querySelectorAll(".sf-group-of").forEach((group) => {
      group.hidden = !group.querySelector(".sf-card:not([hidden])");
    });
    input.closest(".sf-kinds").querySelector(".sf-none").hidden = !!list.querySelector(".sf-card:not([hidden])");
  }
  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.filter) filterCards(event.target);
  }, { passive: true });

  // A search that needs scripts is shown by them; a fold that was just opened is searched at once.
  const reveal = (root) => root.querySelectorAll(".sf-filter[hidden]").forEach((input) => { input.hidden = false; });
  document.addEventListener("htmx:load", (event) => {
    reveal(event.detail.elt);
    const search = event.detail.elt.matches(".sf-kinds") && event.detail.elt.querySelector(".sf-filter");
    if (search) search.focus();
  });
  document.addEventListener("toggle", (event) => {
    const search = event.target.open && event.target.matches(".sf-picker") && event.target.querySelector(".sf-filter");
    if (search && event.target.contains(document.activeElement)) search.focus();
  }, true);
  reveal(document);
  document.addEventListener("portal:shown", () => reveal(document.getElementById("sf-page")));
  document.addEventListener("portal:placed", (event) => reveal(event.detail));

  // The open node is in sight in a long outline; links to the problems open the side where it is folded away.
  function bringIntoSight() {
    const current = outline && outline.querySelector("[aria-current]"); // read-only pages have none
    if (current && outline.scrollHeight > outline.clientHeight) {
      outline.scrollTop = current.offsetTop - outline.offsetTop - outline.clientHeight / 3;
    }
  }
  bringIntoSight();
  document.addEventListener("portal:shown", bringIntoSight);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest('a[href="#sf-problems"]')) openSide();
  });

  // Whether the pane is folded is remembered in this browser.
  const pane = document.querySelector(".pane[data-keeps]");
  if (pane) {
    try {
      if (localStorage.getItem(pane.dataset.keeps) === "shut") pane.open = false;
      pane.addEventListener("toggle", () => {
        localStorage.setItem(pane.dataset.keeps, pane.open ? "open" : "shut");
      });
    } catch { /* a browser that keeps nothing */ }
  }
})();
