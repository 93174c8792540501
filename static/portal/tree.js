/* A tree: branches are fetched when they are opened; arrow keys move and open, a letter jumps, Enter follows the link. */
"use strict";

(() => {
  for (const tree of document.querySelectorAll("[data-tree]")) begin(tree);

  function begin(tree) {
    const visible = () => [...tree.querySelectorAll("[role=treeitem]")].filter((item) => !item.closest("ul[hidden]"));
    const link = (item) => item.querySelector(":scope > .tree-row > a:not(.tree-toggle)");
    const parent = (item) => item.parentElement.closest("[role=treeitem]");

    // One stop for the Tab key: the item that was last stood on; its links are reached with Enter.
    function prepare(root) {
      for (const item of root.querySelectorAll("[role=treeitem]")) item.tabIndex = -1;
      for (const anchor of root.querySelectorAll("a")) anchor.tabIndex = -1;
    }
    function stand(item) {
      if (!item) return;
      const before = tree.querySelector('[tabindex="0"]');
      if (before) before.tabIndex = -1;
      item.tabIndex = 0;
      item.focus();
    }
    async function open(item) {
      let group = item.querySelector(":scope > ul");
      if (!group) {
        const answer = await fetch(`?below=${encodeURIComponent(item.dataset.key)}`, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok) return;
        group = document.createElement("ul");
        group.setAttribute("role", "group");
        group.innerHTML = await answer.text();
        prepare(group);
        if (!item.querySelector(":scope > ul")) item.append(group);
      }
      group.hidden = false;
      item.setAttribute("aria-expanded", "true");
    }
    function close(item) {
      const group = item.querySelector(":scope > ul");
      if (group) group.hidden = true;
      item.setAttribute("aria-expanded", "false");
    }

    prepare(tree);
    const first = (tree.querySelector(".tree-match") || tree).closest("[role=treeitem]") || visible()[0];
    if (first) first.tabIndex = 0;

    tree.addEventListener("click", (event) => {
      const toggle = event.target.closest(".tree-toggle");
      if (!toggle) return;
      event.preventDefault();
      const item = toggle.closest("[role=treeitem]");
      stand(item);
      if (item.getAttribute("aria-expanded") === "true") close(item);
      else open(item);
    });

    tree.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const item = event.target.closest("[role=treeitem]");
      const items = visible();
      const at = items.indexOf(item);
      const expanded = item.getAttribute("aria-expanded");
      const moves = {
        ArrowDown: () => stand(items[at + 1]),
        ArrowUp: () => stand(items[at - 1]),
        Home: () => stand(items[0]),
        End: () => stand(items[items.length - 1]),
        ArrowRight: () => (expanded === "false" ? open(item) : expanded === "true" && stand(items[at + 1])),
        ArrowLeft: () => (expanded === "true" ? close(item) : stand(parent(item))),
        Enter: () => link(item).click(),
      };
      const letter = event.key.length === 1 && event.key !== " " ? event.key.toLowerCase() : "";
      if (moves[event.key]) moves[event.key]();
      else if (letter) {
        const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
        stand(rest.find((one) => link(one).textContent.toLowerCase().startsWith(letter)));
      } else return;
      event.preventDefault();
    });
  }
})();
