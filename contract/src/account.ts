import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { defineRoute } from './route.js';
import { libraryDraft } from './library.js';

export const role = z.enum(['admin', 'member', 'child']);
export type Role = z.infer<typeof role>;

export const username = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}]+$/u, 'control characters are not allowed');
/** Eight characters or more (NIST SP 800-63B); no composition rules. */
export const password = z.string().min(8, 'at least 8 characters').max(256);

export const preferences = z.object({
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  language: z.string().max(35).default('en'),
  audioLanguages: z.array(z.string().max(35)).max(10).default([]),
  subtitleLanguages: z.array(z.string().max(35)).max(10).default([]),
  /** When subtitles switch themselves on. */
  subtitleMode: z.enum(['off', 'forced', 'foreign', 'always']).default('foreign'),
  autoplayNext: z.boolean().default(true),
  /** Torrents are fetched from other browsers of the household as well, where the server lets them. */
  browserPeers: z.boolean().default(false),
});
export type Preferences = z.infer<typeof preferences>;

const { shape } = preferences;
/** What is stated changes, and nothing else: `preferences.partial()` would fill in the defaults (zod 4). */
export const preferencesChange = z
  .object({
    theme: shape.theme.unwrap(),
    language: shape.language.unwrap(),
    audioLanguages: shape.audioLanguages.unwrap(),
    subtitleLanguages: shape.subtitleLanguages.unwrap(),
    subtitleMode: shape.subtitleMode.unwrap(),
    autoplayNext: shape.autoplayNext.unwrap(),
    browserPeers: shape.browserPeers.unwrap(),
  } satisfies Record<keyof typeof shape, z.ZodType>)
  .partial();

/** What an account may use of the server; null is no limit. */
export const accountLimits = z.object({
  /** Things that play at the same time. */
  maxStreams: z.int().min(0).max(1000).nullable(),
  /** Bits per second of what is played: a larger file is converted to fit. */
  maxBitrate: z.int().min(100_000).max(1_000_000_000).nullable(),
  /** Bits per second that are sent, over all of its streams. */
  bandwidth: z.int().min(100_000).max(10_000_000_000).nullable(),
  /** Youngest age, in years, that what they see may be rated for; what is not rated they see only without this limit. */
  maxAge: z.int().min(0).max(21).nullable(),
  /** Libraries they do not see. */
  hiddenLibraryIds: z.array(id).max(200),
});
export type AccountLimits = z.infer<typeof accountLimits>;

/** Viewers that nobody signs in as, for screens that belong to nobody in particular; their kind is their account's id. */
export const sharedViewerKind = z.enum(['household', 'kids']);
export type SharedViewerKind = z.infer<typeof sharedViewerKind>;

export const sharedViewer = z.object({ id: sharedViewerKind, limits: accountLimits });
export type SharedViewer = z.infer<typeof sharedViewer>;

export const account = z.object({
  id,
  username: z.string(),
  role,
  disabled: z.boolean(),
  createdAt: timestamp,
  lastSeenAt: timestamp.nullable(),
  preferences,
  limits: accountLimits,
});
export type Account = z.infer<typeof account>;

/** `refreshToken` is empty for browsers: theirs travels in an HttpOnly cookie. */
export const tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds the access token stays valid. */
  expiresIn: z.int(),
  user: account,
});
export type Tokens = z.infer<typeof tokens>;

const device = {
  deviceName: z.string().trim().min(1).max(100).optional(),
  /** True for browsers: the refresh token is set as an HttpOnly cookie and left out of the body. */
  cookie: z.boolean().default(false),
};
const credentials = z.object({ username, password: z.string().min(1).max(256), ...device });
const newAccount = z.object({ username, password, ...device });

