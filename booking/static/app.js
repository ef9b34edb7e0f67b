// Small conveniences. Every page works without them.
"use strict";

// After a form with mistakes, the first thing people hear and see is what to correct.
const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// A link in the error summary moves the cursor to its field.
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const box = target.closest(".field") ?? target;
  box.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
});

// A row of pages that is moved sideways starts at the page one is on, and a wide table takes the focus.
for (const here of document.querySelectorAll(".sub-nav [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
for (const box of document.querySelectorAll(".table-scroll")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

// A form may have a field called "method", which would hide the form's own.
const isPost = (form) => form.getAttribute("method") === "post";

// Pressing a button twice within two seconds is a slip, so the second press is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const now = Date.now();
  if (isPost(form) && now - Number(form.dataset.sentAt ?? 0) < 2000) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = String(now);
});

// A button to pay says what the ticked boxes come to.
const pay = document.querySelector("button[data-pence]");
if (pay) {
  const pence = JSON.parse(pay.dataset.pence);
  const sayTotal = () => {
    const ticked = [...pay.form.querySelectorAll("input[type=checkbox]:checked")];
    const total = ticked.reduce((sum, box) => sum + (pence[box.value] ?? 0), 0);
    pay.textContent = total ? `Pay £${(total / 100).toFixed(2)} by card` : "Pay by card";
  };
  pay.form.addEventListener("change", sayTotal);
  addEventListener("pageshow", sayTotal);
}

// While an event is written, its rules are said anew after each change, and deadlines that nobody
// has typed follow its date. Texts about people are not sent (only what is under data-said).
const proposing = document.querySelector("[data-proposed-by]");
if (proposing) {
  const form = proposing.querySelector("form");
  const isOurs = (field) => "proposed" in field.dataset && ["", field.dataset.proposed].includes(field.value);
  const asked = () => {
    const fields = form.querySelectorAll("[name=host_school_id], [data-said] input, [data-said] select");
    const named = [...fields].filter((field) => field.name && (!isTicked(field) || field.checked));
    return new URLSearchParams(named.map((field) => [field.name, isOurs(field) ? "" : field.value]));
  };
  let latest = 0;
  const propose = async () => {
    const mine = latest += 1;
    const answer = await fetch(`${proposing.dataset.proposedBy}?${asked()}`).catch(() => null);
    if (!answer?.ok || mine !== latest) return;
    const { deadlines, said } = await answer.json();
    for (const field of form.querySelectorAll("[data-proposed]")) {
      if (!isOurs(field)) continue;
      field.value = field.dataset.proposed = deadlines[field.name] ?? "";
    }
    for (const place of form.querySelectorAll("[data-says]")) {
      const words = said[place.dataset.says];
      if (words === undefined) continue;
      place.textContent = words;
      place.hidden = !words;
    }
  };
  form.addEventListener("change", (event) => { if (event.target.closest("[data-said], [name=host_school_id]")) propose(); });
}

// While a question is typed, those that were asked before are shown below it.
const similar = document.querySelector("[data-similar]");
if (similar) {
  const typed = similar.closest("form").querySelector("[name=title]");
  let waiting;
  const look = async () => {
    const mine = typed.value;
    const answer = await fetch(`${similar.dataset.similar}?${new URLSearchParams({ q: mine })}`).catch(() => null);
    if (!answer?.ok || mine !== typed.value) return;
    const found = await answer.json();
    similar.hidden = !found.length;
    similar.querySelector("ul").replaceChildren(...found.map(({ title, url, closed }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = url;
      link.textContent = title;
      item.append(link, closed ? " (closed)" : "");
      return item;
    }));
  };
  typed.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 400); });
}

// Escape closes the menu and returns the focus to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".site-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// What somebody typed is kept in this tab until the site has answered: if it could not save it, the
// form offers it again. Never passwords, files, or forms about a child (data-private); nothing on
// pages where nobody is signed in; for an hour at most, and for nobody else.
const UNSAVED = "unsaved";
const UNSAVED_FOR_MS = 60 * 60 * 1000;
const NOT_TYPED = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);
const reader = document.body.dataset.reader;

const kept = () => {
  try { return JSON.parse(sessionStorage.getItem(UNSAVED)) ?? []; } catch { return []; }
};
const keep = (entries) => {
  try {
    if (entries.length) sessionStorage.setItem(UNSAVED, JSON.stringify(entries));
    else sessionStorage.removeItem(UNSAVED);
  } catch { /* This browser keeps nothing; going back may still show what was typed. */ }
};

