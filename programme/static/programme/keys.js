// Single keys for the daily ways; templates leave this out where somebody switched them off.
const list = document.getElementById("keys");
const LOG = 'a[href$="/contacts/log/"]';

const wayToLog = () => {
  // Beneath a record that is always its own parent, whoever else is named on the page.
  const record = location.pathname.match(/^\/parents\/[0-9a-f-]{36}\//);
  if (record) return document.querySelector(`a[href="${record[0]}contacts/log/"]`);
  return document.activeElement.closest("li")?.querySelector(LOG) ?? document.querySelector(LOG);
};

// Led to by the key, the page of searching begins in its box.
const SEARCH = "#search";
const isSearch = () => location.pathname === list.dataset.find;
const intoTheBox = () => document.querySelector("main form input:not([type=hidden])")?.focus();
const search = () => {
  if (isSearch()) return intoTheBox();
  const way = document.querySelector(`#navigation a[href="${list.dataset.find}"]`);
  if (way) location.assign(way.pathname + SEARCH);
};
if (isSearch() && location.hash === SEARCH) {
  history.replaceState(null, "", location.pathname);
  intoTheBox();
}

const KEYS = {
  "/": search,
  c: () => wayToLog()?.click(),
  "?": () => list.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const { target, key } = event;
  if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.form?.method === "post") {
    event.preventDefault();
    target.form.requestSubmit(target.form.querySelector("button:not([type=button])"));
    return;
  }
  const types = target.closest("input, select, textarea, [contenteditable]");
  if (types || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (Object.hasOwn(KEYS, key)) {
    event.preventDefault();
    KEYS[key]();
  }
});
