/* Runs in every page before its own scripts: notes when a text input of the form first keeps a typed character. */
(() => {
  const TEXT = "input:not([type]), input[type=text], input[type=search], textarea";
  const isUsable = (field) => !field.disabled && !field.readOnly && field.getBoundingClientRect().width > 0 &&
    field.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const first = () => [...document.querySelectorAll(`#form :is(${TEXT}), form.sf-form :is(${TEXT})[data-path]`)].find(isUsable);

  let tell;
  window.usableAt = new Promise((resolve) => { tell = resolve; });
  let tried = null;
  let before = "";
  function look() {
    if (tried && tried.isConnected && tried.value !== before && tried.value.includes("7")) {
      window.usableField = tried;
      tell(performance.now());
      return;
    }
    tried = first();
    if (tried) {
      before = tried.value;
      tried.focus();
      document.execCommand("insertText", false, "7");
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
})();
