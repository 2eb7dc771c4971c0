// The service worker. ui/install.py puts two constants before it: VERSION, and SHELL, the addresses to keep.
//
// Pages come from the server. When nobody answers, a lesson that this reader has opened before is shown from what is
// kept, and otherwise the page that says "You are offline". Only lessons are kept, the latest twenty, under the name of
// the reader that the page itself bears; a page of somebody else, or of nobody, makes all of them forgotten.
// Changes are not sent from here: js/saved-state.js does that.

const KEPT = `shell-${VERSION}`;
const OFFLINE = SHELL[0];
const LESSON = /^\/courses\/[^/]+\/lessons\/\d+\/$/;
const READER = /<saved-state[^>]*\sreader="([0-9a-f]+)"/;
const MOST = 20;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll(SHELL.map((address) => new Request(address, { cache: "no-cache", credentials: "omit" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("shell-") && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (/^\/(static|styles)\//.test(address.pathname)) event.respondWith(part(request));
});

async function page(event, address) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (LESSON.test(address.pathname) && (await kept(address.pathname))) || caches.match(OFFLINE);
  }
  event.waitUntil(remember(address, answer.clone()));
  return answer;
}

// A lesson bears the address of its parts as they were; those of today's version are in the shell.
async function part(request) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
}

async function kept(path) {
  for (const name of await lessons()) {
    const found = await (await caches.open(name)).match(path);
    if (found) return found;
  }
  return null;
}

async function lessons() {
  return (await caches.keys()).filter((name) => name.startsWith("lessons-"));
}

async function remember(address, answer) {
  if (!answer.headers.get("content-type")?.startsWith("text/html") || answer.status >= 500) return;
  const reader = READER.exec(await answer.clone().text())?.[1];
  const mine = reader && `lessons-${reader}`;
  for (const name of await lessons()) if (name !== mine) await caches.delete(name);
  if (!mine || !LESSON.test(address.pathname)) return;
  const cache = await caches.open(mine);
  await cache.delete(address.pathname);
  if (answer.status !== 200 || answer.redirected) return;
  await cache.put(address.pathname, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((old) => cache.delete(old)));
}
