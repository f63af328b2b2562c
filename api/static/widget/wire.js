// The calls of the web channel. No cookie: the session token travels in a header.

const PATIENCE = 20000;
const SILENCE = 40000; // the server speaks at least every 15 s

export const wireTo = (base, token) => {
  const ask = async (path, options) => {
    const headers = { ...options.headers };
    if (token()) headers.Authorization = "Bearer " + token();
    const answer = await fetch(base + path, { credentials: "omit", cache: "no-store", ...options, headers });
    if (!answer.ok) throw refused(answer.status, answer.headers.get("Retry-After"));
    return answer;
  };

  const call = async (path, body) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const posted = body && { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    try {
      return await (await ask(path, { ...posted, signal: stop.signal })).json();
    } finally {
      clearTimeout(timer);
    }
  };

  // XMLHttpRequest, because fetch does not tell how far an upload has come.
  const upload = (file, progress) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("file", file);
      request.open("POST", base + "attachments");
      request.setRequestHeader("Authorization", "Bearer " + token());
      request.upload.onprogress = (event) => progress(event.loaded / event.total);
      request.onload = () => (request.status === 201 ? done(JSON.parse(request.responseText).attachment_id) : failed(refused(request.status)));
      request.onerror = failed;
      request.send(body);
    });

  // Calls `opened` once, then `heard(event, data)` for each, until the stream ends, falls silent or `stop` is aborted.
  const listen = async (after, stop, opened, heard) => {
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => stop.abort(), SILENCE);
    };
    const headers = { Accept: "text/event-stream" };
    if (after) headers["Last-Event-ID"] = after;
    const decoder = new TextDecoder();
    let rest = "";
    alive();
    try {
      const reader = (await ask("stream", { headers, signal: stop.signal })).body.getReader();
      opened();
      for (let part; !(part = await reader.read()).done; ) {
        alive();
        const blocks = (rest + decoder.decode(part.value, { stream: true })).split(/\r?\n\r?\n/);
        rest = blocks.pop();
        for (const block of blocks) tell(block, heard);
      }
    } finally {
      clearTimeout(watch);
    }
  };

  return { call, upload, listen };
};

// `final`: asking the same again would be refused again.
const refused = (status, after) => ({ status, after, final: status >= 400 && status < 500 && status !== 408 && status !== 429 });

const tell = (block, heard) => {
  const said = {};
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = line.match(/^(\w+): ?(.*)/) || [];
    if (field) said[field] = (said[field] || "") + value;
  }
  if (said.data) heard(said.event, JSON.parse(said.data));
};
