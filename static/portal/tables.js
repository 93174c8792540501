/* Tables of the record form: blocks from a spreadsheet, and moving between cells by the keyboard. Works without it too. */
"use strict";

(() => {
  const cellOf = (element) => element.closest ? element.closest("table.sf-table .sf-cell") : null;
  const inputs = (cell) => [...cell.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((one) => !one.disabled);

  // A block of cells goes to the server with the form it was pasted into, as one save.
  document.addEventListener("paste", (event) => {
    const input = event.target;
    if (!input.form || !input.closest("table.sf-table .sf-cell, .sf-rows .sf-depth") || input.closest(".sf-parts")) return;
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return; // one cell: as the browser does it
    const prefix = input.form.id.replace(/-form$/, "");
    const place = document.getElementById(`${prefix}-paste`);
    const [, item, name] = input.name.slice(prefix.length).match(/^-([^-]+)-(.+)$/) || [];
    if (!place || !item) return;
    event.preventDefault();
    place.querySelector("[name=cell]").value = `${item}.${name}`;
    place.querySelector("[name=block]").value = text;
    input.form.requestSubmit(place.querySelector("button[value=paste]"));
  });

  // Pasting into the field below the table adds rows, whatever cell was pasted into before.
  document.addEventListener("input", (event) => {
    const place = event.target.name === "block" && event.target.closest(".sf-paste");
    if (place) place.querySelector("[name=cell]").value = "";
  });

  // Enter and the arrows go from row to row, and from cell to cell where the caret can go no further.
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    const cell = cellOf(input);
    if (!cell || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const next = towards(event, input, cell);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.select) next.select();
  });

  function towards(event, input, cell) {
    const isText = input.matches("input[type=text]");
    if (event.key === "Enter" && !input.matches("textarea, button, summary")) {
      return below(input, cell, event.shiftKey ? -1 : 1) || (event.shiftKey ? null : adding(input));
    }
    if (event.shiftKey || !isText) return null;
    // where names are offered the arrows choose one
    const isOffered = input.list && input.list.options.length;
    if (event.key === "ArrowDown" && !isOffered) return below(input, cell, 1);
    if (event.key === "ArrowUp" && !isOffered) return below(input, cell, -1);
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    if (event.key === "ArrowLeft" && (all || input.selectionEnd === 0)) return beside(input, cell, -1);
    if (event.key === "ArrowRight" && (all || input.selectionStart === input.value.length)) return beside(input, cell, 1);
    return null;
  }
  function below(input, cell, by) {
    const row = cell.closest(".sf-table-row");
    const column = cells(row).indexOf(cell);
    const place = inputs(cell).indexOf(input);
    for (let other = sibling(row, by); other; other = sibling(other, by)) {
      const found = cells(other)[column];
      if (found && inputs(found).length) return inputs(found)[Math.min(place, inputs(found).length - 1)];
    }
    return null;
  }
  function beside(input, cell, by) {
    const line = cells(cell.closest(".sf-table-row")).flatMap(inputs);
    return line[line.indexOf(input) + by] || null;
  }
  // behind the last row stands the button that adds one
  const adding = (input) => input.form.querySelector("button[value=add]");
  const cells = (row) => [...row.querySelectorAll(".sf-cell")];
  const sibling = (row, by) => by > 0 ? row.nextElementSibling : row.previousElementSibling;
})();
