// Tells the sign-up form which time zone this browser is in; without it the account starts in UTC.
const field = document.querySelector("[data-time-zone]");

if (field && !field.value) {
  field.value = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
