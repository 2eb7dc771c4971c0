// <passkey-form data-act="create|get" data-options='…' or data-begin="/address/">: a form whose field "credential" the browser fills in with a
// passkey when it is sent. It appears only where the browser knows passkeys.
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    const known = window.PublicKeyCredential;
    if (!known?.parseCreationOptionsFromJSON || !known.parseRequestOptionsFromJSON) return;
    this.hidden = false;
    const form = this.querySelector("form");
    const failed = form.querySelector("[role=alert]");
    let asking = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await this.#credential(form));
        form.requestSubmit();
      } catch {
        failed.hidden = false;
      } finally {
        asking = false;
      }
    });
  }

  async #credential(form) {
    const { publicKey } = await this.#options();
    if (this.dataset.act === "get") {
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    }
    // A passkey that is used alone stays on its device, which asks who holds it.
    const alone = form.elements.passwordless.checked;
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : "preferred",
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }

  async #options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const answer = await fetch(this.dataset.begin, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }
}

customElements.define("passkey-form", PasskeyForm);
