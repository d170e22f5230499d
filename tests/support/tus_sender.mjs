// Sends a file with tus-js-client, as a browser or another program would; says on one line how it went.
// node tus_sender.mjs ENDPOINT TOKEN FILE SHA256 STOP_AT [UPLOAD_URL]
import { createReadStream, statSync } from "node:fs";
import { createRequire } from "node:module";

const tus = createRequire(`${process.env.HALLWATCH_NODE}/`)("tus-js-client");
const [endpoint, token, file, sha256, stopAt, uploadUrl] = process.argv.slice(2);
const say = (told) => console.log(JSON.stringify(told));

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  uploadUrl: uploadUrl || null,
  uploadSize: statSync(file).size,
  chunkSize: 64 * 1024,
  retryDelays: null,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { sha256 },
  onError: (error) => say({ status: error.originalResponse?.getStatus() ?? 0 }),
  onSuccess: () => say({ done: true, url: upload.url }),
  onChunkComplete: (_size, accepted) => {
    if (Number(stopAt) && accepted >= Number(stopAt)) {
      upload.abort();
      say({ stopped: accepted, url: upload.url });
    }
  },
});
upload.start();
