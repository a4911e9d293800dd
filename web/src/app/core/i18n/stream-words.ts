import type { ReasonCode, StreamDecision } from '@hearth/contract/playback';
import type { WaitStep } from '@hearth/contract/session-activity';
import { translator } from './i18n';
import { defineMessages } from './messages';

const messages = defineMessages(
  {
    'container-unsupported': 'This device can’t open this kind of file.',
    'video-codec-unsupported': 'This device can’t show this kind of picture.',
    'video-profile-unsupported': 'The picture uses a variant this device can’t show.',
    'video-level-unsupported': 'The picture asks for more than this device’s decoder can do.',
    'video-bit-depth-unsupported': 'The picture has finer colours than this device can decode.',
    'video-resolution-too-high': 'The picture is larger than this device shows.',
    'video-frame-rate-too-high': 'The picture has more frames a second than this device shows.',
    'video-range-unsupported': 'The picture is HDR, this screen is not.',
    'video-colours-wrong': 'The colours can only be read by Dolby Vision: converted, they are wrong.',
    'video-interlaced': 'The picture is interlaced.',
    'video-anamorphic': 'The picture is stored squeezed, and this device would show it so.',
    'video-rotated': 'The picture is stored sideways.',
    'video-unknown': 'The picture’s kind is unknown.',
    'audio-codec-unsupported': 'This device can’t play this kind of sound.',
    'audio-channels-too-many': 'The sound has more channels than this device takes.',
    'audio-track-not-default': 'This device can’t switch sound tracks inside the file.',
    'audio-starts-late': 'The sound begins later than the picture; silence is put before it.',
    'audio-times-rounded': 'This kind of file tells the times of its sound too roughly to cut it unchanged.',
    'audio-unknown': 'The sound’s kind is unknown.',
    'subtitle-needs-burning': 'These subtitles have to be drawn into the picture.',
    'bitrate-too-high': 'The file needs more data than the connection allows.',
    'quality-chosen': 'You chose this quality.',
    'night-mode-chosen': 'Night mode is on.',
    'sparse-keyframes': 'The picture can rarely be entered: seeking would take too long.',
    'open-groups': 'The picture can only be played from the beginning, not entered in the middle.',
    'failed-before-on-this-device': 'It did not play on this device before.',
    'hardware-encoder-failed': 'The graphics chip could not convert it; the processor does.',
    picture: 'Picture',
    sound: 'Sound',
    subtitle: 'Subtitles',
    copy: 'As it is',
    encode: 'Converted',
    convert: 'Rewritten',
    burn: 'Drawn into the picture',
    drop: 'Left out',
    direct: 'The file as it is',
    remux: 'Repacked, picture untouched',
    transcode: 'Converted',
    decision: 'Decision',
    index: 'Reading the file’s index',
    queue: 'In line for the converter',
    'encoder-start': 'Starting the converter',
    'first-segment': 'First piece',
    peers: 'Finding peers',
    metadata: 'Reading metadata',
    'head-piece': 'First piece from peers',
  },
  {
    'container-unsupported': 'Dieses Gerät kann diese Art Datei nicht öffnen.',
    'video-codec-unsupported': 'Dieses Gerät kann diese Art Bild nicht zeigen.',
    'video-profile-unsupported': 'Das Bild nutzt eine Spielart, die dieses Gerät nicht zeigen kann.',
    'video-level-unsupported': 'Das Bild verlangt mehr, als dieses Gerät entschlüsseln kann.',
    'video-bit-depth-unsupported': 'Das Bild hat feinere Farben, als dieses Gerät entschlüsseln kann.',
    'video-resolution-too-high': 'Das Bild ist größer, als dieses Gerät zeigt.',
    'video-frame-rate-too-high': 'Das Bild hat mehr Bilder je Sekunde, als dieses Gerät zeigt.',
    'video-range-unsupported': 'Das Bild ist HDR, dieser Bildschirm nicht.',
    'video-colours-wrong': 'Die Farben kann nur Dolby Vision lesen: umgerechnet sind sie falsch.',
    'video-interlaced': 'Das Bild besteht aus Halbbildern.',
    'video-anamorphic': 'Das Bild ist gestaucht gespeichert, und dieses Gerät würde es so zeigen.',
    'video-rotated': 'Das Bild ist gedreht gespeichert.',
    'video-unknown': 'Die Art des Bildes ist unbekannt.',
    'audio-codec-unsupported': 'Dieses Gerät kann diese Art Ton nicht abspielen.',
    'audio-channels-too-many': 'Der Ton hat mehr Kanäle, als dieses Gerät annimmt.',
    'audio-track-not-default': 'Dieses Gerät kann in der Datei nicht zwischen Tonspuren wechseln.',
    'audio-starts-late': 'Der Ton beginnt später als das Bild; davor kommt Stille.',
    'audio-times-rounded':
      'Diese Art von Datei nennt die Zeiten ihres Tons zu grob, um ihn unverändert zu schneiden.',
    'audio-unknown': 'Die Art des Tons ist unbekannt.',
    'subtitle-needs-burning': 'Diese Untertitel müssen ins Bild gezeichnet werden.',
    'bitrate-too-high': 'Die Datei braucht mehr Daten, als die Verbindung erlaubt.',
    'quality-chosen': 'Du hast diese Qualität gewählt.',
    'night-mode-chosen': 'Der Nachtmodus ist an.',
    'sparse-keyframes': 'In das Bild lässt sich selten einsteigen: Springen würde zu lange dauern.',
    'open-groups': 'In das Bild lässt sich nicht mittendrin einsteigen.',
    'failed-before-on-this-device': 'Auf diesem Gerät lief es früher schon nicht.',
    'hardware-encoder-failed': 'Der Grafikchip konnte es nicht umwandeln; der Prozessor tut es.',
    picture: 'Bild',
    sound: 'Ton',
    subtitle: 'Untertitel',
    copy: 'Wie es ist',
    encode: 'Umgewandelt',
    convert: 'Umgeschrieben',
    burn: 'Ins Bild gezeichnet',
    drop: 'Weggelassen',
    direct: 'Die Datei, wie sie ist',
    remux: 'Umgepackt, Bild unberührt',
    transcode: 'Umgewandelt',
    decision: 'Entscheidung',
    index: 'Verzeichnis der Datei lesen',
    queue: 'In der Schlange zum Umwandeln',
    'encoder-start': 'Umwandler starten',
    'first-segment': 'Erstes Stück',
    peers: 'Teilnehmer suchen',
    metadata: 'Beschreibung lesen',
    'head-piece': 'Erstes Stück von Teilnehmern',
  },
);

