import { defineMessages } from '../core/i18n/messages';

export const castMessages = defineMessages(
  {
    region: 'Playing on {name}',
    on: 'On {name}',
    loading: '{name} is loading…',
    lost: '{name} does not answer. It goes on when it is back.',
    play: 'Play',
    pause: 'Pause',
    stop: 'Stop on {name}',
    previous: 'Previous',
    next: 'Next',
    position: 'Position',
    volume: 'Volume',
    failed: 'The screen did not do that.',
  },
  {
    region: 'Läuft auf {name}',
    on: 'Auf {name}',
    loading: '{name} lädt …',
    lost: '{name} antwortet nicht. Es geht weiter, wenn es wieder da ist.',
    play: 'Abspielen',
    pause: 'Pause',
    stop: 'Auf {name} beenden',
    previous: 'Vorheriges',
    next: 'Nächstes',
    position: 'Stelle',
    volume: 'Lautstärke',
    failed: 'Der Bildschirm hat das nicht getan.',
  },
);
