import { filePriority, torrentPeer, torrentReader, torrentTracker } from '@hearth/contract/torrent';
import { z } from 'zod';
import type { AddressRanges } from '../lists/address-set.js';
import type {
  EngineDetails,
  EngineFacts,
  EngineSettings,
  EngineTorrent,
  EngineWishes,
} from './torrent-engine.js';

/*
 * What the server and the engine's process say to each other (IPC with `serialization: 'advanced'`): bytes are
 * Uint8Arrays, each side parses what it hears. Server → process: `envelope`. Process → server: `reply` or `childEvent`.
 * Commands about one torrent are carried out in the order they came. All of them may come twice.
 */

const infoHash = z.string().regex(/^[0-9a-f]{40}$/);
const index = z.int().min(0).max(1_000_000);
const amount = z.number().min(0);
const texts = z.array(z.string()).readonly();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes');
/** Thousands a second of these may come: checked in one go. */
const amounts = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'number' && each >= 0),
  'amounts',
);

const resume = z.object({
  bitfield: bytes,
  files: z.array(z.object({ size: amount, modifiedMs: z.number() })).readonly(),
  downloaded: amount,
  uploaded: amount,
});

/** Pairs on the wire: Map, a class, would not be the same one everywhere. */
const wishes = z.object({
  paused: z.boolean(),
  seed: z.boolean(),
  priorities: z
    .array(z.tuple([index, filePriority]))
    .transform((pairs): EngineWishes['priorities'] => new Map(pairs)),
});

const torrent = z.object({
  infoHash,
  metainfo: bytes.nullable(),
  trackers: texts,
  peers: texts,
  resume: resume.nullable(),
  wishes,
}) satisfies z.ZodType<EngineTorrent>;

const numbers = z.custom<Uint32Array>((value) => value instanceof Uint32Array, 'numbers');
const addressRanges = z.object({
  starts: numbers,
  ends: numbers,
  ranges6: z.array(z.tuple([z.bigint(), z.bigint()]).readonly()).readonly(),
}) satisfies z.ZodType<AddressRanges>;

const settings = z.object({
  downloadLimit: amount,
  uploadLimit: amount,
  maxConnections: z.int().min(1),
  maxPeers: z.int().min(1),
  cacheBytes: amount,
  port: z.int().min(0).max(65_535),
  dht: z.boolean(),
  dhtBootstrap: texts,
  pex: z.boolean(),
  lsd: z.boolean(),
  encryption: z.enum(['off', 'prefer', 'require']),
  blockedAddresses: addressRanges,
  bindAddresses: texts,
  proxy: z.string().nullable(),
  allowPrivate: z.boolean(),
}) satisfies z.ZodType<EngineSettings>;

export const engineCommand = z.discriminatedUnion('name', [
  /** First of all, once a process. Answered when bytes can be asked for on the socket. */
  z.object({ name: z.literal('start'), settings }),
  z.object({ name: z.literal('configure'), settings }),
  /** Answered at once: nothing is known of its loop otherwise. */
  z.object({ name: z.literal('ping') }),
  /** Answered when it is taken; what lies on the disk is checked afterwards, metadata comes as an event. */
  z.object({ name: z.literal('add'), torrent }),
  z.object({ name: z.literal('wish'), infoHash, wishes }),
  /** Also of one that it does not have: what lies on the disk of it goes all the same. */
  z.object({ name: z.literal('remove'), infoHash, data: z.boolean() }),
  z.object({ name: z.literal('open'), infoHash, fileIndex: index }),
  z.object({ name: z.literal('present'), infoHash, fileIndex: index }),
  z.object({ name: z.literal('seek'), infoHash, fileIndex: index, byte: amount }),
  z.object({ name: z.literal('details'), infoHash }),
  z.object({ name: z.literal('announce'), infoHash }),
  /** Last of all: resume facts come as events before the answer; the process then ends by itself. */
  z.object({ name: z.literal('stop') }),
]);
/** As the engine's process reads it. */
export type EngineCommand = z.output<typeof engineCommand>;
/** As it is sent. */
export type SentCommand = z.input<typeof engineCommand>;
export type CommandName = EngineCommand['name'];

export const envelope = z.object({ id: z.int(), command: engineCommand });

const details = z.object({
  peers: z.array(torrentPeer),
  trackers: z.array(torrentTracker),
  bitfield: bytes,
  pieceLength: amount,
}) satisfies z.ZodType<EngineDetails>;

/** What each command is answered with. */
export const answers = {
  start: z.null(),
  configure: z.null(),
  ping: z.null(),
  add: z.null(),
  wish: z.null(),
  remove: z.null(),
  open: z.object({ size: amount }),
  present: z.array(z.object({ start: amount, end: amount })),
  seek: z.null(),
  details,
  announce: z.null(),
  stop: z.null(),
} satisfies Record<CommandName, z.ZodType>;
export type Answer<Name extends CommandName> = z.output<(typeof answers)[Name]>;

export const engineFailure = z.object({
  code: z.enum([
    'unknown',
    'no-metadata',
    'invalid',
    'absent',
    'stalled',
    'removed',
    'unavailable',
    'disk-full',
  ]),
  message: z.string(),
});
/** Body of every answer on the socket that is not 200, 206, 304 or 416: 404, 409 (no metadata), 503, 507… */
export type EngineFailure = z.infer<typeof engineFailure>;

/** The failure first: any object would do for an answer of unknown shape. */
export const reply = z.union([
  z.object({ id: z.int(), error: engineFailure }),
  z.object({ id: z.int(), ok: z.unknown() }),
]);
export type Reply = z.infer<typeof reply>;

const facts = z.object({
  infoHash,
  phase: z.enum(['metadata', 'checking', 'running', 'paused', 'failed']),
  error: z.string().nullable(),
  stalledSince: z.number().nullable(),
  peers: amount,
  seeders: amount.nullable(),
  leechers: amount.nullable(),
  downloadSpeed: amount,
  uploadSpeed: amount,
  downloaded: amount,
  uploaded: amount,
  haveBytes: amount,
  wantedProgress: z.number(),
  fileHaveBytes: amounts,
  readers: z.array(torrentReader),
}) satisfies z.ZodType<EngineFacts>;

export const childEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('metadata'), infoHash, metainfo: bytes }),
  z.object({ type: z.literal('resume'), infoHash, resume }),
  z.object({ type: z.literal('complete'), infoHash }),
  z.object({ type: z.literal('failed'), infoHash, reason: z.string() }),
  /** Every second; torrents of which nothing changed may be left out. */
  z.object({
    type: z.literal('facts'),
    torrents: z.array(facts),
    health: z.object({
      memoryBytes: amount,
      cacheUsedBytes: amount,
      listeningPort: z.int().nullable(),
      dhtNodes: z.int().nullable(),
    }),
  }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string().max(4000),
  }),
]);
export type ChildEvent = z.infer<typeof childEvent>;

/** Where the bytes of a file are on the socket: `GET` with `Range`; a file's strong ETag is `"<infohash>-<index>"`. */
export const bytesPath = (hash: string, fileIndex: number): string => `/${hash}/${fileIndex}`;

/** The same for who only takes what is here: 404 with `absent` where something of the range is not. */
export const presentBytesPath = (hash: string, fileIndex: number): string =>
  `${bytesPath(hash, fileIndex)}/present`;

export const bytesTag = (hash: string, fileIndex: number): string => `${hash}-${fileIndex}`;

export const sentWishes = ({ paused, seed, priorities }: EngineWishes): z.input<typeof wishes> => ({
  paused,
  seed,
  priorities: [...priorities],
});
