// Keeps the page that loads it, so that it opens without a signal until its day is over.
import { keep, kept, sweep } from "./kept.js";

const root = document.documentElement;
const marked = document.querySelector("[data-kept-until]");
export const until = Number(marked?.dataset.keptUntil ?? 0);
export const reader = document.body.dataset.reader ?? "";
/** When this page was kept, if it is a kept one: there was no signal. */
export const keptAt = Number(root.dataset.keptAt ?? 0);
// As the server sent it, before any script changes it.
const page = `<!doctype html>\n${root.outerHTML}`;
const name = `page:${location.pathname}${location.search}`;

async function keepThisPage() {
  await sweep();
  await keep(name, { page, at: Date.now() }, until);
  localStorage.setItem("kept-for", reader);
  const scope = location.pathname;
  await navigator.serviceWorker.register("/day-worker.js", { type: "module", scope });
  const parts = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const ours = parts.filter((url) => url.origin === location.origin && url.pathname.includes("/static/"));
  await (await caches.open("fairplace-day")).addAll([...new Set(ours.map((url) => url.href))]);
  root.dataset.offline = "ready";
}

async function end() {
  await sweep();
  const [found] = await kept(name);
  if (keptAt && !found) location.reload(); // its day is over: the server says what is true now
}

if (until && "serviceWorker" in navigator && globalThis.crypto?.subtle) {
  if (!keptAt) addEventListener("load", () => keepThisPage().catch(() => { root.dataset.offline = "no"; }));
  setTimeout(() => end().catch(() => null), Math.min(Math.max(until - Date.now(), 0), 2 ** 31 - 1));
}
