// The register on a phone: each press counts at once, waits on the phone while there is no signal,
// and is sent as soon as there is one. How taps of several phones become one register is said in
// booking/domain/registering.py; here it is only drawn.
import { forget, forgetPages, keep, kept } from "./kept.js";
import { keptAt, reader, until } from "./keep-page.js";

const TRIES_EVERY_MS = 10000, LOOKS_EVERY_MS = 30000, PATIENCE_MS = 10000, BATCH = 50;
const TONES = { arrived: "good", late: "info", absent_reported: "neutral", not_here: "bad" };
const OF_BUTTON = { none: ["arrival", null], still_here: ["departure", null] };
for (const mark of Object.keys(TONES)) OF_BUTTON[mark] = ["arrival", mark];
for (const mark of ["left_early", "collected"]) OF_BUTTON[mark] = ["departure", mark];

const facts = JSON.parse(document.getElementById("register-facts").textContent);
const about = `${facts.taps_to}:${facts.date}`;
const rows = [...document.querySelectorAll("[data-pupil]")];
const rest = document.querySelector("[data-rest]");
const status = document.querySelector("[data-sent]");
const notTaken = document.querySelector("[data-not-taken]");

/** How the register stands, as the server last said. */
let register = facts.register;
/** Taps that the server has not taken yet, by key, in the order they were made. */
const waiting = new Map();
/** What the server's clock is ahead of ours. */
let ahead = keptAt ? 0 : facts.now - Date.now();
let token = document.querySelector("[name=csrf_token]").value;
let lastAt = 0, count = 0, sentAt = null, trouble = "", sending = false;

const tapName = (key) => `tap:${reader}:${about}:${key}`;
const clockTime = (at) => new Date(at).toLocaleTimeString("en-GB", {
  hour: "numeric", minute: "2-digit", timeZone: "Europe/London",
});
const marks = (number) => `${number} ${number === 1 ? "mark" : "marks"}`;
const nameOf = (row) => row.querySelector(".register-pupil").textContent;

// A phone's keys follow each other, over reloads as well.
const letters = (number, length) => number.toString(36).padStart(length, "0");
const phone = (() => {
  let made = localStorage.getItem("phone");
  if (!made) {
    made = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => letters(byte % 36, 1)).join("");
    localStorage.setItem("phone", made);
  }
  return `${made}-${letters(Date.now(), 9)}`;
})();

/** Return [mark, when, with whom] of a pupil's arrival or departure: a later tap of ours counts. */
function standing(pupil, aspect) {
  let found = register[pupil]?.[aspect] ?? [null, null, null];
  for (const tap of waiting.values()) {
    if (tap.refused || tap.pupil !== pupil || tap.aspect !== aspect) continue;
    if (tap.at >= (found[1] ?? 0)) found = [tap.mark, tap.at, tap.with_whom];
  }
  return found;
}

function drawRow(row) {
  const [arrival, arrivedAt] = standing(row.dataset.pupil, "arrival");
  const [departure, leftAt, whom] = standing(row.dataset.pupil, "departure");
  for (const button of row.querySelectorAll("[name=mark][aria-pressed]")) {
    button.setAttribute("aria-pressed", String([arrival, departure].includes(button.value)));
  }
  row.querySelector("[value=none]").hidden = !arrival;
  row.querySelector("[value=still_here]").hidden = !departure;
  row.querySelector("[data-call]").hidden = arrival !== "not_here";
  const told = arrival ? [`${facts.labels[arrival]} ${clockTime(arrivedAt)}`] : [];
  if (departure) {
    const left = `${facts.labels[departure]} ${clockTime(leftAt)}${whom ? ` with ${whom}` : ""}`;
    told.push(told.length ? left[0].toLowerCase() + left.slice(1) : left);
  }
  const state = row.querySelector("[data-state]");
  state.textContent = told.join(", ");
  state.hidden = !told.length;
  state.className = `tag tag-${departure ? "neutral" : TONES[arrival] ?? "neutral"}`;
  return { arrival, departure };
}

function draw() {
  const stand = rows.map(drawRow);
  const number = (test) => stand.filter(test).length;
  const unmarked = number((one) => !one.arrival);
  const counts = {
    expected: rows.length,
    here: number((one) => ["arrived", "late"].includes(one.arrival) && !one.departure),
    absent: number((one) => one.arrival === "absent_reported"),
    missing: number((one) => one.arrival === "not_here"),
    left: number((one) => one.departure),
    unmarked,
  };
  for (const [name, count] of Object.entries(counts)) {
    document.querySelector(`[data-count=${name}]`).textContent = count;
  }
  rest.hidden = !unmarked;
  const words = unmarked === 1 ? "Mark the last one as here" : `Mark the other ${unmarked} as here`;
  rest.querySelector("button").textContent = words;
  sayStatus();
}

function sayStatus() {
  const open = [...waiting.values()].filter((tap) => !tap.refused).length;
  const wait = `${marks(open)} ${open === 1 ? "waits" : "wait"} on this phone`;
  const words = {
    "": open ? `Sending: ${wait}.` : sentAt ? `All sent ${clockTime(sentAt)}.` : "",
    signal: open ? `No signal: ${wait}.` : `No signal. Marks will wait on this phone.`,
    site: `The site does not answer: ${wait}.`,
    "signed out": `${wait}. Sign in again, then open this page: they are sent.`,
    "not yours": `You can no longer take this register. ${wait}: read them out to the host.`,
  }[trouble];
  if (status.textContent !== words) status.textContent = words;
  sayNotTaken();
}

