/* Who is signed in, and for how long: a warning before the time is over, signing in again on the page, signing out. */
"use strict";

(() => {
  const person = document.body.dataset.person;
  if (!person) return;
  const WARNED = 180; // seconds before the end
  const [warning, entrance, farewell] = ["session-ends", "sign-in", "sign-out"].map((id) => document.getElementById(id));
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const url = entrance.dataset.session;
  const tell = (name) => document.dispatchEvent(new Event(`portal:${name}`));
  let timer = 0;
  let ends = 0;
  let typed = false;

  async function ask(method = "GET") {
    const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token(), "X-Portal-Person": person };
    const answer = await fetch(url, { method, headers, cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    return { ...state, isMine: String(state.person) === person, left: Math.min(state.idle, state.whole) };
  }

  // The end of the session -------------------------------------------------------------------------------------------

  function expect(left) {
    clearTimeout(timer);
    ends = Date.now() + left * 1000;
    timer = setTimeout(look, Math.max(1, left - (left > WARNED ? WARNED : 0)) * 1000);
  }
  async function look() {
    let state;
    try { state = await ask(); } catch { timer = setTimeout(look, 30000); return; }
    if (!state.isMine) return askIn(state.person ? "other" : "");
    if (state.left > WARNED) { warning.close(); return expect(state.left); }
    if (typed && state.idle < state.whole) return stay();
    expect(state.left);
    warn(state);
  }
  async function stay() {
    typed = false;
    try {
      const state = await ask("POST");
      if (!state.isMine) return askIn(state.person ? "other" : "");
      warning.close();
      expect(state.left);
    } catch { timer = setTimeout(look, 10000); }
  }
  function warn(state) {
    const isFinal = state.whole <= state.idle;
    warning.dataset.final = isFinal;
    const at = new Date(ends).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    warning.querySelector("[data-when]").textContent = at;
    warning.querySelectorAll("[data-if-final]").forEach((part) => { part.hidden = (part.dataset.ifFinal === "yes") !== isFinal; });
    if (!warning.open && !entrance.open) warning.showModal();
  }
  warning.addEventListener("click", (event) => {
    if (event.target.closest("[data-stay]")) stay();
    if (event.target.closest("[data-again]")) { warning.close(); askIn("final"); }
    if (event.target.closest("[data-close]")) warning.close();
  });
  document.addEventListener("input", () => { typed = true; }, { passive: true });
  // Timers sleep with the computer.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() > ends - WARNED * 1000) look(); });

  // Signing in on the page -------------------------------------------------------------------------------------------

  function askIn(why) {
    warning.close();
    entrance.querySelectorAll("[data-why]").forEach((part) => { part.hidden = part.dataset.why !== (why || "out"); });
    if (!entrance.open) entrance.showModal();
  }
  const complain = (text) => { entrance.querySelector("[role=alert]").textContent = text; };
  entrance.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    complain("");
    try {
      await signIn(new URLSearchParams(new FormData(form)));
      form.elements.password.value = "";
    } catch (error) {
      complain(error.isTold ? error.message : "The server cannot be reached. Try again in a moment.");
    }
    button.disabled = false;
  });
  entrance.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) entrance.close(); });

  async function signIn(words) {
    await ask(); // brings the token that is valid now
    const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token() };
    const answer = await fetch(entrance.dataset.url, { method: "POST", headers, body: words });
    if (!answer.ok) throw Object.assign(new Error(await refusal(answer)), { isTold: true });
    const state = await ask();
    if (!state.isMine) return leaveToOther();
    expect(state.left);
    entrance.close();
    tell("signed-in");
  }
  async function refusal(answer) {
    if (answer.status === 429) return "This was tried too often. Wait a few minutes, then try again.";
    try {
      const { form } = await answer.json();
      return [...form.errors, ...form.field_order.flatMap((name) => form.fields[name].errors)].join(" ");
    } catch { return "That did not work. Try again."; }
  }
  // What somebody typed is not shown to whoever signs in next; it waits in the browser until they come back.
  function leaveToOther() {
    tell("other-person");
    document.getElementById("main").replaceChildren();
    location.replace(entrance.dataset.home);
  }
  document.addEventListener("htmx:afterRequest", async (event) => {
    const xhr = event.detail.xhr;
    if (!xhr || xhr.status !== 401) return;
    let other = "";
    try { other = JSON.parse(xhr.responseText).other; } catch { /* not our answer */ }
    askIn(other ? "other" : "");
  });

  // Signing out: what the browser still keeps is saved first, or thrown away on purpose -------------------------------

  const isSignOut = (form) => form.hasAttribute("data-sign-out");
  let leaving = null;
  window.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || !isSignOut(event.target)) return;
    event.preventDefault();
    leaving = event.target;
    const mine = (await window.portal.kept.all()).filter((entry) => entry.person === person);
    if (!mine.length) return signOut();
    farewell.querySelector("ul").replaceChildren(...mine.map(({ title, changed }) => {
      const line = document.createElement("li");
      line.textContent = [title, ...changed.map(([label, text]) => `${label}: ${text}`)].join(" · ").slice(0, 200);
      return line;
    }));
    farewell.showModal();
  });
  farewell.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) farewell.close();
    if (event.target.closest("[data-leave]")) signOut();
  });
  async function signOut() {
    const { all, remove } = window.portal.kept;
    const entries = await all();
    await Promise.all(entries.filter((entry) => entry.person === person).map((entry) => remove(entry.id)));
    leaving.elements.others.value = entries.some((entry) => entry.person !== person) ? "1" : "";
    tell("signing-out");
    leaving.submit();
  }

  // What a browser that stopped had kept is a link on the dashboard -------------------------------------------------

  const reminder = document.getElementById("kept-elsewhere");
  if (reminder) window.portal.kept.lost(person).then((entries) => {
    reminder.hidden = !entries.length;
    reminder.querySelector("ul").replaceChildren(...entries.map(({ title, to, time }) => {
      const [line, link] = [document.createElement("li"), document.createElement("a")];
      link.href = to;
      link.textContent = title;
      line.append(link, `, typed ${window.portal.kept.when(time)}`);
      return line;
    }));
  });

  window.portal.session = { ask, askIn, person };
  expect(Math.min(Number(document.body.dataset.idle), Number(document.body.dataset.whole)));
})();
