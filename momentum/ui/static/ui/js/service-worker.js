// The service worker. ui/install.py puts constants before it: VERSION, SHELL (the addresses to keep), SIGN_OUT and
// SIGNED_OUT (where one signs out, and the page that is shown when that had no answer), ICON and BADGE (of
// notifications), PUSH (addresses of the API: see notifications/rest.py).
//
// Pages come from the server. When nobody answers, a lesson that this reader has opened before is shown from what is
// kept, and otherwise the page that says "You are offline". Only lessons are kept, the latest twenty, under the name of
// the reader that the page itself bears; a page of somebody else, or of nobody, makes all of them forgotten.
// Changes are not sent from here: js/saved-state.js does that, but for those that still wait when somebody signs out.
//
// Who signs out while nobody answers is answered from here: what was kept is deleted at once, and the sign-out is sent
// before anything else is asked for, as soon as there is a connection. Until then no page of theirs is shown.
//
// Notifications are shown as they come, and lead to this site alone.

const KEPT = `shell-${VERSION}`;
const OFFLINE = SHELL[0];
const LESSON = /^\/courses\/[^/]+\/lessons\/\d+\/$/;
const READER = /<saved-state[^>]*\sreader="([0-9a-f]+)"/;
const MOST = 20;
// A cache with one entry: the sign-out that nobody has answered yet, as its form sent it.
const LEAVING = "leaving";

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
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && address.pathname === SIGN_OUT) event.respondWith(signOut(event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (/^\/(static|styles)\//.test(address.pathname)) event.respondWith(part(request));
});

async function page(event, address) {
  if (!(await left())) return caches.match(SIGNED_OUT);
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

// A page has been told that its session is over.
self.addEventListener("message", (event) => {
  if (event.data === "signed-out") event.waitUntil(forget());
});

self.addEventListener("sync", (event) => {
  if (event.tag === LEAVING) event.waitUntil(left());
});

async function forget() {
  for (const name of await lessons()) await caches.delete(name);
}

async function signOut(event) {
  const form = await event.request.clone().text();
  event.waitUntil(silence());
  try {
    return await fetch(event.request);
  } catch {
    await forget();
    await (await caches.open(LEAVING)).put(SIGN_OUT, new Response(form));
    await self.registration.sync?.register(LEAVING).catch(() => {});
    for (const one of await self.clients.matchAll({ type: "window" })) {
      if (one.id !== event.clientId) one.navigate(SIGNED_OUT).catch(() => {});
    }
    return Response.redirect(SIGNED_OUT, 303);
  }
}

// Say whether nobody waits to be signed out; whoever does is, if there is a connection now.
async function left() {
  if (!(await caches.has(LEAVING))) return true;
  return navigator.locks.request(LEAVING, async () => {
    const waiting = await caches.match(SIGN_OUT, { cacheName: LEAVING });
    if (!waiting) return true;
    const form = new URLSearchParams(await waiting.text());
    try {
      await sendChanges(form.get("csrfmiddlewaretoken"));
      const answer = await fetch(SIGN_OUT, { method: "POST", body: form, redirect: "manual" });
      if (answer.status >= 500) return false;
    } catch {
      return false;
    }
    await forget();
    await caches.delete(LEAVING);
    return true;
  });
}

// What a learner changed without a connection is sent in their name, while it can be; see js/saved-state.js.
async function sendChanges(token) {
  const database = await new Promise((done, fail) => {
    const asked = indexedDB.open("momentum");
    // It isn't there, and isn't made here.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => (asked.error.name === "AbortError" ? done(null) : fail(asked.error));
  });
  if (!database) return;
  const store = (mode) => database.transaction("changes", mode).objectStore("changes");
  try {
    const changes = await new Promise((done, fail) => {
      const asked = store("readonly").getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    for (const { n, url, fields, at, reader } of changes) {
      const body = new FormData();
      for (const [name, value] of [...fields, ["at", at], ["reader", reader], ["csrfmiddlewaretoken", token]]) body.set(name, value);
      const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.status >= 500) throw new Error(answer.status);
      if (answer.ok) store("readwrite").delete(n);
    }
  } finally {
    database.close();
  }
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

// A notification. Something is shown whatever came: browsers take the subscription from who receives in silence.
self.addEventListener("push", (event) => {
  const { title, body, tag, url, notification_id: nid } = said(event.data);
  const shown = { body: body ?? "", icon: ICON, badge: BADGE, data: { url, nid }, ...(tag ? { tag } : {}) };
  event.waitUntil(self.registration.showNotification(title || "Momentum", shown));
});

self.addEventListener("notificationclick", (event) => {
  const { url, nid } = event.notification.data ?? {};
  event.notification.close();
  event.waitUntil(Promise.all([show(ours(url)), nid && tell(PUSH.ack, () => ({ notification_id: nid }))]));
});

// The push service gave this browser another address: it is noted, if whoever turned notifications on is still here.
self.addEventListener("pushsubscriptionchange", (event) => {
  const renew = async () => {
    const replaces = event.oldSubscription?.endpoint ?? "";
    await tell(PUSH.subscriptions, async ({ public_key: key }) => {
      const wanted = { userVisibleOnly: true, applicationServerKey: key };
      const made = event.newSubscription ?? (await self.registration.pushManager.subscribe(wanted));
      const { endpoint, keys } = made.toJSON();
      return { endpoint, keys, replaces };
    });
  };
  event.waitUntil(renew());
});

function said(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

// An address of this site, and nothing else, whatever a message says. A whole one: a path may come out as "//elsewhere".
function ours(url) {
  const home = new URL("/", location.origin);
  if (typeof url !== "string" || !url.startsWith("/")) return home.href;
  const address = new URL(url, home);
  return address.origin === location.origin ? address.href : home.href;
}

async function show(address) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((one) => one.url === address);
  return open ? open.focus() : self.clients.openWindow(address);
}

// Nobody waits for the answer, and nobody is told where there is none: an email says the same.
async function tell(address, what) {
  try {
    const asked = await fetch(PUSH.at);
    if (!asked.ok) return;
    const known = await asked.json();
    const headers = { "Content-Type": "application/json", "X-CSRFToken": known.csrf_token };
    await fetch(address, { method: "POST", headers, body: JSON.stringify(await what(known)) });
  } catch {
    // Without a connection, or without a push service.
  }
}

// Whoever signs out takes their notifications along; the server forgets this browser by itself.
async function silence() {
  const held = await self.registration.pushManager?.getSubscription().catch(() => null);
  await held?.unsubscribe().catch(() => false);
}