function sayNotTaken() {
  const told = [...waiting.values()].filter((tap) => tap.refused || trouble === "not yours");
  notTaken.hidden = !told.length;
  notTaken.replaceChildren();
  if (!told.length) return;
  const list = document.createElement("ul");
  for (const tap of told) {
    const item = document.createElement("li");
    const mark = tap.mark ? facts.labels[tap.mark] : "mark taken back";
    const whom = tap.with_whom ? ` with ${tap.with_whom}` : "";
    item.textContent = `${tap.name}: ${mark} ${clockTime(tap.at)}${whom}. ${tap.refused ?? ""}`;
    list.append(item);
  }
  const done = document.createElement("button");
  done.type = "button";
  done.className = "btn-as-link";
  done.textContent = "I have told the host: forget them";
  done.addEventListener("click", async () => {
    for (const tap of told) { waiting.delete(tap.key); await forget(tapName(tap.key)); }
    draw();
  });
  const words = document.createElement("p");
  words.textContent = "These marks were not taken:";
  notTaken.append(words, list, done);
}

async function mark(row, aspect, value, whom = "") {
  const [before, , beforeWhom] = standing(row.dataset.pupil, aspect);
  if (before === value && (beforeWhom ?? "") === whom) return;
  lastAt = Math.max(Date.now() + ahead, lastAt + 1);
  count += 1;
  const key = `${phone}-${letters(count, 4)}`;
  const tap = { key, pupil: row.dataset.pupil, aspect, mark: value, at: lastAt, with_whom: whom, name: nameOf(row) };
  waiting.set(key, tap);
  draw();
  await keepTap(tap);
}
// Should the phone keep nothing, the tap is still sent while the page is open.
const keepTap = (tap) => keep(tapName(tap.key), tap, facts.closes).catch(() => null);

async function send() {
  if (sending) return;
  sending = true;
  try {
    do await sendBatch(); while (!trouble && [...waiting.values()].some((tap) => !tap.refused));
  } finally { sending = false; }
  sayStatus();
}

async function sendBatch(again = true) {
  const batch = [...waiting.values()].filter((tap) => !tap.refused).slice(0, BATCH);
  const taps = batch.map(({ name, refused, ...tap }) => tap);
  const body = new URLSearchParams({ csrf_token: token, date: facts.date, taps: JSON.stringify(taps) });
  const asked = { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) };
  const answer = await fetch(facts.taps_to, asked).catch(() => null);
  if (!answer) { trouble = "signal"; return; }
  if (answer.status === 404) { trouble = "not yours"; return; }
  if (answer.status >= 500 || answer.status === 429) { trouble = "site"; return; }
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) {
    trouble = await renewToken();
    if (!trouble && again) await sendBatch(false);
    else trouble ||= "site";
    return;
  }
  await take(await answer.json());
}

/** The page's token no longer fits its session: take one from the page as it is now. */
async function renewToken() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!answer) return "signal";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.dataset.reader !== reader) return "signed out";
  if (answer.status === 404) return "not yours";
  token = page.querySelector("[name=csrf_token]")?.value ?? token;
  return "";
}

async function take(answer) {
  trouble = "";
  register = answer.register;
  ahead = answer.now - Date.now();
  sentAt = Date.now();
  for (const key of answer.taken) { waiting.delete(key); await forget(tapName(key)).catch(() => null); }
  for (const [key, words] of Object.entries(answer.refused)) {
    const tap = waiting.get(key);
    if (tap) { tap.refused = words; await keepTap(tap); }
  }
  if (answer.now >= facts.closes) await forgetPages().catch(() => null);
  else if (until) await keep(`stand:${about}`, { register, ahead, now: answer.now }, until).catch(() => null);
  draw();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-pupil] button[name=mark], [data-rest] button");
  if (!button) return;
  event.preventDefault();
  if (button.closest("[data-rest]")) {
    const unmarked = rows.filter((row) => !standing(row.dataset.pupil, "arrival")[0]);
    await Promise.all(unmarked.map((row) => mark(row, "arrival", "arrived")));
  } else {
    const row = button.closest("[data-pupil]"), [aspect, value] = OF_BUTTON[button.value];
    const whom = aspect === "departure" && value ? row.querySelector("[name=left_with]").value.trim() : "";
    await mark(row, aspect, value, whom);
  }
  send();
});
addEventListener("online", send);
addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
setInterval(() => { if (waiting.size) send(); }, TRIES_EVERY_MS);
setInterval(() => { if (!document.hidden) send(); }, LOOKS_EVERY_MS);

for (const [, tap] of await kept(`tap:${reader}:${about}:`).catch(() => [])) waiting.set(tap.key, tap);
const [stood] = await kept(`stand:${about}`).catch(() => []);
if (stood && stood[1].now > facts.now) {
  register = stood[1].register;
  if (keptAt) ahead = stood[1].ahead;
}
lastAt = Math.max(0, ...[...waiting.values()].map((tap) => tap.at));
draw();
send();
