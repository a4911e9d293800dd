import { defineMessages } from '../i18n/messages';

export const preferenceMessages = defineMessages(
  {
    theme: 'Look',
    dark: 'Dark',
    light: 'Light',
    system: 'As the device',
    appLanguage: 'Language of the app',
    audioLanguages: 'Languages you like to hear',
    audioHint: 'First choice first. Leave it empty for the original language.',
    subtitleLanguages: 'Subtitles you like to read',
    addLanguage: 'Add a language',
    removeLanguage: 'Remove',
    saveFailed: 'Could not save that.',
  },
  {
    theme: 'Aussehen',
    dark: 'Dunkel',
    light: 'Hell',
    system: 'Wie das Gerät',
    appLanguage: 'Sprache der App',
    audioLanguages: 'Sprachen, die du gern hörst',
    audioHint: 'Das Liebste zuerst. Leer heißt: Originalsprache.',
    subtitleLanguages: 'Untertitel, die du gern liest',
    addLanguage: 'Sprache hinzufügen',
    removeLanguage: 'Entfernen',
    saveFailed: 'Das ließ sich nicht speichern.',
  },
);
