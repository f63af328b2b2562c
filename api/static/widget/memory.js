// What survives a reload, in this tab alone: others may use the same device. Nothing is written before the chat is opened.

export const kept = (place) => {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {} // storage is closed to this page: the conversation lasts as long as the page
};

export const keep = (place, memory) => {
  try {
    if (memory) sessionStorage.setItem(place, JSON.stringify(memory));
    else sessionStorage.removeItem(place);
  } catch {}
};
