// Beside htmx, which sends the form while one writes: what to say when the line is lost, and to try again by itself.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[hx-post]");
  if (!form) return;
  let waiting = 0;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => htmx.trigger(form, "save"), 5000);
  };
  const lost = () => {
    document.getElementById("saved-state").textContent = form.dataset.lost;
    again();
  };
  document.body.addEventListener("htmx:sendError", lost);
  document.body.addEventListener("htmx:timeout", lost);
  document.body.addEventListener("htmx:responseError", lost);
  window.addEventListener("online", () => htmx.trigger(form, "save"));
});
