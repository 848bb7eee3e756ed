// Beside htmx, which sends the form while one writes: what was typed before the scripts came is sent too, and where the
// line is lost that is said, and it is tried again by itself.
"use strict";
// Words that stand in the form and did not come with the page. After a reload or on the way back the browser itself may
// have put older ones there: those wait until somebody types.
const typedEarly = (form) =>
  performance.getEntriesByType("navigation")[0]?.type === "navigate" &&
  [...form.querySelectorAll("input:not([type=radio], [type=search]), textarea")].some((field) => field.value !== field.defaultValue);
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[hx-post]");
  if (!form) return;
  let waiting = 0;
  const save = () => htmx.trigger(form, "save");
  const lost = (event) => {
    if (event.detail.elt !== form) return; // what was looked for is not what was written
    document.getElementById("saved-state").textContent = form.dataset.lost;
    clearTimeout(waiting);
    waiting = setTimeout(save, 5000);
  };
  document.body.addEventListener("htmx:sendError", lost);
  document.body.addEventListener("htmx:timeout", lost);
  document.body.addEventListener("htmx:responseError", lost);
  window.addEventListener("online", save);
  if (typedEarly(form)) save();
});