export const deviceSession = z.object({
  id,
  deviceName: z.string(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: timestamp,
  lastSeenAt: timestamp,
  current: z.boolean(),
});
export type DeviceSession = z.infer<typeof deviceSession>;

export const invitation = z.object({
  id,
  role,
  createdAt: timestamp,
  expiresAt: timestamp,
  usedAt: timestamp.nullable(),
  /** Shown once, when the invitation is made. */
  code: z.string().optional(),
});
export type Invitation = z.infer<typeof invitation>;

export const accountRoutes = {
  setup: defineRoute({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    summary:
      'First run: makes the administrator and, if given, libraries. Only while no administrator exists.',
    status: 201,
    body: newAccount.extend({ libraries: z.array(libraryDraft).max(50).optional() }),
    reply: tokens,
  }),
  login: defineRoute({
    method: 'POST',
    path: '/api/auth/login',
    access: 'public',
    summary: 'Signs in.',
    body: credentials,
    reply: tokens,
  }),
  refresh: defineRoute({
    method: 'POST',
    path: '/api/auth/refresh',
    access: 'public',
    summary: 'Trades a refresh token (body or cookie) for new tokens; a used token revokes its whole family.',
    body: z.object({ refreshToken: z.string().max(512).optional(), cookie: z.boolean().default(false) }),
    reply: tokens,
  }),
  logout: defineRoute({
    method: 'POST',
    path: '/api/auth/logout',
    access: 'member',
    summary: 'Ends this session.',
    status: 204,
  }),
  sessions: defineRoute({
    method: 'GET',
    path: '/api/auth/sessions',
    access: 'member',
    summary: 'The devices you are signed in on.',
    reply: z.object({ items: z.array(deviceSession) }),
  }),
  revokeSession: defineRoute({
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    access: 'member',
    summary: 'Signs one of your devices out.',
    status: 204,
    params: idParams,
  }),
  me: defineRoute({
    method: 'GET',
    path: '/api/users/me',
    access: 'member',
    summary: 'The signed-in account.',
    reply: account,
  }),
  updateMe: defineRoute({
    method: 'PATCH',
    path: '/api/users/me',
    access: 'member',
    summary: 'Changes your preferences.',
    body: z.object({ preferences: preferencesChange }),
    reply: account,
  }),
  changePassword: defineRoute({
    method: 'PUT',
    path: '/api/users/me/password',
    access: 'member',
    summary: 'Changes your password and signs every other device out.',
    status: 204,
    body: z.object({ currentPassword: z.string().min(1).max(256), newPassword: password }),
  }),
  users: defineRoute({
    method: 'GET',
    path: '/api/users',
    access: 'admin',
    summary: 'All accounts of people.',
    reply: z.object({ items: z.array(account) }),
  }),
  sharedViewers: defineRoute({
    method: 'GET',
    path: '/api/shared-viewers',
    access: 'admin',
    summary:
      'The viewers that shared screens see as, with their limits: change those as an account’s, by id.',
    reply: z.object({ items: z.array(sharedViewer) }),
  }),
  user: defineRoute({
    method: 'GET',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'One account, or a shared viewer.',
    params: idParams,
    reply: account,
  }),
  createUser: defineRoute({
    method: 'POST',
    path: '/api/users',
    access: 'admin',
    summary: 'Makes an account.',
    status: 201,
    body: z.object({ username, password, role }),
    reply: account,
  }),
  updateUser: defineRoute({
    method: 'PATCH',
    path: '/api/users/:id',
    access: 'admin',
    summary:
      'Changes role, password, limits, or whether the account may sign in; of a shared viewer, limits only.',
    params: idParams,
    body: z.object({
      role: role.optional(),
      disabled: z.boolean().optional(),
      password: password.optional(),
      limits: accountLimits.partial().optional(),
    }),
    reply: account,
  }),
  deleteUser: defineRoute({
    method: 'DELETE',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'Removes an account with its history.',
    status: 204,
    params: idParams,
  }),
  invitations: defineRoute({
    method: 'GET',
    path: '/api/invitations',
    access: 'admin',
    summary: 'Open and used invitations.',
    reply: z.object({ items: z.array(invitation) }),
  }),
  invite: defineRoute({
    method: 'POST',
    path: '/api/invitations',
    access: 'admin',
    summary: 'Makes an invitation link; its code is shown this once.',
    status: 201,
    body: z.object({
      role: role.default('member'),
      expiresInHours: z.int().min(1).max(720).default(72),
    }),
    reply: invitation,
  }),
  deleteInvitation: defineRoute({
    method: 'DELETE',
    path: '/api/invitations/:id',
    access: 'admin',
    summary: 'Withdraws an invitation.',
    status: 204,
    params: idParams,
  }),
  acceptInvitation: defineRoute({
    method: 'POST',
    path: '/api/invitations/accept',
    access: 'public',
    summary: 'Makes the invited account and signs it in.',
    status: 201,
    body: newAccount.extend({ code: z.string().min(1).max(128) }),
    reply: tokens,
  }),
};
