// A form is sent once by a person who clicks twice. Without this script the server sees to it.
for (const form of document.forms) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
}
// Whoever comes back with the browser's own button finds the form as it was.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button")) button.disabled = false;
});
