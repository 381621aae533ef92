// Keeps one page in the browser: a blank note that knows nobody. Every other page comes from the
// service or not at all; nothing that was typed and nothing of a record is ever kept here.
const NOTE = "{% url "drafts:show_blank_note" %}";
const KEPT = "blank-note-1";

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(note));
  }
});

async function keep() {
  // Without cookies, so that it is the page of nobody.
  const page = await fetch(NOTE, { credentials: "omit", cache: "no-store" });
  if (!page.ok) throw new Error("The blank note could not be fetched.");
  await (await caches.open(KEPT)).put(NOTE, page);
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}

async function note() {
  return (await caches.match(NOTE)) ?? Response.error();
}
