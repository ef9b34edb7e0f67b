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

// Pressing a button twice within two seconds is a slip, so the second press is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const now = Date.now();
  if (form.method === "post" && now - Number(form.dataset.sentAt ?? 0) < 2000) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = String(now);
});

// Escape closes the menu and returns the focus to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".site-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
