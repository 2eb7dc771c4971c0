// Tells a form that makes an account which time zone this browser is in; without it the account starts in UTC, and is asked
// about it later (js/time-zone-question.js).
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

for (const field of document.querySelectorAll("[data-time-zone]")) {
  if (!field.value) field.value = zone;
}
