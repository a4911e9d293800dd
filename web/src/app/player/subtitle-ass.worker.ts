// JASSUB's worker with what it imports, as one file; it talks to the page when its name is `jassub-worker`.
import 'jassub/dist/worker/worker.js';
