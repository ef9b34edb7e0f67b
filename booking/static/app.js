// Small comforts. Every page works without them.
"use strict";

// After a failed form, the first thing heard and seen is what to put right.
const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// A link of the error summary puts the cursor into its field.
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const box = target.closest(".field") ?? target;
  box.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
});

// The second press of a button within two seconds is a slip, not a second wish.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const now = Date.now();
  if (form.method === "post" && now - Number(form.dataset.sentAt ?? 0) < 2000) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = String(now);
});

// Escape closes the folded menu and gives the cursor back to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".site-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
