// Asks the browser for a passkey (W3C Web Authentication), and sends what it answers with the form.
"use strict";

(() => {
  const base64 = (text) => text.replace(/-/g, "+").replace(/_/g, "/");
  const bytes = (text) => Uint8Array.from(atob(base64(text)), (each) => each.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const described = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const read = (json) => {
    const options = JSON.parse(json);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    options.excludeCredentials = described(options.excludeCredentials);
    options.allowCredentials = described(options.allowCredentials);
    return options;
  };

  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    const { id, type } = credential;
    return JSON.stringify({ id, rawId: id, type, response, clientExtensionResults: {} });
  };

  const ask = (part) => {
    const publicKey = read(part.dataset.options);
    return part.dataset.passkey === "make"
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey });
  };

  const ready = (part) => {
    const form = part.querySelector("form");
    const trouble = part.querySelector("[data-passkey-trouble]");
    const button = form.querySelector("button");
    part.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      button.disabled = true;
      trouble.hidden = true;
      try {
        form.elements.credential.value = written(await ask(part));
        button.disabled = false;
        form.requestSubmit();
      } catch {
        button.disabled = false;
        trouble.hidden = false;
      }
    });
  };

  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey]").forEach(ready);
  document.querySelectorAll("[data-passkey-without]").forEach((each) => (each.hidden = true));
})();
