// What this phone keeps for when there is no signal: encrypted, each thing until its time.
// The key cannot be read out of the browser, only used: a copied profile or a look with the tools of
// a file manager shows nothing. It is no wall against somebody who holds the unlocked phone.
const DATABASE = "fairplace-day";
const ENCRYPTION = { name: "AES-GCM", length: 256 };

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opening = null;
const database = () => {
  opening ??= (() => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("things");
    };
    return asked(request);
  })();
  return opening;
};
const store = async (name, mode) => (await database()).transaction(name, mode).objectStore(name);

const theKey = async () => {
  const found = await asked((await store("keys")).get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey(ENCRYPTION, false, ["encrypt", "decrypt"]);
  // Another tab may have been faster: the first key stays.
  await asked((await store("keys", "readwrite")).add(made, "key")).catch(() => null);
  return asked((await store("keys")).get("key"));
};

/** Keep a thing under a name until an instant (milliseconds). */
export async function keep(name, thing, until) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(thing));
  const sealed = await crypto.subtle.encrypt({ ...ENCRYPTION, iv }, await theKey(), bytes);
  await asked((await store("things", "readwrite")).put({ iv, sealed, until }, name));
}

const opened = async ({ iv, sealed }) => JSON.parse(new TextDecoder().decode(
  await crypto.subtle.decrypt({ ...ENCRYPTION, iv }, await theKey(), sealed),
));

/** Return every thing whose name begins like this, as [name, thing]; what is past its time goes. */
export async function kept(beginning) {
  const names = (await asked((await store("things")).getAllKeys())).filter((name) => name.startsWith(beginning));
  const found = [];
  for (const name of names) {
    const thing = await asked((await store("things")).get(name));
    if (thing && thing.until > Date.now()) found.push([name, await opened(thing)]);
    else await forget(name);
  }
  return found;
}

/** Forget one thing. */
export async function forget(name) {
  await asked((await store("things", "readwrite")).delete(name));
}

/** Forget pages and how registers stood, not marks that wait: nobody is signed in, or another. */
export async function forgetPages() {
  const names = await asked((await store("things")).getAllKeys());
  for (const name of names) if (!name.startsWith("tap:")) await forget(name);
}

/** Forget whatever is past its time. */
export async function sweep() {
  const things = await store("things", "readwrite");
  const now = Date.now();
  for (const name of await asked(things.getAllKeys())) {
    const thing = await asked(things.get(name));
    if (thing.until <= now) things.delete(name);
  }
}
