import { parseArgs } from 'node:util';

export interface Arguments {
  /** What the flags set, under their environment names. */
  environment: Record<string, string>;
  media: string[];
  faults: string[];
}

const options = {
  media: { type: 'string', multiple: true, default: [] as string[] },
  data: { type: 'string' },
  port: { type: 'string' },
  demo: { type: 'boolean' },
} as const;

/** Reads `--media DIR` (repeatable), `--data DIR`, `--port N` and `--demo`; anything else is a fault. */
export function parseArguments(argv: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({ args: [...argv], options, allowPositionals: false });
    const set = Object.entries({
      DATA_DIR: values.data,
      PORT: values.port,
      DEMO: values.demo ? 'true' : undefined,
    });
    return {
      environment: Object.fromEntries(set.filter((pair): pair is [string, string] => pair[1] !== undefined)),
      media: values.media,
      faults: [],
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('. ')[0] : String(error);
    return {
      environment: {},
      media: [],
      faults: [`${detail}; known are --media, --data, --port and --demo`],
    };
  }
}
