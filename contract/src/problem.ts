import { z } from 'zod';

/** Stable machine-readable codes; a code never changes meaning. The number is the HTTP status it travels with. */
export const problemStatus = {
  VALIDATION_FAILED: 400,
  MALFORMED_REQUEST: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  REFRESH_TOKEN_INVALID: 401,
  SIGNATURE_INVALID: 403,
  FORBIDDEN: 403,
  ACCOUNT_DISABLED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  SETUP_ALREADY_DONE: 409,
  USERNAME_TAKEN: 409,
  LAST_ADMINISTRATOR: 409,
  FOLDER_IN_USE: 409,
  FOLDER_RESERVED: 409,
  JOB_STATE_CONFLICT: 409,
  PLAYBACK_UNSUPPORTED: 409,
  SOURCE_UNAVAILABLE: 409,
  SOURCE_CHANGED: 409,
  RENDERER_UNAVAILABLE: 409,
  RENDERER_REFUSED: 409,
  RENDERER_IN_USE: 409,
  TORRENTS_DISABLED: 409,
  TORRENTS_NOT_ALLOWED: 403,
  TORRENT_INVALID: 422,
  TORRENT_REFUSED: 422,
  TORRENT_METADATA_TIMEOUT: 504,
  TORRENT_NOT_READY: 409,
  TORRENT_LIMIT_REACHED: 429,
  QUOTA_EXCEEDED: 409,
  STREAM_LIMIT_REACHED: 429,
  TRANSCODE_FAILED: 500,
  STORAGE_FULL: 507,
  INVITATION_INVALID: 410,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  FOLDER_UNREADABLE: 422,
  SUBTITLE_UNREADABLE: 422,
  ACCOUNT_LOCKED: 429,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  PROVIDER_INVALID: 422,
  PROVIDER_KNOWN: 409,
  PROVIDER_REFUSED: 422,
  PROVIDER_CONSENT_NEEDED: 409,
  PROVIDER_FAILED: 502,
  PROVIDER_TIMEOUT: 504,
  UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** RFC 9457 problem details with our `code`; `errors` names the faulty fields of a bad request. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Seconds to wait before trying again, where that helps. */
  retryAfter: z.number().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
