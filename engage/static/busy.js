// One click is enough: a form that is on its way isn't sent again, and its button shows it.
const RETRY_AFTER = 10_000; // ms; a line that drops must not leave the button dead

const rest = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(rest, RETRY_AFTER, form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(rest));
