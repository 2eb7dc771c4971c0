// <time-zone-question>: asks a signed-in person once for each zone whether they want its time, where this browser's clock says
// something else than their profile's zone. Before that it tells the server which zone the browser is in, so that a lesson
// counts for the day that the learner sees, whatever they answer. No cookie, nothing kept here.
const HALF_A_YEAR = 183 * 86_400_000;

// Zones go by many names (Asia/Calcutta, Asia/Kolkata); what matters is what their clocks say, in summer and in winter.
function clock(zone, moment) {
  const told = { timeZone: zone, dateStyle: "short", timeStyle: "short", hourCycle: "h23" };
  return new Intl.DateTimeFormat("en", told).format(moment);
}

function agree(one, other) {
  try {
    return [Date.now(), Date.now() + HALF_A_YEAR].every((moment) => clock(one, moment) === clock(other, moment));
  } catch {
    return false; // a zone that this browser doesn't know
  }
}

// A browser that hides where it is says UTC; that is no place to ask about.
function isPlace(zone) {
  return zone.includes("/") && !zone.startsWith("Etc/");
}

function typing() {
  return [...document.querySelectorAll("main input, main textarea, main select")].some((field) =>
    field.matches("select") ? false : field.type !== "hidden" && field.value !== field.defaultValue,
  );
}

class TimeZoneQuestion extends HTMLElement {
  async connectedCallback() {
    this.zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    if (!isPlace(this.zone)) return;
    if (!agree(this.zone, this.dataset.counts)) {
      const told = await this.tell("seen").catch(() => null);
      // A zone that the server has never heard of is nothing to ask about.
      if (!told?.ok) return;
    }
    if (agree(this.zone, this.dataset.zone) || this.dataset.declined.split(" ").some((one) => agree(this.zone, one))) return;
    const place = this.zone.split("/").at(-1).replaceAll("_", " ");
    const text = this.querySelector("p");
    text.textContent = text.textContent.replaceAll("{place}", place);
    this.addEventListener("click", (event) => {
      const answer = event.target.closest("button")?.value;
      if (answer) this.answer(answer);
    });
    this.hidden = false;
  }

  tell(answer) {
    const headers = { "X-CSRFToken": this.dataset.token };
    const body = new URLSearchParams({ zone: this.zone, answer });
    return fetch(this.dataset.to, { method: "POST", headers, body });
  }

  async answer(answer) {
    const said = await this.tell(answer).catch(() => null);
    if (!said?.ok) {
      document.getElementById("messages").textContent = document.getElementById("messages").dataset.failed;
      return;
    }
    this.hidden = true;
    const main = document.querySelector("main");
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
    // Moments on the page are the old zone's; what somebody is typing is worth more.
    if (answer === "yes" && !typing()) location.reload();
  }
}

customElements.define("time-zone-question", TimeZoneQuestion);
