import { z } from 'zod';

/*
 * What browsers say to the tracker: JSON over a WebSocket, as WebTorrent's clients do (bittorrent-tracker,
 * lib/client/websocket-tracker.js). Hashes and ids are 20 bytes as latin1 text.
 */

/** WebTorrent makes five offers at a time. */
const mostOffers = 5;
/** A description of a data channel is 500 bytes, and 100 more for each address of the machine. Bytes. */
const longestDescription = 8 * 1024;
/** All that a browser has to say at once fits. Bytes. */
export const largestMessage = 48 * 1024;

const bytes20 = z.string().regex(/^[\0-\xff]{20}$/);
const description = <Type extends 'offer' | 'answer'>(type: Type) =>
  z.object({
    type: z.literal(type),
    sdp: z
      .string()
      .max(longestDescription)
      .startsWith('v=0')
      .regex(/^m=application /m),
  });
const who = { action: z.literal('announce'), info_hash: bytes20, peer_id: bytes20 };

const answer = z.object({
  ...who,
  to_peer_id: bytes20,
  offer_id: bytes20,
  answer: description('answer'),
});
const announce = z.object({
  ...who,
  event: z.enum(['started', 'stopped', 'completed', 'update']).optional(),
  offers: z
    .array(z.object({ offer_id: bytes20, offer: description('offer') }))
    .max(mostOffers)
    .default([]),
});

/** An answer first: as an announcement it would be one without offers. */
const swarmMessage = z.union([answer, announce]);
export type SwarmMessage = z.infer<typeof swarmMessage>;

/** @returns undefined for what no browser of ours says */
export function readSwarmMessage(text: string): SwarmMessage | undefined {
  try {
    return swarmMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** An infohash as these messages have it. */
export const hashText = (infoHash: string): string => Buffer.from(infoHash, 'hex').toString('latin1');