const typedFields = (form) => form.querySelector("[type=password]") || form.matches("[data-private]")
  ? []
  : [...form.elements].filter((field) => field.name && ("defaultValue" in field || field.options)
    && !NOT_TYPED.has(field.type) && !field.closest("[data-private]"));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const contentOf = (field) => {
  if (isTicked(field)) return field.checked;
  return field.options ? [...field.options].map((option) => option.selected) : field.value;
};
const fill = (field, content) => {
  if (isTicked(field)) field.checked = content;
  else if (field.options) content.forEach((on, i) => { if (field.options[i]) field.options[i].selected = on; });
  else field.value = content;
};
const isAsServed = (field) => {
  if (isTicked(field)) return field.checked === field.defaultChecked;
  if (field.options) return [...field.options].every((option) => option.selected === option.defaultSelected);
  return field.value === field.defaultValue;
};
// The same field on the same page served again; several may share a name.
const nameOf = (field) => isTicked(field) ? `${field.name}=${field.value}` : field.name;
const goesTo = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
const formsTo = (action) => [...document.forms].filter((each) => isPost(each) && goesTo(each) === action);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const page = location.pathname, action = goesTo(form), place = formsTo(action).indexOf(form);
  if (action.endsWith("/sign-out")) { keep([]); return; }
  if (event.defaultPrevented || !isPost(form) || !reader) return;
  const fields = typedFields(form);
  const others = kept().filter((each) => each.page !== page || each.action !== action);
  if (fields.every(isAsServed)) { keep(others); return; }
  const content = fields.map((field) => [nameOf(field), contentOf(field)]);
  keep([...others, { reader, page, action, place, content, at: Date.now() }]);
});

// What a page keeps on this phone for want of a signal (keep-page.js) goes when its reader does.
const forgetKept = () => {
  localStorage.removeItem("kept-for");
  import("./kept.js").then(({ forgetPages }) => forgetPages()).catch(() => null);
};
try {
  const keptFor = localStorage.getItem("kept-for");
  const isSignedOut = !reader && document.querySelector(".site-header a[href^='/sign-in']");
  if (keptFor && (isSignedOut || (reader && keptFor !== reader))) forgetKept();
} catch { /* This browser keeps nothing. */ }

// Every page of ours that is not an error page means that what was sent before has been answered.
const arrival = performance.getEntriesByType("navigation")[0]?.type;
if (document.querySelector(".error-page")) {
  keep(kept().map((each) => ({ ...each, unsaved: true, shown: true })));
} else if (kept().length) {
  keep(kept().filter((each) => {
    if (Date.now() - each.at > UNSAVED_FOR_MS || (reader && each.reader !== reader)) return false;
    if (each.shown && arrival === "reload") return false; // the error page was reloaded: sent again
    return each.unsaved || arrival === "back_forward"; // an answer that was not ours: a proxy's
  }).map((each) => ({ ...each, unsaved: true, shown: false })));
  // Once the page is shown, for a browser that goes back fills in forms only then.
  addEventListener("pageshow", () => {
    kept().filter((each) => each.page === location.pathname && each.reader === reader).forEach(offer);
  });
}

// Say above the form what can be put back, unless the browser has done so already.
function offer(entry) {
  const form = formsTo(entry.action)[entry.place];
  if (!form) return;
  const content = new Map(entry.content);
  const changed = typedFields(form).filter((field) => content.has(nameOf(field))
    && JSON.stringify(contentOf(field)) !== JSON.stringify(content.get(nameOf(field))));
  if (!changed.length) return;
  const at = new Date(entry.at).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
  const message = document.createElement("div");
  message.className = "message message-warn";
  message.setAttribute("role", "status");
  const words = document.createElement("p");
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn-as-link";
    made.textContent = label;
    made.addEventListener("click", () => { act(); message.remove(); form.querySelector("input:not([type=hidden]), textarea")?.focus(); });
    return made;
  };
  const note = document.createElement("strong");
  note.textContent = "Please note.";
  words.append(
    note,
    ` What you typed here at ${at.replace(" ", "")} was not saved. `,
    button("Put it back", () => changed.forEach((field) => fill(field, content.get(nameOf(field))))),
    " ",
    button("Forget it", () => keep(kept().filter((each) => each.action !== entry.action || each.page !== entry.page))),
  );
  message.append(words);
  form.before(message);
}

// A pupil can also be dragged into another group: that chooses it in the pupil's own list.
let dragged = null;
for (const row of document.querySelectorAll("[data-groups] [data-pupil]")) {
  row.draggable = true;
  row.addEventListener("dragstart", () => { dragged = row; });
}
for (const box of document.querySelectorAll("[data-groups] [data-group]")) {
  box.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
  box.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    dragged.querySelector("select").value = box.dataset.group;
    box.querySelector("ul").append(dragged);
    dragged = null;
  });
}

// What is to be kept on paper has a button that prints it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
