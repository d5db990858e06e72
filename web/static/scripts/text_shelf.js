// Where texts lie that no server has yet: IndexedDB, a row for each form and person.

const NAME = "truyen-thanh";
const STORE = "texts";
const LEAVING = "leaving";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function done(mode, act) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => resolve(asked.result);
      work.onabort = () => reject(work.error);
    });
  } finally {
    base.close();
  }
}

export const all = () => done("readonly", (store) => store.getAll());
export const put = (row) => done("readwrite", (store) => store.put(row));
export const drop = (key) => done("readwrite", (store) => store.delete(key));

// Whoever signs out leaves nothing here. The page goes away meanwhile: the next one finishes it.
export const leave = () => localStorage.setItem(LEAVING, "yes");

export async function finishLeaving() {
  if (!localStorage.getItem(LEAVING)) return;
  await done("readwrite", (store) => store.clear());
  localStorage.removeItem(LEAVING);
}
