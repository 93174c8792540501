/* Files dropped anywhere on a page that has a drop zone go into its file input, and the form is sent. */
"use strict";

(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const holdsFiles = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
  let depth = 0;
  const shown = form.hidden ? document.getElementById("main") : form;
  const mark = (on) => shown.classList.toggle("is-over", on);

  document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) { depth += 1; mark(true); } });
  document.addEventListener("dragleave", (event) => { if (holdsFiles(event)) { depth -= 1; if (depth <= 0) { depth = 0; mark(false); } } });
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
