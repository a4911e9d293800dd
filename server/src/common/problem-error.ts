import { type Problem, type ProblemCode, problemStatus } from '@hearth/contract/problem';

/** Short names of the problems, for people. */
const titles: Record<ProblemCode, string> = {
  VALIDATION_FAILED: 'Some values are not valid',
  MALFORMED_REQUEST: 'The request could not be read',
  UNAUTHENTICATED: 'Sign in first',
  INVALID_CREDENTIALS: 'Wrong user name or password',
  REFRESH_TOKEN_INVALID: 'This sign-in has ended',
  SIGNATURE_INVALID: 'This link has expired or is not valid',
  FORBIDDEN: 'You may not do this',
  ACCOUNT_DISABLED: 'This account is switched off',
  NOT_FOUND: 'Not found',
  METHOD_NOT_ALLOWED: 'Not possible here',
  SETUP_ALREADY_DONE: 'Setup is already done',
  USERNAME_TAKEN: 'This user name is taken',
  LAST_ADMINISTRATOR: 'The last administrator must stay',
  FOLDER_IN_USE: 'This folder belongs to a library already',
  FOLDER_RESERVED: 'The server keeps its own files in this folder',
  JOB_STATE_CONFLICT: 'The job is not in a state for that',
  PLAYBACK_UNSUPPORTED: 'This device cannot play the file',
  SOURCE_UNAVAILABLE: 'The file is not there at the moment',
  SOURCE_CHANGED: 'The file is another one now',
  RENDERER_UNAVAILABLE: 'This screen does not answer',
  RENDERER_REFUSED: 'This screen would not play it',
  RENDERER_IN_USE: 'Somebody else is watching on this screen',
  TORRENTS_DISABLED: 'Torrents are switched off',
  TORRENTS_NOT_ALLOWED: 'You may not use torrents',
  TORRENT_INVALID: 'This is not a torrent',
  TORRENT_REFUSED: 'This torrent is refused',
  TORRENT_METADATA_TIMEOUT: 'Nobody could say what is in this torrent',
  TORRENT_NOT_READY: 'What is in this torrent is not known yet',
  TORRENT_LIMIT_REACHED: 'Too many torrents at the same time',
  QUOTA_EXCEEDED: 'Your space for torrents is used up',
  STREAM_LIMIT_REACHED: 'Too much is playing at the same time',
  TRANSCODE_FAILED: 'The conversion failed',
  STORAGE_FULL: 'The disk is full',
  INVITATION_INVALID: 'This invitation is used up or has expired',
  PAYLOAD_TOO_LARGE: 'The request is too large',
  UNSUPPORTED_MEDIA_TYPE: 'This content type is not understood',
  RANGE_NOT_SATISFIABLE: 'The range lies outside the file',
  FOLDER_UNREADABLE: 'The server cannot read this folder',
  SUBTITLE_UNREADABLE: 'The subtitles could not be read',
  ACCOUNT_LOCKED: 'Too many wrong passwords; wait a little',
  RATE_LIMITED: 'Too many requests; wait a little',
  PROVIDER_INVALID: 'This is no provider that can be used',
  PROVIDER_KNOWN: 'This provider is here already',
  PROVIDER_REFUSED: 'This provider was refused',
  PROVIDER_CONSENT_NEEDED: 'This provider needs an administrator’s consent',
  PROVIDER_FAILED: 'The provider did not answer as it should',
  PROVIDER_TIMEOUT: 'The provider took too long',
  INTERNAL: 'Something broke on the server',
  UNAVAILABLE: 'Not possible right now',
};

export interface ProblemExtras {
  detail?: string;
  errors?: { path: string; message: string }[];
  /** seconds */
  retryAfter?: number;
}

/** A refusal that the caller can understand and act on. Anything else that is thrown counts as our bug. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly extras: ProblemExtras = {},
  ) {
    super(extras.detail ?? titles[code]);
    this.name = 'ProblemError';
  }

  get status(): number {
    return problemStatus[this.code];
  }

  /** RFC 9457 body. */
  toProblem(): Problem {
    return {
      type: `urn:hearth:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title: titles[this.code],
      status: this.status,
      code: this.code,
      ...this.extras,
    };
  }
}

export const notFound = (what: string): ProblemError =>
  new ProblemError('NOT_FOUND', { detail: `No such ${what}.` });