/** What happens to each stream of a session. */
export interface Streams {
  readonly video: StreamDecision | null;
  readonly audio: readonly StreamDecision[];
  readonly subtitle: StreamDecision | null;
}

/** One stream as people read it: “Picture: Converted, hevc → h264”, and why. */
export interface StreamLine {
  readonly name: string;
  readonly text: string;
  readonly action: StreamDecision['action'];
  readonly reasons: readonly string[];
}

/** Every reason of a session once, the picture’s first. */
export function reasonsOf({ video, audio, subtitle }: Streams): ReasonCode[] {
  const all = [video, ...audio, subtitle].flatMap((stream) => stream?.reasons ?? []);
  return [...new Set(all)];
}

/** Words for how a session reaches a device and why. Call where injection works. */
export function streamWords() {
  const t = translator(messages);
  const line = (name: 'picture' | 'sound' | 'subtitle', decision: StreamDecision): StreamLine => ({
    name: t(name),
    text: [t(decision.action), codecs(decision)].filter(Boolean).join(' · '),
    action: decision.action,
    reasons: decision.reasons.map((reason) => t(reason)),
  });
  return {
    reason: (code: ReasonCode): string => t(code),
    method: (method: 'direct' | 'remux' | 'transcode'): string => t(method),
    step: (step: WaitStep['step']): string => t(step),
    action: (action: StreamDecision['action']): string => t(action),
    lines: ({ video, audio, subtitle }: Streams): StreamLine[] => [
      ...(video ? [line('picture', video)] : []),
      ...audio.map((stream) => line('sound', stream)),
      ...(subtitle ? [line('subtitle', subtitle)] : []),
    ],
  };
}

/** `hevc → h264`, or just `h264` where nothing changes. */
function codecs({ from, to, action }: StreamDecision): string {
  return action === 'copy' || action === 'drop' || from === to || to === '' ? from : `${from} → ${to}`;
}
