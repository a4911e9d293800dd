import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { defineRoute } from './route.js';

/** Whose eyes a television sees with. */
export const deviceViewer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('household') }),
  z.object({ kind: z.literal('kids') }),
  z.object({ kind: z.literal('person'), accountId: id }),
]);
export type DeviceViewer = z.infer<typeof deviceViewer>;

/** A television, console or player that came over DLNA. */
export const device = z.object({
  id,
  name: z.string(),
  address: z.string(),
  /** As it calls itself: User-Agent or the like. */
  product: z.string(),
  profileId: z.string(),
  profileName: z.string(),
  /** True where an administrator chose the profile; otherwise it is recognised anew each time. */
  profileFixed: z.boolean(),
  viewer: deviceViewer,
  access: z.enum(['allowed', 'denied']),
  firstSeenAt: timestamp,
  lastSeenAt: timestamp,
  /** The id it has as a renderer, if it is one that is here now. */
  rendererId: id.nullable(),
  playing: z.object({ titleName: z.string(), positionSeconds: z.number() }).nullable(),
});
export type Device = z.infer<typeof device>;

/** One version of a title as a device gets it. */
export const deviceDelivery = z.object({
  fileName: z.string(),
  action: z.enum(['direct', 'convert', 'none']),
  /** What it is told: MIME type and the fourth field of protocolInfo. */
  protocolInfo: z.array(z.string()),
  reasons: z.array(z.string()),
  subtitles: z.array(z.object({ language: z.string().nullable(), way: z.string() })),
});
export type DeviceDelivery = z.infer<typeof deviceDelivery>;

/** What the discovery doctor found, worst first. */
export const doctorFinding = z.object({
  severity: z.enum(['problem', 'warning', 'fine']),
  code: z.string(),
  /** What is so, and the one thing to do. */
  message: z.string(),
  remedy: z.string().nullable(),
});

export const doctorReport = z.object({
  enabled: z.boolean(),
  serverName: z.string(),
  interfaces: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      kind: z.enum(['lan', 'docker', 'vpn', 'link-local', 'loopback', 'other']),
      announced: z.boolean(),
      /** Why it is or is not. */
      reason: z.string(),
      lastAnnouncedAt: timestamp.nullable(),
      searchesAnswered: z.int(),
    }),
  ),
  /** Who holds UDP port 1900 besides this server. */
  portOwners: z.array(z.string()),
  searches: z.array(
    z.object({
      address: z.string(),
      deviceName: z.string().nullable(),
      target: z.string(),
      interface: z.string(),
      answered: z.boolean(),
      at: timestamp,
    }),
  ),
  findings: z.array(doctorFinding),
});
export type DoctorReport = z.infer<typeof doctorReport>;

export const deviceRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/devices',
    access: 'admin',
    summary: 'Televisions and players that came over DLNA.',
    reply: z.object({
      items: z.array(device),
      profiles: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  update: defineRoute({
    method: 'PATCH',
    path: '/api/devices/:id',
    access: 'admin',
    summary: 'Names a device, says whose it is, allows or denies it, fixes its profile.',
    params: idParams,
    body: z.object({
      name: z.string().trim().min(1).max(100).optional(),
      viewer: deviceViewer.optional(),
      access: z.enum(['allowed', 'denied']).optional(),
      /** Null: recognise it again. */
      profileId: z.string().max(100).nullable().optional(),
    }),
    reply: device,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/devices/:id',
    access: 'admin',
    summary: 'Forgets a device; it comes back as a new one.',
    status: 204,
    params: idParams,
  }),
  gets: defineRoute({
    method: 'GET',
    path: '/api/devices/:id/deliveries',
    access: 'admin',
    summary: 'What this device gets of a title: each version as it is or converted, and why.',
    params: idParams,
    query: z.object({ titleId: id, episodeId: id.optional() }),
    reply: z.object({ items: z.array(deviceDelivery) }),
  }),
  doctor: defineRoute({
    method: 'GET',
    path: '/api/devices/doctor',
    access: 'admin',
    summary: 'Why televisions do or do not find this server.',
    reply: doctorReport,
  }),
  examine: defineRoute({
    method: 'POST',
    path: '/api/devices/doctor/test',
    access: 'admin',
    summary: 'Searches for this server through each interface.',
    status: 200,
    reply: z.object({
      interfaces: z.array(
        z.object({
          name: z.string(),
          address: z.string(),
          found: z.boolean(),
          milliseconds: z.number().nullable(),
          message: z.string(),
        }),
      ),
    }),
  }),
};
