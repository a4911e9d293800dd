import type { ApiProblem } from '../api/problem';
import { translator } from './i18n';
import { defineMessages } from './messages';

const messages = defineMessages(
  {
    NETWORK:
      'The server can’t be reached. Check that it is running and that this device is in the same network.',
    CONTRACT:
      'The server answered in a way this page does not understand. Reload the page; it may be an older version.',
    FORBIDDEN: 'Your account may not do this. Ask an administrator of this household.',
    NOT_FOUND: 'It is no longer there. It may have been removed meanwhile.',
    PROVIDER_INVALID: 'There is no provider at this address. Check it and try again.',
    PROVIDER_KNOWN: 'This provider is in the list already.',
    PROVIDER_REFUSED:
      'This provider was refused: its signature, its version or what it asks for is not as it was.',
    PROVIDER_CONSENT_NEEDED:
      'Nobody known vouches for this provider. Read what it may do, then agree or leave it.',
    PROVIDER_FAILED: 'The provider gave no usable answer. Try again later.',
    PROVIDER_TIMEOUT: 'The provider took too long. Try again later.',
    UNAVAILABLE: 'The server is busy or restarting. Wait a moment and try again.',
    INTERNAL: 'Something went wrong on the server. Try again; the log says more.',
    RATE_LIMITED: 'Too many tries. Wait a moment and try again.',
    INVALID_CREDENTIALS: 'That name and password don’t match. Check both and try again.',
    ACCOUNT_DISABLED: 'This account is switched off. Ask an administrator of this household.',
    ACCOUNT_LOCKED: 'Too many wrong passwords. Wait a while and try again.',
    USERNAME_TAKEN: 'Someone here has that name already. Choose another.',
    SETUP_ALREADY_DONE: 'This server is set up already. Sign in instead.',
    LAST_ADMINISTRATOR: 'There has to be at least one administrator. Make someone else one first.',
    FOLDER_IN_USE: 'This folder, or one around it, belongs to a library already.',
    FOLDER_RESERVED: 'Hearth keeps its own files in this folder. Choose another one for media.',
    FOLDER_UNREADABLE:
      'The server can’t read this folder. Check that it exists and that the server may read it.',
    INVITATION_INVALID: 'This invitation was used or is too old. Ask for a new one.',
    JOB_STATE_CONFLICT: 'That job has moved on meanwhile. The list now shows where it is.',
    TORRENTS_DISABLED: 'Torrents are switched off on this server. An administrator can switch them on.',
    TORRENTS_NOT_ALLOWED: 'Your account may not use torrents. Ask an administrator of this household.',
    TORRENT_INVALID: 'This is no torrent that can be read. Check that the link or the file is whole.',
    TORRENT_REFUSED: 'This torrent is refused: what is in it is not safe to play.',
    TORRENT_METADATA_TIMEOUT:
      'Nobody could be found who knows what is in it. Try again later, or use its .torrent file.',
    TORRENT_NOT_READY: 'What is in it is not known yet. Wait until somebody has told.',
    TORRENT_LIMIT_REACHED:
      'You have reached your limit for torrents. Remove one, or ask an administrator for more.',
  },
  {
    NETWORK: 'Der Server ist nicht erreichbar. Prüfe, ob er läuft und ob dieses Gerät im selben Netz ist.',
    CONTRACT:
      'Diese Seite versteht die Antwort des Servers nicht. Lade sie neu; vielleicht ist sie veraltet.',
    FORBIDDEN: 'Dein Konto darf das nicht. Frag jemanden, der diesen Haushalt verwaltet.',
    NOT_FOUND: 'Das gibt es nicht mehr. Vielleicht wurde es inzwischen entfernt.',
    PROVIDER_INVALID: 'Unter dieser Adresse gibt es keinen Anbieter. Prüfe sie.',
    PROVIDER_KNOWN: 'Dieser Anbieter steht schon in der Liste.',
    PROVIDER_REFUSED:
      'Dieser Anbieter wurde abgewiesen: Unterschrift, Version oder Rechte sind nicht mehr, wie sie waren.',
    PROVIDER_CONSENT_NEEDED:
      'Für diesen Anbieter bürgt niemand. Lies, was er darf, und stimme zu oder lass es.',
    PROVIDER_FAILED: 'Der Anbieter gab keine brauchbare Antwort. Versuch es später noch einmal.',
    PROVIDER_TIMEOUT: 'Der Anbieter brauchte zu lange. Versuch es später noch einmal.',
    UNAVAILABLE: 'Der Server ist beschäftigt oder startet neu. Versuch es gleich noch einmal.',
    INTERNAL: 'Auf dem Server ging etwas schief. Versuch es noch einmal; mehr steht im Protokoll.',
    RATE_LIMITED: 'Zu viele Versuche. Warte einen Moment.',
    INVALID_CREDENTIALS: 'Name und Passwort passen nicht zusammen. Prüfe beides.',
    ACCOUNT_DISABLED: 'Dieses Konto ist abgeschaltet. Frag jemanden, der diesen Haushalt verwaltet.',
    ACCOUNT_LOCKED: 'Zu viele falsche Passwörter. Warte eine Weile.',
    USERNAME_TAKEN: 'So heißt hier schon jemand. Wähle einen anderen Namen.',
    SETUP_ALREADY_DONE: 'Dieser Server ist schon eingerichtet. Melde dich an.',
    LAST_ADMINISTRATOR: 'Jemand muss verwalten. Gib erst einer anderen Person dieses Recht.',
    FOLDER_IN_USE: 'Dieser Ordner (oder einer darüber) gehört schon zu einer Bibliothek.',
    FOLDER_RESERVED: 'In diesem Ordner liegen Hearths eigene Dateien. Wähle für Medien einen anderen.',
    FOLDER_UNREADABLE: 'Der Server kann diesen Ordner nicht lesen. Gibt es ihn, und darf der Server hinein?',
    INVITATION_INVALID: 'Diese Einladung ist benutzt oder abgelaufen. Bitte um eine neue.',
    JOB_STATE_CONFLICT: 'Die Aufgabe ist schon weiter. Die Liste zeigt den neuen Stand.',
    TORRENTS_DISABLED: 'Torrents sind auf diesem Server abgeschaltet. Wer verwaltet, kann sie einschalten.',
    TORRENTS_NOT_ALLOWED:
      'Dein Konto darf keine Torrents nutzen. Frag jemanden, der diesen Haushalt verwaltet.',
    TORRENT_INVALID: 'Das ist kein lesbarer Torrent. Prüfe, ob der Link oder die Datei vollständig ist.',
    TORRENT_REFUSED: 'Dieser Torrent wird abgelehnt: Sein Inhalt ist nicht sicher abzuspielen.',
    TORRENT_METADATA_TIMEOUT:
      'Niemand war zu finden, der weiß, was darin ist. Versuch es später oder nimm die .torrent-Datei.',
    TORRENT_NOT_READY: 'Noch ist nicht bekannt, was darin ist. Warte, bis es jemand sagt.',
    TORRENT_LIMIT_REACHED: 'Deine Grenze für Torrents ist erreicht. Entferne einen oder bitte um mehr.',
  },
);
type Key = keyof (typeof messages)['en'];

export interface ProblemWords {
  /** What it means and the next step. */
  message(problem: ApiProblem): string;
  /** For whoever helps: code, status, request, the server's own words. */
  details(problem: ApiProblem): string;
}

/** Puts problems into words. Call where injection works (a field). */
export function problemWords(): ProblemWords {
  const t = translator(messages);
  return {
    message: (problem) =>
      isKey(problem.code) ? t(problem.code) : problem.detail || problem.errors[0]?.message || t('INTERNAL'),
    details: (problem) =>
      [
        `${problem.code}${problem.status ? ` (${problem.status})` : ''}`,
        problem.request,
        problem.detail,
        ...problem.errors.map(({ path, message }) => `${path}: ${message}`),
      ]
        .filter(Boolean)
        .join('\n'),
  };
}

function isKey(code: string): code is Key {
  return Object.hasOwn(messages.en, code);
}
