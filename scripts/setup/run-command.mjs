/** Runs the tools of the set-up: output is kept and shown only when they fail. */
import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Tools get a process group each (npm and make have children); this ends all of them. */
export function killRunning(signal = 'SIGTERM') {
  for (const child of running) {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // ESRCH: it ended by itself between the check and the signal.
    }
  }
}

export class CommandError extends Error {
  /** @param {string} command @param {string} outcome @param {string} output */
  constructor(command, outcome, output) {
    super(`${command} ${outcome}`);
    this.output = output;
  }
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<string>} what it wrote; rejects with a CommandError that carries the output
 */
export function runCommand(file, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const label = [file.split('/').pop(), ...args].join(' ').slice(0, 120);
    child.on('error', (error) => {
      running.delete(child);
      reject(new CommandError(label, error.message, output));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else
        reject(new CommandError(label, signal ? `was ended by ${signal}` : `failed (exit ${code})`, output));
    });
  });
}
