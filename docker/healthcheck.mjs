#!/usr/local/bin/node
/** For the container's HEALTHCHECK: exit 0 when this container's server answers /health with 200, else 1. */
const port = process.env['PORT'] || '8096';
try {
  const answer = await fetch(`http://localhost:${port}/health`, { signal: AbortSignal.timeout(4000) });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1; // Refused or too slow: either way nobody is being served.
}
