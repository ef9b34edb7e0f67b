// Opens the register and the coach list without a signal, from what the page itself has kept
// (keep-page.js). It looks after those pages only, and keeps nothing by itself.
import { kept, sweep } from "./static/kept.js";

const PATIENCE_MS = 5000;
// The same as the server's own (web/headers.py).
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
  + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
  + "object-src 'none'; frame-ancestors 'none'";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), sweep()])));

const keptPage = async (url) => {
  const exactly = await kept(`page:${url.pathname}${url.search}`);
  const found = exactly.length ? exactly : await kept(`page:${url.pathname}`);
  if (!found.length) return null;
  const [, { page, at }] = found[0];
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY };
  return new Response(page.replace("<html ", `<html data-kept-at="${at}" `), { headers });
};

async function fromServerOrPhone(request) {
  const url = new URL(request.url);
  const copy = await keptPage(url).catch(() => null);
  try {
    const late = new Promise((resolve) => { if (copy) setTimeout(resolve, PATIENCE_MS, copy); });
    const answer = await Promise.race([fetch(request), late]);
    return copy && answer.status >= 500 ? copy : answer;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

async function part(request) {
  const isLasting = new URL(request.url).searchParams.has("v"); // its address names its content
  const copy = await caches.match(request);
  if (copy && isLasting) return copy;
  return fetch(request).catch((error) => { if (copy) return copy; throw error; });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fromServerOrPhone(request));
  else if (new URL(request.url).pathname.includes("/static/")) event.respondWith(part(request));
});
