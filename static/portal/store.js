/* What was typed and is not on the server yet, kept in this browser (IndexedDB) by person. */
"use strict";

(() => {
  let opened = null;

  function open() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("portal", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
      request.onsuccess = () => {
        request.result.onclose = request.result.onversionchange = () => { request.result.close(); opened = null; };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  }
  // Where a browser keeps nothing (some private windows), the page alone holds what was typed, as without this file.
  async function run(mode, ask, otherwise) {
    try {
      const transaction = (await open()).transaction("kept", mode);
      const request = ask(transaction.objectStore("kept"));
      return await new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } catch {
      opened = null;
      return otherwise;
    }
  }

  const kept = {
    all: () => run("readonly", (store) => store.getAll(), []),
    put: (entry) => run("readwrite", (store) => store.put(entry)),
    remove: (id) => run("readwrite", (store) => store.delete(id)),
  };
  // A lock that lives as long as its page tells other tabs that what it keeps is not lost.
  const page = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
  if (navigator.locks) navigator.locks.request(`portal-page-${page}`, () => new Promise(() => {}));
  async function lost(person) {
    const entries = (await kept.all()).filter((entry) => entry.person === person);
    if (!navigator.locks) return entries;
    const living = new Set((await navigator.locks.query()).held.map((lock) => lock.name.replace("portal-page-", "")));
    return entries.filter((entry) => !living.has(entry.page)).sort((one, other) => one.time - other.time);
  }
  const when = (time) => new Date(time).toLocaleString("sv", { dateStyle: "short", timeStyle: "short" });

  window.portal = Object.assign(window.portal || {}, { kept: { ...kept, lost, page, when } });
})();
